"""The forms of a guide, and of an hour at a counter."""

from __future__ import annotations

from dataclasses import replace

from marshmallow import Schema, fields, validate

from saas.forms.fields import LINES, NUMBER, Field
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import filled

_PLAIN = Field(name="", label="", required=True, longest=200, longest_en=300)
GUIDE = (
    Field(
        name="bring",
        label=_l("What to bring"),
        help=_l("One thing a line; English after an upright stroke: Chinese | English"),
        kind=LINES,
    ),
    Field(
        name="steps",
        label=_l("Steps"),
        help=_l("One step a line, in order."),
        kind=LINES,
        required=True,
        missing=_l("Name at least one step."),
    ),
    replace(_PLAIN, name="cost", label=_l("What it costs")),
    replace(_PLAIN, name="takes", label=_l("How long it takes")),
    replace(_PLAIN, name="counter", label=_l("Where to go")),
    Field(
        name="slot_minutes",
        label=_l("Minutes for an appointment"),
        help=_l("Leave both empty where nobody needs an appointment."),
        kind=NUMBER,
        least=5,
        most=480,
    ),
    Field(
        name="per_slot",
        label=_l("Appointments at the same time"),
        kind=NUMBER,
        least=1,
        most=100,
    ),
    Field(
        name="days_ahead",
        label=_l("Days ahead"),
        help=_l("How far ahead somebody can choose a day."),
        kind=NUMBER,
        least=1,
        most=90,
        required=True,
        default=14,
    ),
)


class AppointmentIn(Schema):
    """An hour at a counter; ``words`` is what the counter should know beforehand, if anything."""

    counter = fields.String(required=True, validate=filled(40))
    at = fields.AwareDateTime(
        required=True, error_messages={"invalid": _l("Choose a day and an hour.")}
    )
    words = fields.String(load_default="", validate=validate.Length(max=500))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))

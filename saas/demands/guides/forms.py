"""The forms of a guide, and of an hour at a counter."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.forms.fields import label, lines, number
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import filled

_PLAIN = {"required": True, "longest": 200, "longest_en": 300}
GUIDE = (
    lines(
        "bring",
        _l("What to bring"),
        _l("One thing a line; English after an upright stroke: Chinese | English"),
    ),
    lines(
        "steps", _l("Steps"), _l("One step a line, in order."),
        required=True, missing=_l("Name at least one step."),
    ),
    label("cost", _l("What it costs"), **_PLAIN),
    label("takes", _l("How long it takes"), **_PLAIN),
    label("counter", _l("Where to go"), **_PLAIN),
    number(
        "slot_minutes",
        _l("Minutes for an appointment"),
        _l("Leave both empty where nobody needs an appointment."),
        least=5,
        most=480,
    ),
    number("per_slot", _l("Appointments at the same time"), least=1, most=100),
    number(
        "days_ahead", _l("Days ahead"), _l("How far ahead somebody can choose a day."),
        least=1, most=90, required=True, default=14,
    ),
)  # fmt: skip


class HourIn(Schema):
    """An hour at a counter. ``seen`` is the number of the last act that the person saw."""

    at = fields.AwareDateTime(
        required=True, error_messages={"invalid": _l("Choose a day and an hour.")}
    )
    seen = fields.Integer(load_default=None)


class AppointmentIn(Schema):
    """An hour at a counter; ``words`` is what the counter should know beforehand, if anything."""

    counter = fields.String(required=True, validate=filled(40))
    at = fields.AwareDateTime(
        required=True, error_messages={"invalid": _l("Choose a day and an hour.")}
    )
    words = fields.String(load_default="", validate=validate.Length(max=500))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))
    caller_name = fields.String(load_default="", validate=validate.Length(max=60))
    caller_phone = fields.String(load_default="", validate=validate.Length(max=30))

"""What may come in for an hour at a counter."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import filled


class AppointmentIn(Schema):
    """An hour at a counter; ``words`` is what the counter should know beforehand, if anything."""

    counter = fields.String(required=True, validate=filled(40))
    at = fields.AwareDateTime(
        required=True, error_messages={"invalid": _l("Choose a day and an hour.")}
    )
    words = fields.String(load_default="", validate=validate.Length(max=500))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))

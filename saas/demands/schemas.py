"""What may come in for demands, and what the API gives out."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.demands import rules
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut, Upload, filled


class DemandIn(Schema):
    """A demand as a resident types it. ``submission`` is the form's own one-time key."""

    category = fields.String(
        required=True, validate=validate.Length(min=1, error=_l("Choose what it is about."))
    )
    unit = fields.String(
        required=True, validate=validate.Length(min=1, error=_l("Choose the place where it is."))
    )
    words = fields.String(required=True, validate=filled(2000))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))
    photo = Upload(load_default=None)


class ActIn(Schema):
    """An act on a demand; ``seen`` is the number of the last act that was on the screen."""

    verb = fields.String(required=True, validate=validate.OneOf(rules.VERBS))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    seen = fields.Integer(load_default=None, allow_none=True)


class DemandOut(Schema):
    """A demand in a list."""

    code = fields.String()
    words = fields.String()
    state = fields.String()
    level = fields.String()
    category = LabelOut()
    unit = LabelOut()
    holder = LabelOut()
    filed_at = fields.DateTime()
    entered_at = fields.DateTime()
    due_at = fields.DateTime(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)

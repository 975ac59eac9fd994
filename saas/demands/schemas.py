"""What may come in for demands, and what the API gives out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import (
    Schema,
    ValidationError,
    fields,
    pre_load,
    validate,
    validates_schema,
)

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
    spot = fields.String(load_default="", validate=validate.Length(max=100))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))
    photo = Upload(load_default=None)
    anonymous = fields.Boolean(load_default=False)
    open_to_neighbours = fields.Boolean(load_default=False)


class FilingIn(DemandIn):
    """The form of a resident; ``looked``: has seen what may be the same and files all the same."""

    channel = fields.String(load_default="own", validate=validate.OneOf(("own", "room")))
    looked = fields.Boolean(load_default=False)


class AlikeIn(Schema):
    """What is asked while somebody types: is there something like it?"""

    category = fields.String(required=True, validate=validate.Length(max=40))
    unit = fields.String(required=True, validate=validate.Length(max=40))
    words = fields.String(required=True, validate=validate.Length(max=2000))


class EntryIn(DemandIn):
    """A demand that staff enter for a caller, or saw themselves.

    ``in_name``: whether it is filed in the name of the resident whose number was given. ``fixed``:
    what was done on the spot, which resolves it at once.
    """

    channel = fields.String(required=True, validate=validate.OneOf(("desk", "phone", "patrol")))
    caller_name = fields.String(load_default="", validate=validate.Length(max=60))
    caller_phone = fields.String(load_default="", validate=validate.Length(max=30))
    in_name = fields.String(load_default="", validate=validate.OneOf(("", "yes", "no")))
    at_once = fields.Boolean(load_default=False)
    fixed = fields.String(load_default="", validate=validate.Length(max=1000))
    looked = fields.Boolean(load_default=False)

    @validates_schema(skip_on_field_errors=True)
    def _says_what_was_done(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["at_once"] and not data["fixed"].strip():
            raise ValidationError({"fixed": [_l("Say in a sentence what was done.")]})


class AppointmentIn(Schema):
    """An hour at a counter; ``words`` is what the counter should know beforehand, if anything."""

    counter = fields.String(required=True, validate=filled(40))
    at = fields.AwareDateTime(
        required=True, error_messages={"invalid": _l("Choose a day and an hour.")}
    )
    words = fields.String(load_default="", validate=validate.Length(max=500))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))


class WorkbookIn(Schema):
    """A filled-in workbook."""

    file = Upload(required=True)

    @validates_schema(skip_on_field_errors=True)
    def _is_there(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["file"] is None:
            raise ValidationError({"file": [_l("Choose a file.")]})


class ConfirmIn(Schema):
    """Which workbook is confirmed."""

    token = fields.String(required=True, validate=filled(26))


class TrackIn(Schema):
    """A tracking code as somebody types it off a slip."""

    code = fields.String(required=True, validate=filled(60))


class ActIn(Schema):
    """An act on a demand; ``seen`` is the number of the last act that was on the screen.

    ``unit`` and ``into`` are codes, ``hours`` working hours; empty fields count as not given.
    """

    verb = fields.String(required=True, validate=validate.OneOf(rules.VERBS))
    reason = fields.String(load_default="", validate=validate.Length(max=1000))
    code = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    unit = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    into = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    hours = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1, max=2000)
    )
    until = fields.Date(load_default=None, allow_none=True)
    rating = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 5))
    seen = fields.Integer(load_default=None, allow_none=True)

    @pre_load
    def _empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """What a form sends for a field left empty is no value."""
        kept = ("verb", "reason")
        return {k: (v if k in kept or v != "" else None) for k, v in data.items()}


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

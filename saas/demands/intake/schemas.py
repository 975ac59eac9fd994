"""What may come in while a demand is filed, entered or followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Uploads, filled

#: What is typed to find a place or a category.
LONGEST_SOUGHT = 60


def _chosen(otherwise: Any) -> fields.String:
    """Something that has to be ticked, and what is said where nothing is."""
    return fields.String(
        required=True,
        validate=validate.Length(min=1, error=otherwise),
        error_messages={"required": otherwise},
    )


class DemandIn(Schema):
    """A demand as a resident types it. ``submission`` is the form's own one-time key."""

    category = _chosen(_l("Choose what it is about."))
    unit = _chosen(_l("Choose the place where it is."))
    words = fields.String(required=True, validate=filled(2000))
    spot = fields.String(load_default="", validate=validate.Length(max=100))
    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))
    photo = Uploads(load_default=list)
    anonymous = fields.Boolean(load_default=False)
    open_to_neighbours = fields.Boolean(load_default=False)


class FilingIn(DemandIn):
    """The form of a resident; ``looked``: has seen what may be the same and files all the same."""

    channel = fields.String(load_default="own", validate=validate.OneOf(("own", "room")))
    looked = fields.Boolean(load_default=False)
    caller_name = fields.String(load_default="", validate=validate.Length(max=60))
    caller_phone = fields.String(load_default="", validate=validate.Length(max=30))


class AlikeIn(Schema):
    """What is asked while somebody types: is there something like it?"""

    category = fields.String(required=True, validate=validate.Length(max=40))
    unit = fields.String(required=True, validate=validate.Length(max=40))
    words = fields.String(required=True, validate=validate.Length(max=2000))


class EntryIn(DemandIn):
    """A demand that staff enter for a caller, or saw themselves.

    ``in_name``: whether it is filed in the name of the resident whose number was given. ``fixed``:
    what was done on the spot, which resolves it at once. ``asked`` is the category whose questions
    stood on the page. ``about`` and ``place`` are what was typed to find category and place: they
    name what is ticked, or it was not what was meant.
    """

    channel = fields.String(required=True, validate=validate.OneOf(("desk", "phone", "patrol")))
    caller_name = fields.String(load_default="", validate=validate.Length(max=60))
    caller_phone = fields.String(load_default="", validate=validate.Length(max=30))
    in_name = fields.String(load_default="", validate=validate.OneOf(("", "yes", "no")))
    at_once = fields.Boolean(load_default=False)
    fixed = fields.String(load_default="", validate=validate.Length(max=1000))
    asked = fields.String(load_default="", validate=validate.Length(max=40))
    about = fields.String(load_default="", validate=validate.Length(max=LONGEST_SOUGHT))
    place = fields.String(load_default="", validate=validate.Length(max=LONGEST_SOUGHT))
    looked = fields.Boolean(load_default=False)

    @validates_schema(skip_on_field_errors=True)
    def _says_what_was_done(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["at_once"] and not data["fixed"].strip():
            raise ValidationError({"fixed": [_l("Say in a sentence what was done.")]})


class TrackIn(Schema):
    """A tracking code as somebody types it off a slip, or its number with the digits beside it."""

    code = fields.String(required=True, validate=filled(60))
    pin = fields.String(load_default="", validate=validate.Length(max=20))

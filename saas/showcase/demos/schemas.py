"""What guests type."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.kernel.schemas import filled


class WishIn(Schema):
    """A demo of one's own: under which name, with which streets, in which look."""

    name = fields.String(required=True, validate=filled(30))
    streets = fields.String(load_default="", validate=validate.Length(max=2000))
    look = fields.String(load_default="plain")


class ContactIn(Schema):
    """How somebody wants to be reached who wants a district."""

    contact = fields.String(required=True, validate=filled(200))

"""The head of a help text, checked when it is read."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.help.words import GROUPS
from saas.kernel.schemas import filled


class HeadSchema(Schema):
    """Title and summary in the text's own language; the rest is equal in all languages."""

    title = fields.String(required=True, validate=filled(60))
    summary = fields.String(required=True, validate=filled(200))
    group = fields.String(required=True, validate=validate.OneOf(list(GROUPS)))
    order = fields.Integer(required=True, strict=True)
    where = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    needs = fields.String(required=True, data_key="for")

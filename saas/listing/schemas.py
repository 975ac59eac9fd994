"""What is sent with a view that somebody keeps."""

from __future__ import annotations

from marshmallow import Schema, fields

from saas.kernel.schemas import filled

LONGEST_NAME = 30


class ViewIn(Schema):
    """A name for what is asked."""

    name = fields.String(required=True, validate=filled(LONGEST_NAME))

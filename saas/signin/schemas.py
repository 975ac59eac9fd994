"""What may come in as a second step."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.kernel.schemas import filled


class SecondIn(Schema):
    """The code of an app or a printed one, or what a browser signed with a passkey."""

    code = fields.String(load_default="", validate=validate.Length(max=40))
    credential = fields.String(load_default="", validate=validate.Length(max=20_000))


class AppIn(Schema):
    """An app that was shown a secret: its code proves that it took it."""

    secret = fields.String(required=True, validate=validate.Length(max=400))
    code = fields.String(required=True, validate=filled(40))


class PasskeyIn(Schema):
    """A passkey that a browser made just now."""

    credential = fields.String(required=True, validate=validate.Length(min=1, max=20_000))

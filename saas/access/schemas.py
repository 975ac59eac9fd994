"""What may come in while somebody gets in."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.kernel.schemas import filled


class RegistrationIn(Schema):
    """Who asks for an account."""

    name = fields.String(required=True, validate=filled(60))
    phone = fields.String(required=True, validate=filled(30))
    password = fields.String(required=True, validate=validate.Length(min=1, max=200))


class CodeIn(Schema):
    """The digits of a message."""

    code = fields.String(required=True, validate=filled(20))


class ForgotIn(Schema):
    """Whose password is to be set anew."""

    phone = fields.String(required=True, validate=filled(30))


class NewPasswordIn(Schema):
    """The digits of the message and the new password."""

    phone = fields.String(required=True, validate=filled(30))
    code = fields.String(required=True, validate=filled(20))
    password = fields.String(required=True, validate=validate.Length(min=1, max=200))

"""What may come in for people and posts."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.kernel.schemas import LabelFields, filled


class SignInIn(Schema):
    """Login or phone number, and password."""

    login = fields.String(required=True, validate=filled(60))
    password = fields.String(required=True, validate=filled(200))


class PasswordIn(Schema):
    """A new password by a link."""

    password = fields.String(required=True, validate=filled(200))


class OwnPasswordIn(Schema):
    """A new password in place of the present one."""

    old = fields.String(required=True, validate=filled(200))
    new = fields.String(required=True, validate=filled(200))


class PersonIn(Schema):
    """Somebody to add. ``unit`` and ``role`` make the first post."""

    name = fields.String(required=True, validate=filled(60))
    login = fields.String(load_default="", validate=validate.Length(max=40))
    phone = fields.String(load_default="", validate=validate.Length(max=30))


class PostIn(LabelFields):
    """A post at a unit with one role."""

    role = fields.String(required=True, validate=filled(40))

"""What may come in for people, posts and tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import (
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from saas.accounts import rules
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelFields, filled


class SignInIn(Schema):
    """Login or phone number, and password."""

    login = fields.String(required=True, validate=filled(60))
    password = fields.String(required=True, validate=filled(200))


class PasswordIn(Schema):
    """A new password by a link."""

    password = fields.String(required=True, validate=filled(200))


class CodeIn(Schema):
    """The short code of a slip."""

    code = fields.String(required=True, validate=filled(40))


class OwnPasswordIn(Schema):
    """A new password in place of the present one."""

    old = fields.String(required=True, validate=filled(200))
    new = fields.String(required=True, validate=filled(200))


class SecondRulesIn(Schema):
    """What a district asks of those whose posts may do much."""

    required = fields.Boolean(load_default=False)
    grace_days = fields.Integer(required=True, validate=validate.Range(0, 60))


class PersonFields(Schema):
    """Somebody's name, and what to sign in with: a login, a phone number or both."""

    name = fields.String(required=True, validate=filled(60))
    login = fields.String(load_default="", validate=validate.Length(max=40))
    phone = fields.String(load_default="", validate=validate.Length(max=30))

    @post_load
    def _lower(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Logins are kept in small letters, as they are looked for."""
        return {**data, "login": data["login"].lower()}


class PersonIn(PersonFields):
    """Somebody to add; ``post`` is a post at the unit in the address, or a new one there."""

    post = fields.String(required=True, validate=filled(60))

    @validates_schema(skip_on_field_errors=True)
    def _can_sign_in(self, data: Mapping[str, Any], **_: Any) -> None:
        if not data["login"] and not data["phone"]:
            text = _l("Give a login or a phone number: one of them is needed to sign in.")
            raise ValidationError({"login": [text]})


class PersonChange(PersonFields):
    """Another name, login or number. An empty number leaves the stored one as it is."""

    forget_phone = fields.Boolean(load_default=False)


class GivePostIn(Schema):
    """The post that somebody is to hold."""

    post = fields.String(required=True, validate=filled(60))


class PostIn(LabelFields):
    """A post at a unit with one role; without a name it is called after both."""

    name_zh = fields.String(load_default="", validate=validate.Length(max=60))
    role = fields.String(required=True, validate=filled(40))


class TokenIn(Schema):
    """A token: what it is called, what it may do, and the days after which it ends."""

    name = fields.String(required=True, validate=filled(60))
    scopes = fields.List(
        fields.String(),
        required=True,
        validate=validate.Length(min=1, max=100),
        error_messages={"required": _l("Tick at least one.")},
    )
    days = fields.Integer(required=True, validate=validate.OneOf(rules.TOKEN_DAYS))

"""What may come in while somebody gets in."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from saas.access import rules
from saas.kernel.i18n import lazy_gettext as _l
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


class Ancestors(fields.String):
    """Addresses of sites, one a line."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, *args, **kwargs)
        found = [one.rstrip("/").lower() for one in text.split()]
        if not found or len(found) > rules.MOST_ANCESTORS:
            raise ValidationError([_l("Give one address a line, five at most.")])
        if not all(rules.usable_ancestor(one) for one in found):
            raise ValidationError(
                [_l("An address is like https://app.example.cn, with nothing behind the name.")]
            )
        return list(dict.fromkeys(found))


class BackIn(Schema):
    """What a browser brings back from one who vouches."""

    code = fields.String(load_default="", validate=validate.Length(max=4000))
    state = fields.String(load_default="", validate=validate.Length(max=200))
    iss = fields.String(load_default="", validate=validate.Length(max=200))


def _issuer(text: str) -> None:
    if not rules.usable_issuer(text):
        raise ValidationError([_l("An address like https://id.example.cn, with no ? and no #.")])


class ProviderIn(Schema):
    """One who vouches for people."""

    name = fields.String(required=True, validate=filled(60))
    issuer = fields.String(required=True, validate=[*filled(200), _issuer])
    client_id = fields.String(required=True, validate=filled(200))
    secret = fields.String(load_default="", validate=validate.Length(max=400))
    active = fields.Boolean(load_default=False)


class AppIn(Schema):
    """An app that shows this district inside itself."""

    name = fields.String(required=True, validate=filled(60))
    issuer = fields.String(required=True, validate=filled(200))
    algorithm = fields.String(required=True, validate=validate.OneOf(rules.ALGORITHMS))
    key = fields.String(load_default="", validate=validate.Length(max=4000))
    ancestors = Ancestors(required=True)

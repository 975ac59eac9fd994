"""What may come in for the settings of a reader and for webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from saas.kernel.i18n import LOCALES
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import filled
from saas.notices import rules, words

_TIME = validate.Regexp(r"(?:|(?:[01]\d|2[0-3]):[0-5]\d)\Z", error=_l("Write times as 09:00."))
_NO_MAIL = _l("This is not a mail address.")
_ASCII = validate.Regexp(r"[\x21-\x7e]*\Z", error=_NO_MAIL)


def _mail(address: str) -> None:
    if address:
        validate.Email(error=_NO_MAIL)(address)


class ReachIn(Schema):
    """How somebody wants to be reached. An empty address leaves the stored one as it is."""

    mail = fields.String(load_default="", validate=[validate.Length(max=200), _ASCII, _mail])
    forget_mail = fields.Boolean(load_default=False)
    wants_mail = fields.String(required=True, validate=validate.OneOf(rules.WANTS))
    digest_hour = fields.Integer(required=True, validate=validate.Range(min=0, max=23))
    quiet_from = fields.String(load_default="", validate=_TIME)
    quiet_to = fields.String(load_default="", validate=_TIME)
    locale = fields.String(required=True, validate=validate.OneOf(tuple(LOCALES)))

    @validates_schema(skip_on_field_errors=True)
    def _fits(self, data: Mapping[str, Any], **_: Any) -> None:
        begins, ends = data["quiet_from"], data["quiet_to"]
        if bool(begins) != bool(ends) or (begins and begins == ends):
            text = _l("Quiet hours need a beginning and another time at which they end.")
            raise ValidationError({"quiet_to": [text]})

    @post_load
    def _times(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        for key in ("quiet_from", "quiet_to"):
            data[key] = time.fromisoformat(data[key]) if data[key] else None
        return data


def _yuan(value: Decimal) -> int:
    """Yuan as they are typed, in whole fen."""
    return int((value * 100).to_integral_value())


class ProviderIn(Schema):
    """Who carries a channel. Costs are typed in yuan; an empty secret leaves the stored one."""

    kind = fields.String(required=True, validate=validate.OneOf(rules.PROVIDERS))
    active = fields.Boolean(load_default=False)
    url = fields.String(load_default="", validate=validate.Length(max=500))
    key_id = fields.String(load_default="", validate=validate.Length(max=100))
    secret = fields.String(load_default="", validate=validate.Length(max=200))
    part = fields.Decimal(required=True, places=2, validate=validate.Range(min=0, max=10))
    day = fields.Decimal(required=True, places=2, validate=validate.Range(min=0, max=100_000))
    quiet_from = fields.String(load_default="", validate=_TIME)
    quiet_to = fields.String(load_default="", validate=_TIME)

    @post_load
    def _as_stored(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if bool(data["quiet_from"]) != bool(data["quiet_to"]):
            raise ValidationError({"quiet_to": [_l("Quiet hours need a beginning and an end.")]})
        for key in ("quiet_from", "quiet_to"):
            data[key] = time.fromisoformat(data[key]) if data[key] else None
        return data | {"part_fen": _yuan(data.pop("part")), "day_fen": _yuan(data.pop("day"))}


class TemplateIn(Schema):
    """The words of a template and who signs them."""

    text = fields.String(required=True, validate=filled(rules.TEXT_MAX))
    signature = fields.String(
        required=True,
        validate=[
            validate.Length(
                rules.SIGNATURE[0], rules.SIGNATURE[1], error=_l("A signature has 2 to 12 letters.")
            ),
            validate.Regexp(r"[^\u3010\u3011\[\]{}]*\Z", error=_l("A signature has no brackets.")),
        ],
    )


class FilingIn(Schema):
    """How the filing of a template stands."""

    filing = fields.String(required=True, validate=validate.OneOf(rules.FILINGS))
    filed_no = fields.String(load_default="", validate=validate.Length(max=60))
    refused = fields.String(load_default="", validate=validate.Length(max=300))


def _declared(name: str) -> None:
    if name not in words.KINDS:
        raise ValidationError(_l("Choose one of the list."))


class WebhookIn(Schema):
    """An address to call, and for what; no kinds means everything."""

    name = fields.String(required=True, validate=filled(60))
    url = fields.String(required=True, validate=filled(500))
    kinds = fields.List(fields.String(validate=_declared), load_default=list)

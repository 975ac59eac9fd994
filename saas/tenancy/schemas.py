"""What may come in for the control plane."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from saas.kernel.schemas import Reason, filled


class SuspendIn(Reason):
    """Closing a district needs a sentence."""


def _bound() -> fields.Integer:
    return fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(1, 1_000_000_000)
    )


class RecipientIn(Schema):
    """The public key to which archives are sealed."""

    recipient = fields.String(required=True, validate=filled(100))


class CloseIn(Reason):
    """Closing a district for good; so many days it can be kept."""

    days = fields.Integer(required=True, strict=False, validate=validate.Range(1, 365))


class DeleteIn(Reason):
    """Deleting needs a sentence, and the district's code typed by hand."""

    code = fields.String(required=True, validate=filled(32))


class RenameIn(Schema):
    """Another code for a district."""

    new = fields.String(required=True, validate=filled(32))


class QuotasIn(Schema):
    """How much a district may use; empty for no bound."""

    megabytes = _bound()
    people = _bound()
    sms = _bound()

    @pre_load
    def _empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """What is left empty has no bound."""
        return {key: value or None for key, value in data.items()}


class OtherIn(Schema):
    """Another district, by its code."""

    other = fields.String(required=True, validate=filled(32))


class HostIn(Schema):
    """A host name of a district's own."""

    host = fields.String(required=True, validate=filled(253))


class SignInIn(Schema):
    """Name and password."""

    login = fields.String(required=True, validate=filled(60))
    password = fields.String(required=True, validate=filled(200))

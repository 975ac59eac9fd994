"""What may come in for the control plane."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.kernel.schemas import Reason, filled


class SuspendIn(Reason):
    """Closing a district needs a sentence."""


class RecipientIn(Schema):
    """The public key to which archives are sealed."""

    recipient = fields.String(required=True, validate=filled(100))


class CloseIn(Reason):
    """Closing a district for good; so many days it can be kept."""

    days = fields.Integer(required=True, strict=False, validate=validate.Range(1, 365))


class DeleteIn(Reason):
    """Deleting needs a sentence, and the district's code typed by hand."""

    code = fields.String(required=True, validate=filled(32))


class SignInIn(Schema):
    """Name and password."""

    login = fields.String(required=True, validate=filled(60))
    password = fields.String(required=True, validate=filled(200))

"""What may come in for the control plane."""

from __future__ import annotations

from marshmallow import Schema, fields

from saas.kernel.schemas import Reason, filled


class SuspendIn(Reason):
    """Closing a district needs a sentence."""


class SignInIn(Schema):
    """Name and password."""

    login = fields.String(required=True, validate=filled(60))
    password = fields.String(required=True, validate=filled(200))

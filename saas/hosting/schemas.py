"""What may come in."""

from __future__ import annotations

from marshmallow import Schema, fields

from saas.kernel.schemas import Reason, filled


class AdministratorIn(Reason):
    """Another administrator, and why the operator invites one."""

    administrator = fields.String(required=True, validate=filled(60))
    login = fields.String(required=True, validate=filled(40))


class EditionIn(Schema):
    """An edition to tell a district of."""

    edition = fields.String(required=True, validate=filled(100))


class SupportIn(Reason):
    """Letting operators look in needs a sentence."""

"""Demands as JSON, for the same people and by the same queries as the pages."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.demands import permissions, queries
from saas.demands.schemas import DemandOut
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l

routes = Routes("demands_api", __name__, title=_l("Demands"))


class DemandsAsked(Schema):
    """Which list."""

    which = fields.String(
        data_key="list",
        load_default="mine",
        validate=validate.OneOf(queries.LISTS),
        metadata={"description": _l("The lists of the console.")},
    )


@routes.get(
    "/demands",
    needs=permissions.VIEW,
    summary=_l("Demands of a list"),
    query=DemandsAsked,
    items=DemandOut,
)
def demands(actor: Actor, which: str, page: int, page_size: int) -> tuple[list[queries.Row], int]:
    """The most urgent first."""
    return queries.list_demands(which, actor=actor, number=page, size=page_size)

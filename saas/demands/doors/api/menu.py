"""What can be asked for, and on which terms; open to all, like the board in a hall."""

from __future__ import annotations

from typing import Any

from saas.demands.case import queries as cases
from saas.demands.doors.api import queries, views
from saas.demands.doors.api.routes import routes
from saas.demands.doors.api.schemas import CategoriesOut, DeadlinesOut, DemandKindsOut
from saas.demands.menu import queries as menu
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import PUBLIC


@routes.get("/kinds", needs=PUBLIC, summary=_l("Kinds of asking"), answer=DemandKindsOut)
def kinds(actor: Actor) -> dict[str, Any]:
    """In their order."""
    return {"kinds": menu.kinds()}


@routes.get("/categories", needs=PUBLIC, summary=_l("Categories"), answer=CategoriesOut)
def categories(actor: Actor) -> dict[str, Any]:
    """Without those that are retired."""
    return {"categories": views.categories_outside(menu.categories())}


@routes.get("/deadlines", needs=PUBLIC, summary=_l("Deadlines and terms"), answer=DeadlinesOut)
def deadlines(actor: Actor) -> dict[str, Any]:
    """How long each level has."""
    return {"deadlines": queries.deadlines(), "terms": cases.terms()}

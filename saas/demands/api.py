"""Demands as JSON, for the same people and by the same queries as the pages."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from saas.api.answers import answer
from saas.demands import permissions, queries
from saas.demands.schemas import DemandOut
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.web.pages import Pages
from saas.web.shell import page_number

pages = Pages("demands_api", __name__, plane="tenant")
_ROWS = DemandOut(many=True)
_PAGE = 20


@pages.page("/api/v1/demands", needs=permissions.VIEW)
def listing(actor: Actor) -> ResponseReturnValue:
    """One page of a list: ``{"total": 42, "page": 1, "demands": […]}``."""
    which, number = request.args.get("list", "mine"), page_number()
    if which not in queries.LISTS:
        raise NotFound
    rows, total = queries.list_demands(which, actor=actor, number=number, size=_PAGE)
    return answer({"total": total, "page": number, "demands": _ROWS.dump(rows)})

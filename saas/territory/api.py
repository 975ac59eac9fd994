"""Units as JSON, for the same people and by the same queries as the pages."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from saas.api.answers import answer
from saas.kernel.context import Actor
from saas.territory import queries
from saas.territory.permissions import VIEW
from saas.territory.schemas import UnitOut
from saas.web.pages import Pages
from saas.web.shell import page_number

pages = Pages("territory_api", __name__, plane="tenant")
_ONE, _ROWS = UnitOut(), UnitOut(many=True)
_PAGE = 50


@pages.page("/api/v1/units", needs=VIEW)
def listing(actor: Actor) -> ResponseReturnValue:
    """One page of the units in reach: ``{"total": 170, "page": 1, "units": […]}``."""
    words, kind, number = (
        request.args.get("q", "")[:60],
        request.args.get("kind", ""),
        page_number(),
    )
    rows, total = queries.list_units(
        actor.reach(VIEW), words=words.strip(), kind=kind, number=number, size=_PAGE
    )
    return answer({"total": total, "page": number, "units": _ROWS.dump(rows)})


@pages.page("/api/v1/units/<code>", needs=VIEW)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """A unit with how many of each kind lie beneath it."""
    unit = queries.access_unit(code, VIEW, actor=actor)
    return answer({"unit": _ONE.dump(unit), "beneath": queries.count_by_kind(unit.path)})

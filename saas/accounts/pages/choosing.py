"""The step before a form: at which unit? A tree to open, a search, and what was chosen lately."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.accounts import queries
from saas.accounts.permissions import MANAGE
from saas.kernel.context import Actor
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.pages import render
from saas.web.shell import PageOf, page_number

_PAGE = 30
_LATELY, _MOST_LATELY = "units", 6


def choose_unit(
    actor: Actor, title: object, endpoint: str, hint: str = "", **parts: Any
) -> ResponseReturnValue:
    """At which unit? ``endpoint`` is called again with it."""
    search, reach = request.args.get("q", "")[:60].strip(), actor.reach(MANAGE)
    under = request.args.get("under", "")
    top = territory.access_unit(under, MANAGE, actor=actor) if under else None
    number = page_number()
    found, total = ([], 0) if not search else _found(search, reach, number)
    return render(
        "accounts/choose_unit.html",
        title=title,
        hint=hint,
        onward=lambda unit: url_for(endpoint, unit=unit, **parts),
        inside=lambda unit: url_for(endpoint, under=unit, **parts),
        here=url_for(endpoint, **parts),
        tops=[] if search else territory.tree([top.path] if top else reach),
        top=top,
        rows=found,
        parents=territory.parent_names(found),
        kinds=territory.kind_names(),
        posts=queries.count_posts([unit.id for unit in found]),
        page=PageOf(number, total, _PAGE),
        search=search,
        lately=[] if search or top else _lately(actor),
    )


def _found(search: str, reach: Any, number: int) -> tuple[list[Unit], int]:
    rows, total = territory.list_units(reach, words=search, number=number, size=_PAGE)
    return list(rows), total


def chosen_unit(code: str, actor: Actor) -> Unit:
    """The unit that was chosen, if the actor manages people there; it is remembered here."""
    unit = territory.access_unit(code, MANAGE, actor=actor)
    known = [one for one in web_session.get(_LATELY, []) if one != code]
    web_session[_LATELY] = [code, *known][:_MOST_LATELY]
    return unit


def _lately(actor: Actor) -> list[Unit]:
    """What was chosen lately on this device, as far as it is still there and in reach."""
    found = (territory.unit_coded(code) for code in web_session.get(_LATELY, []))
    return [unit for unit in found if unit and not unit.retired_at and actor.may(MANAGE, unit.path)]

"""The pages on which residents see their culture."""

from __future__ import annotations

from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.themes import queries, views
from saas.themes.pages.blueprint import culture
from saas.themes.queries import FIRST_YEAR, LAST_YEAR
from saas.web.pages import OPEN_TO_ALL, PUBLIC, render

_NEXT = 3


@culture.page("/culture", needs=PUBLIC, keep=OPEN_TO_ALL)
def overview(actor: Actor) -> ResponseReturnValue:
    """What is told of the place: what comes next, stories, people, walks, honours."""
    pack = queries.current_pack()
    return render(
        "themes/culture.html",
        pack=pack,
        coming=views.next_rows(pack, clock.today(), _NEXT),
        people_of=views.people_of,
    )


@culture.page("/culture/calendar", needs=PUBLIC, keep=OPEN_TO_ALL)
def calendar(actor: Actor) -> ResponseReturnValue:
    """The festivals of a year by date, this year's from today on; ``?year=`` another one."""
    pack, today = queries.current_pack(), clock.today()
    year = _year(today)
    gone, coming = views.months(pack, year, today)
    return render(
        "themes/calendar.html",
        pack=pack,
        year=year,
        gone=gone,
        months=coming,
        before=year - 1 if year > FIRST_YEAR else None,
        after=year + 1 if year < LAST_YEAR else None,
    )


@culture.page("/culture/routes/<code>", needs=PUBLIC, keep=OPEN_TO_ALL)
def route(actor: Actor, code: str) -> ResponseReturnValue:
    """A walk, stop by stop."""
    pack = queries.current_pack()
    found = next((one for one in pack.routes if one.code == code), None)
    if found is None:
        raise NotFound
    return render("themes/route.html", pack=pack, route=found)


def _year(today: date) -> int:
    """The year asked for in the address; anything unusable is this one."""
    text = request.args.get("year", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    return asked if FIRST_YEAR <= asked <= LAST_YEAR else today.year

"""What bookings put on the start page: what waits for a decision, and who comes today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for

from saas.bookings import lists, queries, views, words
from saas.bookings.permissions import SEE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.workbench.declared import MAIN, Card, Count, Found, Line

_SHOWN = 6


def _asked(actor: Actor) -> Found:
    number = queries.count(queries.decided_by(actor))
    url = url_for("bookings.listing", state="asked")
    return Found([Count(number, _l("ask for a room"), url, "warn" if number else "")])


def _today(actor: Actor) -> Found | None:
    start = clock.begin_of(clock.today())
    here = queries.reached(actor) & queries.on_day(start, start + timedelta(days=1))
    day = f"{clock.today():%Y-%m-%d}"
    asked: dict[str, Any] = {"from": day, "to": day}
    url = url_for("bookings.listing", **asked)
    rows = lists.rows_of(queries.rows_of(here, _SHOWN))
    lines = [
        Line(f"{views.times((row.booking.start, row.booking.end))} {say(row.room)}",
             url_for("bookings.show", code=row.booking.code), row.booking.purpose,
             (words.STATE[row.booking.state][0], str(words.STATE[row.booking.state][1])))
        for row in rows
    ]  # fmt: skip
    number = queries.count(here) if len(rows) == _SHOWN else len(rows)
    counts = [Count(number, _l("booked today"), url)]
    return Found(counts, lines, more=(_("All bookings"), url))


CARDS = (
    Card("bookings_asked", _l("Rooms that are asked for"), SEE, 24, _asked, MAIN),
    Card("bookings_today", _l("Bookings of today"), SEE, 91, _today),
)

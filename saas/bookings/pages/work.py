"""For who works there: the list, a room's day, a street's week, how much rooms are used."""

from __future__ import annotations

from datetime import date, timedelta

from flask import request
from flask.typing import ResponseReturnValue

from saas.bookings import queries, views, words
from saas.bookings.lists import BOOKINGS
from saas.bookings.pages.blueprint import pages
from saas.bookings.pages.public import asked_day
from saas.bookings.permissions import SEE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.listing.pages import answer
from saas.rooms import queries as rooms
from saas.territory.queries import Unit
from saas.web.pages import render


@pages.page("/console/bookings", needs=SEE, methods=("GET", "POST"))
def listing(actor: Actor) -> ResponseReturnValue:
    """Bookings within reach; what is asked for is approved or declined here, many at once."""
    return answer(BOOKINGS, actor, "bookings/listing.html")


@pages.page("/rooms/<street>/<room>/day", needs=SEE)
def day(actor: Actor, street: str, room: str) -> ResponseReturnValue:
    """The timetable of a room's day, with who comes."""
    place, chosen = queries.access_place(street, room, actor=actor), asked_day()
    today = queries.days_of(place, chosen)[0]
    return render(
        "bookings/day.html", place=place, day=today, lines=views.lines_of(today, named=True),
        before=chosen - timedelta(days=1), after=chosen + timedelta(days=1),
        today=clock.today(), words=words,
    )  # fmt: skip


def street_at_work(actor: Actor) -> tuple[list[Unit], Unit | None]:
    """The streets of who looks, and the one in the address, or the one where they work."""
    streets = rooms.streets_at_work(actor)
    asked = next((one for one in streets if one.code == request.args.get("street")), None)
    return streets, asked or (rooms.at_home(actor, streets) if streets else None)


@pages.page("/console/bookings/week", needs=SEE)
def week(actor: Actor) -> ResponseReturnValue:
    """The rooms of a street by the days of a week; of one venue where it is chosen."""
    streets, street = street_at_work(actor)
    day = asked_day("week")
    first = day - timedelta(days=day.weekday())
    if street is None:
        return render("bookings/week.html", street=None, streets=[], week=None)
    venues = rooms.venues_in(street)
    venue = next((v.code for v in venues if v.code == request.args.get("venue")), "")
    return render(
        "bookings/week.html", street=street, streets=streets, venue=venue, views=views, words=words,
        week=queries.access_week(street.code, first, venue, actor=actor),
        venues=venues, days=[first + timedelta(days=n) for n in range(7)],
        before=first - timedelta(days=7), after=first + timedelta(days=7), today=clock.today(),
    )  # fmt: skip


@pages.page("/console/bookings/use", needs=SEE)
def use(actor: Actor) -> ResponseReturnValue:
    """Hours in use of hours open, and how often nobody came, by room, for a month."""
    streets, street = street_at_work(actor)
    month = asked_day("month").replace(day=1)
    after = (month + timedelta(days=32)).replace(day=1)
    last = min(after - timedelta(days=1), max(clock.today(), month))
    found = rooms.structure_for(street, actor=actor).rooms if street else []
    shown = [room for room in found if room.status == "open"]
    return render(
        "bookings/use.html", street=street, streets=streets, month=month, last=last,
        before=(month - timedelta(days=1)).replace(day=1), after=_known(after),
        rows=queries.used(shown, month, last) if shown else [],
    )  # fmt: skip


def _known(month: date) -> date | None:
    return month if month <= clock.today() else None

"""The bookings of a demo district around its today, made by the commands that people use.

Which room is booked when comes out of its hours and its terms, so they fit whatever the model says:
two weeks that are over, with who came and who did not, and one week to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from saas.accounts import queries as people
from saas.bookings import commands, queries
from saas.bookings.commands import Deed, Wish
from saas.bookings.queries import Place
from saas.casework import quietly
from saas.kernel import clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.rooms import queries as rooms
from saas.showcase.package.shapes import Demo

_BEFORE, _AFTER = 14, 7
#: Of the rooms each is booked on about every third day; of those that are over one in nine is
#: missed, of those to come one in five comes again for some weeks.
_EACH, _MISSED, _AGAIN = 3, 9, 5
_PHONE: Final = "100-0000-{number:04}"


def book_around_today(demo: Demo) -> int:
    """All of them, unless they are there; returns how many."""
    if queries.count(queries.of_samples()):
        return 0
    residents = [
        actor
        for person in demo.people
        if (known := people.person_by_login(person.login))
        and (actor := people.load_actor(known.id))
        and any(grant.own_only for grant in actor.grants)
    ]
    made = 0
    with quietly():
        for place, number in _places():
            for days in range(-_BEFORE, _AFTER + 1):
                if (days + number) % _EACH == 0:
                    made += _book(demo, place, days, number + days + _BEFORE, residents)
    commands.set_alarms_ahead()
    return made


def _places() -> Iterator[tuple[Place, int]]:
    """Every room that is open and is not staff's alone."""
    number = 0
    for street in rooms.streets():
        found = [r for r in rooms.structure_of(street).rooms if r.status == "open" and r.hours]
        terms = queries.terms_of(found)
        for room in found:
            if terms[room.id].who != "staff":
                number += 1
                yield Place(room, street), number


def _book(demo: Demo, place: Place, days: int, number: int, residents: list[Actor]) -> int:
    """One booking on a day, lived through as far as it is over."""
    day = clock.today() + timedelta(days=days)
    windows = rooms.open_on(place.room, day)
    if not windows:
        return 0
    start, closes = windows[number % len(windows)]
    start += timedelta(minutes=30 * (number % 3))
    end = min(start + timedelta(minutes=60 + 30 * (number % 3)), closes)
    purpose = demo.bookings.purposes[(number * 3 + days) % len(demo.bookings.purposes)]
    again = days > 0 and number % _AGAIN == 0
    wish = Wish(
        start=start, end=end, purpose=purpose.words, kind=purpose.kind, sample=True,
        people=6 + number % 14, every="week" if again else "",
        until=day + timedelta(days=21) if again else None,
        **_guest(demo, number),
    )  # fmt: skip
    actor = SYSTEM if wish.guest_name or not residents else residents[number % len(residents)]
    ahead = min(start - timedelta(days=2), clock.now()) - clock.now()
    try:
        with clock.turned(ahead):
            booking = commands.book(place, wish, actor=actor)
    except (Conflict, Forbidden, Invalid):  # its terms do not allow this one
        return 0
    _live(booking, start, end, number)
    return 1


def _guest(demo: Demo, number: int) -> dict[str, Any]:
    """Every fourth is entered at the desk, for somebody without an account."""
    if number % 4:
        return {}
    name = demo.bookings.guests[number // 4 % len(demo.bookings.guests)]
    return {"guest_name": name, "guest_phone": _PHONE.format(number=number), "channel": "desk"}


def _live(booking: queries.Booking, start: datetime, end: datetime, number: int) -> None:
    """What is over: approved, begun and ended, or nobody came."""
    now = clock.now()
    steps = [("approve", start - timedelta(days=1))] if booking.state == "asked" else []
    if number % _MISSED:
        steps += [("start", start), ("end", end)]
    for verb, at in steps:
        if at <= now:
            with clock.turned(at - now):
                commands.act(booking, Deed(verb=verb), actor=SYSTEM)
    if booking.next_at and booking.next_at <= now:
        with clock.turned(booking.next_at - now):
            commands.ring_for(booking.id)

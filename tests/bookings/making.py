"""Rooms and bookings as tests need them: made by the commands that people use."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from saas.bookings import commands, queries
from saas.bookings.commands import Deed, Wish
from saas.bookings.models import Booking
from saas.bookings.queries import Place
from saas.bookings.rules import Terms
from saas.kernel import clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.db import session
from saas.rooms import queries as rooms
from tests.support import District

ALL_WEEK = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "08:00", "closes": "22:00"}]
_OPEN_TO_ALL = Terms(notice_hours=0, buffer_minutes=0, holidays=True, longest_minutes=600)


def opened(district: District, code: str = "deliberation", **terms: Any) -> Place:
    """A room of the street that is open every day, booked on easy terms."""
    street = district.unit("street")
    (room,) = rooms.rooms_named(street, [code])
    room.status, room.hours, room.place = "open", ALL_WEEK, {"zh": "一楼"}
    room.keeper_id = district.people["keeper"]
    session.flush()
    place = Place(room, street)
    with_ = {name: getattr(_OPEN_TO_ALL, name) for name in Terms.__slots__} | terms
    commands.set_terms(place, actor=SYSTEM, **with_)
    return place


def on(days: int, hour: int, minute: int = 0) -> datetime:
    """A time of the day, so many days from today."""
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), clock.zone())


def wish(start: datetime, end: datetime, **given: Any) -> Wish:
    """What somebody wants."""
    return Wish(start=start, end=end, **{"purpose": "议事", **given})


def booked(
    district: District, place: Place, start: datetime, end: datetime, who: str = "resident",
    **given: Any,
) -> Booking:  # fmt: skip
    """Booked, or asked for."""
    return commands.book(place, wish(start, end, **given), actor=actor_of(district, who))


def actor_of(district: District, who: str) -> Actor:
    """One of the cast."""
    return SYSTEM if who == "system" else district.actor(who)


def act(district: District, booking: Booking, verb: str, who: str, **given: Any) -> None:
    """One act."""
    commands.act(booking, Deed(verb=verb, **given), actor=actor_of(district, who))


def verbs(booking: Booking) -> list[str]:
    """The story in verbs."""
    return [one.verb for one in queries.story_of(booking)]


def plain_day(after: int = 3) -> date:
    """A coming day."""
    return clock.today() + timedelta(days=after)

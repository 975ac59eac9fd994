"""What may be done with a session and a sign-up, and who of those that wait is served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from saas.casework import Cell, everywhere

USES: Final = ("kind", "tag")
STATES: Final = ("draft", "published", "running", "held", "closed", "cancelled")
#: What residents find.
SHOWN: Final = ("published", "running", "held", "closed", "cancelled")
SIGNED: Final = ("waiting", "offered", "confirmed", "cancelled", "declined", "expired")
#: Somebody means to come.
LIVING: Final = ("waiting", "offered", "confirmed")
#: Who has seats.
SEATED: Final = ("offered", "confirmed")
CONSENTS: Final = ("yes", "no", "guardian")
CHANNELS: Final = ("online", "desk", "phone")
HOWS: Final = ("once", "series", "course")
MOST_PARTY: Final = 9
MOST_SEATS: Final = 5000
#: Hours for which an offer stands where the district says nothing.
OFFER_HOURS: Final = 24
#: So long before the begin those who come are reminded, where the district says nothing; and the
#: most that it can say.
REMIND_HOURS: Final = 24
MOST_REMIND: Final = 168
#: Who was told that a day has changed has at least so long to say whether they come.
ASKED_AGAIN: Final = timedelta(days=3)
#: Who signed up no longer ago is not asked again: it is theirs at once.
FRESH: Final = timedelta(minutes=2)
#: So long before it a session may be begun by hand.
EARLY: Final = timedelta(minutes=60)
#: So long after the end is it kept who guests were; as with bookings.
GUESTS_KEPT: Final = timedelta(days=90)

#: In the words of sessions: organiser, keeper, another than who held it, the clock.
SESSION: Final[Mapping[tuple[str, str], Cell]] = {
    ("draft", "publish"): Cell(
        "published", "organiser", clock="start", unless=("over", "unplaced")
    ),
    ("draft", "move"): Cell("draft", "organiser"),
    ("published", "move"): Cell("published", "organiser", clock="start", unless=("begun",)),
    ("published", "resize"): Cell("published", "organiser", unless=("begun", "open", "course")),
    ("published", "begin"): Cell("running", "keeper", clock="stop", unless=("early",)),
    ("running", "hold"): Cell("held", "keeper", clock="stop"),
    ("held", "close"): Cell("closed", "keeper"),
    ("draft", "cancel"): Cell("cancelled", "organiser", clock="stop"),
    ("published", "cancel"): Cell("cancelled", "organiser", clock="stop", asks=("reason",)),
}
#: In the words of sign-ups: whose it is, who works there, either, the house (what follows from
#: something else), the clock.
SIGNUP: Final[Mapping[tuple[str, str], Cell]] = {
    ("waiting", "confirm"): Cell("confirmed", "house", clock="stop"),
    ("waiting", "offer"): Cell("offered", "house", clock="offer"),
    ("waiting", "pass"): Cell("waiting", "house"),
    ("waiting", "lapse"): Cell("expired", "house", clock="stop"),
    ("offered", "accept"): Cell("confirmed", "either", clock="stop", unless=("begun",)),
    ("offered", "decline"): Cell("declined", "either", clock="stop", unless=("begun",)),
    ("offered", "expire"): Cell("expired", "house", clock="stop"),
    ("confirmed", "ask"): Cell("offered", "house", clock="ask"),
    ("confirmed", "leave"): Cell("cancelled", "owner", clock="stop", unless=("begun", "late")),
    ("waiting", "leave"): Cell("cancelled", "owner", clock="stop", unless=("begun",)),
    ("confirmed", "take_out"): Cell("cancelled", "handler", clock="stop", unless=("begun",)),
    ("waiting", "take_out"): Cell("cancelled", "handler", clock="stop", unless=("begun",)),
    ("offered", "take_out"): Cell("cancelled", "handler", clock="stop", unless=("begun",)),
    **{cell: Cell("cancelled", "house", clock="stop")
       for cell in everywhere("call_off", LIVING)},
}  # fmt: skip

Stretch = tuple[datetime, datetime]


def session_bars(
    now: datetime, during: Stretch, *, placed: bool, open_: bool, course: bool
) -> frozenset[str]:
    """What stands in the way of acts on a session, by the words of the table."""
    start, end = during
    found = {
        "over": now >= end, "begun": now >= start, "early": now < start - EARLY,
        "unplaced": not placed, "open": open_, "course": course,
    }  # fmt: skip
    return frozenset(bar for bar, stands in found.items() if stands)


def signup_bars(now: datetime, start: datetime, cancel_until: datetime) -> frozenset[str]:
    """The same of a sign-up; after ``cancel_until`` one calls the desk."""
    found = {"begun": now >= start, "late": now > cancel_until}
    return frozenset(bar for bar, stands in found.items() if stands)


def closed_to(
    now: datetime, opens: datetime | None, closes: datetime, *, state: str, capacity: int | None
) -> str | None:
    """Why nobody can sign up now: state, free (just come), soon, closed; None if somebody can."""
    if state != "published":
        return "state"
    if capacity is None:
        return "free"
    if opens is not None and now < opens:
        return "soon"
    return "closed" if now >= closes else None


def offer_until(now: datetime, start: datetime, hours: int, *, least: timedelta) -> datetime:
    """Until when an offer stands: never past the start."""
    return min(now + max(timedelta(hours=hours), least), start)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in the queue."""

    id: int
    party: int
    passed: bool


def served(queue: Iterable[Waiting], free: int, *, hurry: bool) -> tuple[list[int], list[int]]:
    """Who of the ``queue`` is given the ``free`` places, in its order, and who was passed over.

    A party that is too large is passed over once and keeps its number: the next time nobody behind
    it is served before it, unless it is a ``hurry``, when places would stay empty.
    """
    given: list[int] = []
    over: list[int] = []
    stepped: list[int] = []
    for one in queue:
        if free <= 0:
            break
        if one.party <= free:
            given.append(one.id)
            free -= one.party
            over += stepped
            stepped = []
        elif one.passed and not hurry:
            break
        else:
            stepped.append(one.id)
    return given, over


def same_weekday(day: date, year: int) -> date:
    """The day of another year that is nearest to this one and has its weekday."""
    try:
        aim = day.replace(year=year)
    except ValueError:  # 29 February
        aim = date(year, 2, 28)
    away = (day.weekday() - aim.weekday() + 3) % 7 - 3
    return aim + timedelta(days=away)

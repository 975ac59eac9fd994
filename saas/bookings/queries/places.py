"""Where something is booked, on which terms, and what is free there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from saas.bookings import permissions, rules
from saas.bookings.models import Booking, KindTerms, RoomTerms
from saas.bookings.rules import Stretch, Terms
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.rooms import queries as rooms
from saas.rooms.queries import Closure, Room
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.workdays import queries as workdays

_FIELDS = tuple(Terms.__slots__)
#: Where the nearest free times are looked for, beyond the day that was wanted.
_DAYS_AROUND = 7


@dataclass(frozen=True, slots=True)
class Place:
    """A room in its street."""

    room: Room
    street: Unit

    @property
    def street_path(self) -> str:
        """Where it lies in the tree."""
        return self.street.path

    @property
    def keeper_id(self) -> int | None:
        """Who keeps it."""
        return self.room.keeper_id


def public_place(street: str, code: str) -> Place:
    """A room for everybody, by the codes of its page, else `NotFound`."""
    unit = rooms.public_street(street)
    return Place(rooms.public_room(unit, code), unit)


def places_of(room_ids: Collection[int]) -> dict[int, Place]:
    """Rooms with their streets, by their ids."""
    found = rooms.rooms_by_id(room_ids)
    streets = territory.units_by_id({room.unit_id for room in found.values()})
    return {key: Place(room, streets[room.unit_id]) for key, room in found.items()}


def place_of(booking: Booking) -> Place:
    """Where a booking is."""
    return places_of([booking.room_id])[booking.room_id]


# Terms ------------------------------------------------------------------------------------------


def _terms(row: Any) -> Terms:
    return Terms(**{name: getattr(row, name) for name in _FIELDS})


def kind_terms() -> Sequence[KindTerms]:
    """What the model says of kinds of rooms, in its order."""
    return session.scalars(sa.select(KindTerms).order_by(KindTerms.position, KindTerms.id)).all()


def own_terms(room_ids: Collection[int]) -> dict[int, RoomTerms]:
    """What streets have set for rooms of their own."""
    query = sa.select(RoomTerms).where(RoomTerms.room_id.in_(room_ids))
    return {row.room_id: row for row in session.scalars(query)}


def terms_of(found: Collection[Room]) -> dict[int, Terms]:
    """On which terms each room is booked: its own, else those of its kind, else those for any."""
    own, kinds = own_terms([room.id for room in found]), {r.code: r for r in kind_terms()}
    any_kind = _terms(kinds[rules.ANY]) if rules.ANY in kinds else Terms()
    return {
        room.id: _terms(own[room.id]) if room.id in own
        else _terms(kinds[room.code]) if room.code in kinds else any_kind
        for room in found
    }  # fmt: skip


def inherited_terms(room: Room) -> Terms:
    """What the model says of a room's kind."""
    kinds = {row.code: row for row in kind_terms()}
    row = kinds.get(room.code) or kinds.get(rules.ANY)
    return _terms(row) if row else Terms()


# Days -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Day:
    """A room on one day: when it is open, what is booked, what closes it, what is left."""

    day: date
    windows: Sequence[Stretch]
    bookings: Sequence[Booking]
    closures: Sequence[Closure]
    free: Sequence[Stretch]
    holiday: Label | None = None


def days_of(
    place: Place, first: date, count: int = 1, *, terms: Terms | None = None
) -> list[Day]:  # fmt: skip
    """So many days of a room from ``first`` on, in as many questions as for one."""
    terms = terms or terms_of([place.room])[place.room.id]
    return _days([place.room], first, count, {place.room.id: terms})[place.room.id]


def weeks_of(found: Sequence[Room], first: date) -> dict[int, list[Day]]:
    """Seven days of each of these rooms, in as many questions as for one."""
    return _days(found, first, 7, terms_of(found))


def _days(
    found: Sequence[Room], first: date, count: int, terms: Mapping[int, Terms]
) -> dict[int, list[Day]]:
    start, end = clock.begin_of(first), clock.begin_of(first + timedelta(days=count))
    booked: dict[int, list[Booking]] = {}
    for booking in bookings_in([room.id for room in found], start, end):
        booked.setdefault(booking.room_id, []).append(booking)
    closures, off = rooms.closures_of(found, start, end), holidays(first, count)
    return {
        room.id: [
            _day(room, first + timedelta(days=n), booked.get(room.id, ()),
                 [one for one in closures if rooms.closes(one, room)], off, terms[room.id])
            for n in range(count)
        ]
        for room in found
    }  # fmt: skip


def _day(
    room: Room, day: date, booked: Sequence[Booking], closures: Sequence[Closure],
    off: Mapping[date, Label], terms: Terms,
) -> Day:  # fmt: skip
    start, end = clock.begin_of(day), clock.begin_of(day + timedelta(days=1))
    today = [one for one in booked if one.start < end and one.end > start]
    closed = [one for one in closures if one.start < end and one.end > start]
    windows = rooms.open_on(room, day)
    left: list[Stretch] = []
    if room.status == "open" and (terms.holidays or day not in off):
        held = [one.held for one in booked if one.state in rules.HELD]
        left = rules.free(windows, held, terms.buffer)
        left = rules.free(left, ((one.start, one.end) for one in closed), timedelta())
    return Day(day, windows, today, closed, left, off.get(day))


def bookings_in(room_ids: Collection[int], start: datetime, end: datetime) -> Sequence[Booking]:
    """What is asked for, booked or was there in these rooms between, also what needs their time
    afterwards; in order.
    """
    states = (*rules.LIVING, "done")
    query = sa.select(Booking).where(
        Booking.room_id.in_(room_ids), Booking.state.in_(states),
        Booking.blocked.overlaps(Range(start - timedelta(hours=4), end)),
    )  # fmt: skip
    return session.scalars(query.order_by(Booking.starts_at, Booking.id)).all()


def holidays(first: date, count: int) -> dict[date, Label]:
    """The public holidays among so many days, by name."""
    last = first + timedelta(days=count)
    return {
        one.day: one.name
        for year in range(first.year, last.year + 1)
        for one in workdays.exceptions_of(year)
        if not one.works and first <= one.day < last
    }


def cause_against(place: Place, wanted: Stretch, terms: Terms, *, outside: bool) -> str | None:
    """Why a time cannot be had, but for what others have booked: closed, hours, holiday; None where
    it can. ``outside``: somebody sees to it that the room is open.
    """
    if rooms.closures_of([place.room], *wanted):
        return "closed"
    if outside:
        return None
    day = wanted[0].astimezone(clock.zone()).date()
    if not terms.holidays and holidays(day, 1):
        return "holiday"
    return None if rules.fits(wanted, rooms.open_on(place.room, day)) else "hours"


def nearest_free(place: Place, wanted: Stretch, terms: Terms) -> list[Stretch]:
    """The free times nearest to one that could not be had; everybody who may book can book them."""
    now = clock.now()
    earliest = now + timedelta(hours=terms.notice_hours)
    latest = now + timedelta(days=terms.ahead_days)
    day = wanted[0].astimezone(clock.zone()).date()
    first = max(day - timedelta(days=_DAYS_AROUND), clock.today())
    count = (day - first).days + _DAYS_AROUND + 1
    found = days_of(place, first, max(count, 1), terms=terms)
    spans = [span for one in found for span in one.free]
    kept = [(max(a, earliest), b) for a, b in spans if b > earliest and a < latest]
    return rules.nearest(wanted, kept)


@dataclass(frozen=True, slots=True)
class Week:
    """A street's rooms for seven days."""

    street: Unit
    first: date
    rooms: Sequence[Room]
    days: Mapping[int, Sequence[Day]] = field(default_factory=dict)


def access_week(street: str, first: date, venue: str, *, actor: Actor) -> Week:
    """A street's rooms for who works there; of one venue where its code is given."""
    unit = rooms.access_street(street, actor=actor)
    found = [r for r in rooms.structure_for(unit, actor=actor).rooms if r.status != "retired"]
    if venue:
        here = rooms.venue_in(unit, venue)
        found = [room for room in found if room.venue_id == here.id]
    return Week(unit, first, found, weeks_of(found, first) if found else {})


def access_place(street: str, code: str, *, actor: Actor) -> Place:
    """A room for who works there, else `NotFound`."""
    place = public_place(street, code)
    if not permissions.handles(actor, place):
        raise NotFound
    return place

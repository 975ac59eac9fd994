"""How much rooms are used: hours in use of hours open, and how often nobody came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from saas.bookings import rules
from saas.bookings.models import Booking
from saas.kernel import clock
from saas.kernel.db import rows
from saas.rooms import queries as rooms
from saas.rooms.queries import Closure, Room


@dataclass(frozen=True, slots=True)
class Used:
    """A room between two days. ``open_minutes`` are its hours without closures."""

    room: Room
    open_minutes: int
    used_minutes: int
    uses: int
    no_shows: int

    @property
    def share(self) -> float | None:
        """In use of open; None where it was never open."""
        return self.used_minutes / self.open_minutes if self.open_minutes else None

    @property
    def missed(self) -> float | None:
        """Nobody came, of all to which somebody was to come."""
        meant = self.uses + self.no_shows
        return self.no_shows / meant if meant else None


def used(found: Sequence[Room], first: date, last: date) -> list[Used]:
    """Each of these rooms from ``first`` to ``last``, both in it; three questions for all."""
    start, end = clock.begin_of(first), clock.begin_of(last + timedelta(days=1))
    closures = rooms.closures_of(found, start, end)
    came, none = Booking.state.in_(("in_use", "done")), Booking.state == "released"
    query = (
        sa.select(
            Booking.room_id,
            sa.func.coalesce(sa.func.sum(Booking.minutes).filter(came), 0),
            sa.func.count().filter(came),
            sa.func.count().filter(none),
        )
        .where(Booking.room_id.in_([room.id for room in found]))
        .where(Booking.starts_at >= start, Booking.starts_at < end)
        .group_by(Booking.room_id)
    )
    counted = {key: numbers for key, *numbers in rows(query)}
    return [
        Used(room, _open(room, first, last, closures),
             *(int(number) for number in counted.get(room.id, (0, 0, 0))))
        for room in found
    ]  # fmt: skip


def _open(room: Room, first: date, last: date, closures: Sequence[Closure]) -> int:
    mine = [(one.start, one.end) for one in closures if rooms.closes(one, room)]
    total = timedelta()
    for number in range((last - first).days + 1):
        windows = rooms.open_on(room, first + timedelta(days=number))
        total += sum((b - a for a, b in rules.free(windows, mine, timedelta())), timedelta())
    return int(total.total_seconds() // 60)

"""What time a case has. Working time comes from the district's calendar, passed in.

A clock that is paused keeps the working minutes that were left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

_HOUR: Final = 60


class Working(Protocol):
    """A district's working time, counted in minutes."""

    def add(self, start: datetime, minutes: int) -> datetime:
        """The moment at which so much working time has passed since ``start``."""

    def between(self, start: datetime, end: datetime) -> int:
        """The working minutes from ``start`` to ``end``."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a case: until when, from when it is warned, when something is next to be done.

    ``left`` are the working minutes kept by a paused clock, ``given`` those it began with.
    """

    due_at: datetime | None = None
    warn_at: datetime | None = None
    next_at: datetime | None = None
    given: int | None = None
    left: int | None = None


def started(now: datetime, hours: int, warn_percent: int, working: Working) -> Clock:
    """A clock that begins now with ``hours`` of working time."""
    return _running(now, hours * _HOUR, hours * _HOUR, warn_percent, working)


def paused(clock: Clock, now: datetime, until: datetime | None, working: Working) -> Clock:
    """The clock stands; what was left is kept; it goes on at ``until`` at the latest."""
    left = working.between(now, clock.due_at) if clock.due_at else None
    return Clock(next_at=until, given=clock.given, left=left)


def resumed(clock: Clock, now: datetime, warn_percent: int, working: Working) -> Clock:
    """The clock goes on with what was left, never with more."""
    if clock.left is None or clock.given is None:
        return Clock()
    return _running(now, clock.left, clock.given, warn_percent, working)


def stopped(next_at: datetime | None = None) -> Clock:
    """No clock; at ``next_at``, if given, the clock is to look once more."""
    return Clock(next_at=next_at)


def _running(now: datetime, left: int, given: int, warn_percent: int, working: Working) -> Clock:
    gone, since = given - left, _whole_minute(now)
    due_at = working.add(since, left)
    warn_at = working.add(since, max(given * warn_percent // 100 - gone, 0))
    return Clock(due_at, warn_at, warn_at if warn_at < due_at else due_at, given)


def _whole_minute(moment: datetime) -> datetime:
    """The next whole minute: people are told minutes, and nobody is given a second less."""
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=1)

"""The only place that asks the time, so that a test or a demo district can turn the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from saas.kernel.context import Tenant, current_scope, current_tenant

_shift: ContextVar[timedelta] = ContextVar("saas_clock_shift", default=timedelta())
_for_good: ContextVar[timedelta] = ContextVar("saas_clock_for_good", default=timedelta())


def now() -> datetime:
    """The present moment, with time zone; the clock of a demo district may stand ahead."""
    return datetime.now(UTC) + _ahead()


def zone() -> ZoneInfo:
    """The time zone of the district at work."""
    return ZoneInfo(current_tenant().time_zone)


def local() -> datetime:
    """The present moment as a clock on the district's wall shows it."""
    return now().astimezone(zone())


def today() -> date:
    """The day that it is in the district."""
    return local().date()


def begin_of(day: date) -> datetime:
    """The moment in which a day begins in the district."""
    return datetime.combine(day, time(), zone())


def to_world(moment: datetime) -> datetime:
    """When the world's clock shows what is ``moment`` on the clock of the district at work.

    What is told as of another time (`turned`) is told now: its alarms ring by the district's clock.
    """
    return moment - _district()


def _ahead() -> timedelta:
    return _shift.get() + _district()


def _district() -> timedelta:
    scope = current_scope()
    own = scope.clock_shift if isinstance(scope, Tenant) else timedelta()
    return _for_good.get() + own


@contextmanager
def turned(by: timedelta) -> Iterator[None]:
    """Inside, the clock stands ``by`` ahead of (or, negative, behind) the world's."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)


@contextmanager
def turned_for_good(by: timedelta) -> Iterator[None]:
    """Inside, the district's own clock stands ``by`` ahead of what its scope says.

    For the work that is done in the moment in which the clock of a demo district is turned.
    """
    token = _for_good.set(_for_good.get() + by)
    try:
        yield
    finally:
        _for_good.reset(token)

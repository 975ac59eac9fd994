"""The only place that asks the time, so that a test or a demo district can turn the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from saas.kernel.context import Tenant, current_scope

_shift: ContextVar[timedelta] = ContextVar("saas_clock_shift", default=timedelta())


def now() -> datetime:
    """The present moment, with time zone; the clock of a demo district may stand ahead."""
    return datetime.now(UTC) + _ahead()


def to_world(moment: datetime) -> datetime:
    """When the world's clock shows what is ``moment`` on the clock of the district at work."""
    return moment - _ahead()


def _ahead() -> timedelta:
    scope = current_scope()
    return _shift.get() + (scope.clock_shift if isinstance(scope, Tenant) else timedelta())


@contextmanager
def turned(by: timedelta) -> Iterator[None]:
    """Inside, the clock stands ``by`` ahead of (or, negative, behind) the world's."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)

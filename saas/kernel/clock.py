"""The only place that asks the time, so that a test or a demo district can turn the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_shift: ContextVar[timedelta] = ContextVar("saas_clock_shift", default=timedelta())


def now() -> datetime:
    """The present moment, with time zone."""
    return datetime.now(UTC) + _shift.get()


@contextmanager
def turned(by: timedelta) -> Iterator[None]:
    """Inside, the clock stands ``by`` ahead of (or, negative, behind) the world's."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)

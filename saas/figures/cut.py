"""Which facts figures are about: a span of months, a place, and what it is narrowed down to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, Final, Protocol

from saas.kernel import clock

#: A span that is divided into months has no more of them than this.
MOST_MONTHS: Final = 36


class Place(Protocol):
    """A unit, as far as figures know of it."""

    @property
    def id(self) -> Any:
        """Its key, by which facts say where they lie."""

    @property
    def code(self) -> Any:
        """Its code in an address."""

    @property
    def path(self) -> Any:
        """Where it lies in the tree: what begins with it lies beneath it."""

    @property
    def name(self) -> Any:
        """Its label."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is looked at. ``paths`` is how far the reader sees; ``unit`` narrows it to what lies
    there and beneath, ``own`` to there alone. ``start`` and ``end`` are first days of months, both
    included; without them it is about all time. ``narrowed`` are values of further dimensions.
    """

    paths: tuple[str, ...]
    start: date | None = None
    end: date | None = None
    unit: Place | None = None
    own: bool = False
    narrowed: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, dimension: str) -> str:
        """The value that a dimension is narrowed down to, or nothing."""
        return self.narrowed.get(dimension, "")

    def months(self) -> list[date]:
        """The first day of each month of the span, in order."""
        assert self.start is not None
        assert self.end is not None
        count = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return [month_after(self.start, i) for i in range(count + 1)]

    def moments(self) -> list[datetime]:
        """Where the months begin in the district's zone, and where the last one ends."""
        months, zone = self.months(), clock.zone()
        return [datetime.combine(d, time(), zone) for d in (*months, month_after(months[-1], 1))]

    def during(self, start: date, end: date) -> Cut:
        """The same in other months."""
        return replace(self, start=start, end=end)

    def of(self, unit: Place, *, own: bool = False) -> Cut:
        """The same for another unit, with all that lies beneath it unless ``own``."""
        return replace(self, unit=unit, own=own)

    def by(self, **values: str) -> Cut:
        """The same, narrowed down further."""
        return replace(self, narrowed={**self.narrowed, **values})

    @property
    def inside(self) -> tuple[str, ...]:
        """The paths beneath which it looks."""
        return (self.unit.path,) if self.unit else self.paths


def month_after(first: date, months: int) -> date:
    """The first day of the month that is so many after (or, negative, before) another."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def this_month() -> date:
    """The first day of the present month in the district."""
    return clock.today().replace(day=1)

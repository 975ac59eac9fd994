"""Which demands figures are about: a span of months and whatever it is narrowed down to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from saas.demands import permissions
from saas.demands.models import Category, Demand
from saas.kernel import clock
from saas.kernel.context import Actor, current_tenant
from saas.kernel.db import rows
from saas.territory import queries as territory
from saas.territory.queries import Unit

#: A span of figures has no more months than this.
MOST_MONTHS: Final = 36


@dataclass(frozen=True, slots=True)
class Cut:
    """Which demands are looked at. ``start`` and ``end`` are first days of months, both included.

    A demand belongs to the month in which it was filed. ``paths`` is how far the reader sees;
    ``unit`` narrows it to what arose there and beneath, ``own`` to there alone. ``level`` is the
    one that has a demand or finished it, ``peak`` the one that a measure of the ladder asks about.
    """

    start: date
    end: date
    paths: tuple[str, ...]
    unit: Unit | None = None
    own: bool = False
    level: str = ""
    kind: str = ""
    category: str = ""
    channel: str = ""
    peak: str = ""

    def months(self) -> list[date]:
        """The first day of each month of the span, in order."""
        count = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return [month_after(self.start, i) for i in range(count + 1)]

    def moments(self) -> list[datetime]:
        """Where the months begin in the district's zone, and where the last one ends."""
        zone = ZoneInfo(current_tenant().time_zone)
        firsts = [*self.months(), month_after(self.end, 1)]
        return [datetime.combine(first, time(), zone) for first in firsts]

    def during(self, start: date, end: date) -> Cut:
        """The same in other months."""
        return replace(self, start=start, end=end)

    def of(self, unit: Unit) -> Cut:
        """The same for another unit with all that lies beneath it."""
        return replace(self, unit=unit, own=False)

    def at_peak(self, level: str) -> Cut:
        """The same for measures of the ladder at a level."""
        return replace(self, peak=level)

    @property
    def inside(self) -> tuple[str, ...]:
        """The paths beneath which it looks."""
        return (self.unit.path,) if self.unit else self.paths

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """All of it as conditions on demands."""
        moments = self.moments()
        where = [Demand.filed_at >= moments[0], Demand.filed_at < moments[-1]]
        where += self._places()
        for column, value in (
            (Demand.level, self.level),
            (Demand.kind, self.kind),
            (Demand.channel, self.channel),
        ):
            if value:
                where.append(column == value)
        if self.category:
            beneath = sa.select(Category.code).where(Category.parent == self.category)
            where.append(sa.or_(Demand.category == self.category, Demand.category.in_(beneath)))
        return where

    def _places(self) -> list[sa.ColumnElement[bool]]:
        """Nothing to ask where the whole district is looked at."""
        if self.own and self.unit:
            return [Demand.unit_id == self.unit.id]
        if territory.covers_all(self.inside):
            return []
        return [Demand.unit_id.in_(sa.select(Unit.id).where(territory.within(self.inside)))]


def month_after(first: date, months: int) -> date:
    """The first day of the month that is so many after (or, negative, before) another."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def this_month() -> date:
    """The first day of the present month in the district."""
    today = clock.now().astimezone(ZoneInfo(current_tenant().time_zone)).date()
    return today.replace(day=1)


def years_with_demands(paths: Sequence[str]) -> list[int]:
    """Every year in which something within reach was filed, the latest first."""
    span: sa.Select[Any] = sa.select(sa.func.min(Demand.filed_at), sa.func.max(Demand.filed_at))
    zone = ZoneInfo(current_tenant().time_zone)
    first, last = rows(span)[0]
    if first is None:
        return []
    years = range(first.astimezone(zone).year, last.astimezone(zone).year + 1)
    firsts = [datetime(year, 1, 1, tzinfo=zone) for year in (*years, years[-1] + 1)]
    seen = sa.select(sa.literal(1)).select_from(Demand)
    if not territory.covers_all(paths):
        seen = seen.where(Demand.unit_id.in_(sa.select(Unit.id).where(territory.within(paths))))
    any_in = [
        seen.where(Demand.filed_at >= firsts[i], Demand.filed_at < firsts[i + 1]).exists()
        for i in range(len(years))
    ]
    found = rows(sa.select(*any_in))[0]
    return [year for year, there in zip(years, found, strict=True) if there][::-1]


def unit_in_reach(code: str, *, actor: Actor) -> Unit:
    """A unit whose demands the actor may see; missing and forbidden look the same."""
    return territory.access_unit(code, permissions.VIEW, actor=actor)

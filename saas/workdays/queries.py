"""Reading the calendar; `working_time` is what other domains count with."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import Tenant, current_tenant
from saas.kernel.db import Prepared, rows, session
from saas.kernel.errors import NotFound
from saas.kernel.unit_of_work import forget, once
from saas.workdays import rules
from saas.workdays.models import WorkCalendar, WorkdayException, WorkWeek, WorkYear
from saas.workdays.rules import Exceptional
from saas.workdays.rules import Span as Span
from saas.workdays.rules import Spans as Spans
from saas.workdays.rules import Week as Week
from saas.workdays.rules import WorkingTime as WorkingTime  # other domains type with it

_KEPT = "workdays.kept"
#: So many districts' calendars are remembered by a process, about 20 kB for each year in use.
_MOST_REMEMBERED = 256
_remembered: OrderedDict[str, tuple[UUID, WorkingTime]] = OrderedDict()
_guard = threading.Lock()

_VERSION = Prepared(sa.select(WorkCalendar.version))
_DAYS = sa.select(
    WorkdayException.day,
    WorkdayException.works,
    WorkdayException.name,
    WorkdayException.source,
    WorkdayException.spans,
)


def working_time() -> WorkingTime:
    """The working time of the current district, to count deadlines and durations with.

    Asked for again in the same transaction it costs nothing, in another one a single small query:
    the whole is read again only after somebody, in whatever process, has changed it.
    """
    return once(_KEPT, lambda: _current(current_tenant()))


def forget_working_time() -> None:
    """Read it again when it is next asked for: this unit of work has changed it."""
    forget(_KEPT)


def _current(tenant: Tenant) -> WorkingTime:
    version = _VERSION.rows()[0][0]
    with _guard:
        known = _remembered.get(tenant.key)
    if known is not None and known[0] == version and known[1].zone == tenant.time_zone:
        return known[1]
    found = rules.counted_in(week(), _exceptional(_DAYS), tenant.time_zone)
    with _guard:
        _remembered[tenant.key] = (version, found)
        _remembered.move_to_end(tenant.key)
        while len(_remembered) > _MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return found


def begun() -> bool:
    """Whether the district has a calendar."""
    return bool(_VERSION.rows())


def week() -> Week:
    """The spans of the seven weekdays, Monday first."""
    query = sa.select(WorkWeek.weekday, WorkWeek.spans)
    found = {weekday: rules.read_spans(spans) for weekday, spans in rows(query)}
    return tuple(found.get(weekday, ()) for weekday in range(1, 8))


def _exceptional(query: sa.Select[Any]) -> list[Exceptional]:
    return [
        Exceptional(day, works, name, source, None if spans is None else rules.read_spans(spans))
        for day, works, name, source, spans in rows(query)
    ]


def all_exceptions_of(year: int) -> list[Exceptional]:
    """Every word about the days of a year, in order: published ones, and the district's own."""
    within = WorkdayException.day.between(date(year, 1, 1), date(year, 12, 31))
    query = _DAYS.where(within).order_by(WorkdayException.day, WorkdayException.source)
    return _exceptional(query)


def exceptions_of(year: int) -> list[Exceptional]:
    """The days of a year that are not as their weekday; the district's own word counts."""
    settled = rules.effective(all_exceptions_of(year))
    return [settled[day] for day in sorted(settled)]


def words_on(day: date) -> dict[str, Exceptional]:
    """What is said about one day, by source."""
    return {one.source: one for one in _exceptional(_DAYS.where(WorkdayException.day == day))}


@dataclass(frozen=True, slots=True)
class YearState:
    """How much is known of a year.

    ``state``: published, own (entered here to the end), or None while only the week counts.
    ``offered``: the published list that came with the product has something that is not here yet.
    """

    year: int
    state: str | None
    origin: str | None
    offered: bool


def years() -> Sequence[WorkYear]:
    """The years whose holidays are known, in order."""
    return session.scalars(sa.select(WorkYear).order_by(WorkYear.year)).all()


def find_year(year: int) -> WorkYear | None:
    """What is noted of a year."""
    return session.scalar(sa.select(WorkYear).where(WorkYear.year == year))


def covers(year: int) -> bool:
    """Whether the holidays of a year are known; else only the week counts in it."""
    return find_year(year) is not None


def state_of(year: int) -> YearState:
    """How much is known of a year, and whether the product knows more."""
    noted, listed = find_year(year), rules.published_days(year)
    here = [one for one in all_exceptions_of(year) if one.source == rules.PUBLISHED]
    published = noted is not None and noted.state == rules.PUBLISHED
    return YearState(
        year=year,
        state=noted.state if noted else None,
        origin=noted.origin if noted else None,
        offered=listed is not None and (not published or here != list(listed)),
    )


def access_year(year: int) -> int:
    """A year whose calendar is kept, else `NotFound`."""
    if not rules.usable_year(year, clock.today().year):
        raise NotFound
    return year


def access_day(text: str) -> date:
    """A day written 2026-10-01 in a year whose calendar is kept, else `NotFound`."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise NotFound
    access_year(day.year)
    return day

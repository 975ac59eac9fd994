"""Counting facts: one pass by state and flag, from which every measure over them is added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas.figures.cut import Cut
from saas.figures.dividing import by_month
from saas.figures.facts import ByState, Division, Facts, Measure
from saas.kernel import clock
from saas.kernel.db import rows

Counted = int | Decimal


def count_groups(
    facts: Facts, cut: Cut, division: Division, flags: Sequence[str]
) -> dict[Any, ByState]:
    """Counts of each group by its key, by state and flag."""
    counted = [sa.func.count().filter(facts.flags[flag]) for flag in flags]
    query = division.joined(sa.select(division.key, facts.state, sa.func.count(), *counted), facts)
    found: dict[Any, ByState] = {}
    grouped = query.where(*facts.within(cut)).group_by(sa.text("1, 2"))
    for key, state, *numbers in rows(grouped):
        found.setdefault(key, {})[state] = dict(zip(("", *flags), numbers, strict=True))
    return found


def count_measures(measures: Iterable[Measure], cut: Cut) -> dict[str, Counted]:
    """Code to number within a cut; one question for all measures over the same facts, and one for
    each sum of money. What is one per another is left out where it is not known.
    """
    over: dict[int, list[Measure]] = {}
    for one in measures:
        over.setdefault(id(one.facts), []).append(one)
    found: dict[str, Counted] = {}
    for alike in over.values():
        flags = sorted({flag for one in alike for flag in one.flags})
        whole = Division(sa.literal(0), {})
        by_state = count_groups(alike[0].facts, cut, whole, flags).get(0, {})
        for one in alike:
            number = one.count(by_state) if one.amount is None else _amount(one, cut)
            if one.per is None:
                found[one.code] = number
            elif number and (among := count_measures([one.per], cut)[one.per.code]):
                found[one.code] = number / Decimal(among)
    return found


def _amount(measure: Measure, cut: Cut) -> Decimal:
    total = sa.func.coalesce(sa.func.sum(measure.amount), 0)
    where = (measure.condition, *measure.facts.within(cut))
    return Decimal(rows(sa.select(total).select_from(measure.facts.table).where(*where))[0][0])


def by_months(measure: Measure, cut: Cut) -> dict[date, Counted]:
    """A measure in each month of a cut."""
    division = by_month(measure.facts, cut)
    value = sa.func.count() if measure.amount is None else sa.func.sum(measure.amount)
    query = division.joined(sa.select(division.key, value), measure.facts)
    query = query.where(measure.condition, *measure.facts.within(cut)).group_by(sa.text("1"))
    found = {number: count or 0 for number, count in rows(query)}
    return {month: found.get(number, 0) for number, month in enumerate(cut.months(), start=1)}


def fullest_year(measure: Measure, cut: Cut) -> int | None:
    """The year that has most rows which the measure counts; of two alike the later one."""
    year = sa.extract("year", sa.func.timezone(str(clock.zone()), measure.facts.time))
    query = sa.select(year, sa.func.count()).select_from(measure.facts.table)
    query = query.where(measure.condition, *measure.facts.within(cut)).group_by(sa.text("1"))
    found = rows(query.order_by(sa.text("2 DESC, 1 DESC")).limit(1))
    return int(found[0][0]) if found else None


def years_of(facts: Facts, paths: tuple[str, ...]) -> list[int]:
    """Every year of which there is a fact beneath ``paths``, the latest first."""
    zone = clock.zone()
    first, last = rows(sa.select(sa.func.min(facts.time), sa.func.max(facts.time)))[0]
    if first is None:
        return []
    years = range(first.astimezone(zone).year, last.astimezone(zone).year + 1)
    seen = sa.select(sa.literal(1)).select_from(facts.table)
    spans = (Cut(paths).during(date(year, 1, 1), date(year, 12, 1)) for year in years)
    any_in = [seen.where(*facts.within(span)).exists() for span in spans]
    found = rows(sa.select(*any_in))[0]
    return [year for year, there in zip(years, found, strict=True) if there][::-1]


def is_recorded(facts: Facts, cut: Cut) -> bool:
    """Whether there is any fact within a cut, whatever it counts as."""
    query = sa.select(sa.literal(1)).select_from(facts.table).where(*facts.within(cut)).limit(1)
    return bool(rows(query))

"""Counting: the figures of a cut, in a fixed number of questions.

Each number is asked in the cheapest way for a hundred thousand demands: counts in one pass with
hashed groups, durations in a narrow sort of their own, months and ladder from an index alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from saas.demands.models import Demand
from saas.demands.queries.figures.cut import Cut
from saas.demands.queries.figures.dividing import Division, Name, divided, month_number
from saas.demands.queries.figures.measures import FLAGS, MEASURES, STARS
from saas.demands.queries.ways import LADDER
from saas.kernel.db import rows
from saas.territory import queries as territory
from saas.territory.queries import Level, Unit

_SHARES = (0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one group. ``median`` and ``ninth`` (the 90th percentile) are the working
    minutes that what was resolved has taken.
    """

    counts: Mapping[str, int]
    median: float | None = None
    ninth: float | None = None

    def __getitem__(self, measure: str) -> int:
        return self.counts[measure]

    @property
    def satisfaction(self) -> float | None:
        """The mean of the stars, 1 to 5."""
        given = sum(number * self[name] for number, name in enumerate(STARS, start=1))
        return given / self["rated"] if self["rated"] else None


NOTHING: Final = Line(dict.fromkeys(MEASURES, 0))


@dataclass(frozen=True, slots=True)
class Group:
    """A line of a table: what it is about, its figures, and the cut that has just its demands.

    ``name`` is a label, the first day of a month, or a channel.
    """

    name: Name
    line: Line
    cut: Cut


@dataclass(frozen=True, slots=True)
class Step:
    """How many came to a level of the ladder or beyond, and what became of them.

    A demand counts at the highest level that it reached, even if it was returned from there:
    finished (``stopped``), or not yet (``waits``). ``went_on`` reached a higher one.
    """

    level: Level
    reached: int
    stopped: int
    waits: int
    went_on: int


@dataclass(frozen=True, slots=True)
class Month:
    """The first day of a month, and what was filed in it."""

    first: date
    received: int = 0
    reasonable: int = 0
    resolved: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """What is drawn beside the table."""

    months: list[Month]
    ladder: list[Step]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the page of figures."""

    total: Line
    groups: list[Group]
    overview: Overview


def figures(cut: Cut, by: str) -> Figures:
    """All figures of ``cut``, and those of each group of ``by`` (one of `GROUPINGS`)."""
    total, groups = table(cut, by)
    return Figures(total, groups, overview(cut))


def table(cut: Cut, by: str) -> tuple[Line, list[Group]]:
    """The figures of the whole, and of each group in its order. Groups in which nothing was filed
    are left out, months are not.
    """
    division = divided(cut, by)
    counted, taken = _counts(cut, division), _durations(cut, division)
    lines = {key: _line(states, taken.get(key)) for key, states in counted.items()}
    total = Line(
        {name: sum(line[name] for line in lines.values()) for name in MEASURES},
        *taken.get(None, ()),
    )
    groups = [
        Group(name, lines.get(key, NOTHING), own)
        for key, (name, own) in division.found.items()
        if key in lines or by == "month"
    ]
    return total, groups


#: State to flag to how many; "" stands for all of a state.
_ByState = dict[str, dict[str, int]]


def _line(states: _ByState, taken: tuple[float, float] | None) -> Line:
    return Line({name: one.count(states) for name, one in MEASURES.items()}, *(taken or ()))


def _counts(cut: Cut, division: Division) -> dict[Any, _ByState]:
    flags = [sa.func.count().filter(condition) for condition in FLAGS.values()]
    query = division.joined(sa.select(division.key, Demand.state, sa.func.count(), *flags))
    found: dict[Any, _ByState] = {}
    grouped = query.where(*cut.conditions()).group_by(sa.text("1, 2"))
    for key, state, *numbers in rows(grouped):
        found.setdefault(key, {})[state] = dict(zip(("", *FLAGS), numbers, strict=True))
    return found


def _durations(cut: Cut, division: Division) -> dict[Any, tuple[float, float]]:
    """Median and 90th percentile of working minutes by key; None is the key of the whole."""
    inner = division.joined(
        sa.select(division.key.label("key"), Demand.worked_minutes.label("minutes"))
    ).where(MEASURES["resolved"].condition, *cut.conditions())
    each = inner.subquery()
    share = sa.func.percentile_cont(sa.literal(_SHARES, sa.ARRAY(sa.Float))).within_group
    query = sa.select(each.c.key, share(each.c.minutes)).group_by(
        sa.func.grouping_sets(sa.tuple_(each.c.key), sa.text("()"))
    )
    return {key: (shares[0], shares[1]) for key, shares in rows(query) if shares is not None}


def overview(cut: Cut) -> Overview:
    """Months and ladder, each in a pass over an index that has all it needs."""
    return Overview(_months(cut), _ladder(cut))


def _months(cut: Cut) -> list[Month]:
    query = sa.select(month_number(cut), Demand.state, sa.func.count())
    found: dict[int, _ByState] = {}
    for number, state, count in rows(query.where(*cut.conditions()).group_by(sa.text("1, 2"))):
        found.setdefault(number, {})[state] = {"": count}
    shown = [MEASURES[name] for name in ("received", "reasonable", "resolved")]
    return [
        Month(first, *(one.count(found.get(number, {})) for one in shown))
        for number, first in enumerate(cut.months(), start=1)
    ]


def _ladder(cut: Cut) -> list[Step]:
    query = (
        sa.select(Unit.kind, Demand.peak, Demand.state, sa.func.count())
        .join(Unit, Unit.id == Demand.unit_id)
        .where(*cut.conditions())
        .group_by(Unit.kind, Demand.peak, Demand.state)
    )
    begins, once = entry_levels(), MEASURES["received"].states
    cells = [
        _Cell(begins.get(kind, 0), peak, state in MEASURES["open"].states, count)
        for kind, peak, state, count in rows(query)
        if state in once
    ]
    return [_step(level, cells) for level in territory.ladder(LADDER)]


@dataclass(frozen=True, slots=True)
class _Cell:
    """How many began at one level, came as far as another, and are open or not."""

    begin: int
    peak: int
    open: bool
    count: int


def _step(level: Level, cells: list[_Cell]) -> Step:
    here = level.position
    came = [cell for cell in cells if cell.begin <= here <= cell.peak]
    waits = sum(cell.count for cell in came if cell.peak == here and cell.open)
    stopped = sum(cell.count for cell in came if cell.peak == here) - waits
    went_on = sum(cell.count for cell in came if cell.peak > here)
    return Step(level, stopped + waits + went_on, stopped, waits, went_on)


def entry_levels() -> dict[str, int]:
    """The position of the level at which the way begins, by the kind of the place."""
    on_ladder = {level.kind: level.position for level in territory.ladder(LADDER) if level.kind}
    under = {kind.code: kind.under for kind in territory.kinds()}

    def entry(kind: str) -> int | None:
        if kind in on_ladder:
            return on_ladder[kind]
        above = [found for each in under[kind] if (found := entry(each)) is not None]
        return min(above, default=None)

    return {kind: found for kind in under if (found := entry(kind)) is not None}

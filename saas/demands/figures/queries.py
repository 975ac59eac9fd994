"""The ladder, which no other domain has; the demands behind a number; the defined reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from saas.demands.case.models import Demand
from saas.demands.case.queries import LADDER, ROWS, Row
from saas.demands.figures.measures import BOARD
from saas.demands.figures.rules import CLIMBING_MEASURES
from saas.demands.menu.models import Category
from saas.figures.cut import Cut
from saas.kernel.db import rows
from saas.kernel.errors import NotFound
from saas.territory import queries as territory
from saas.territory.queries import Level, Unit

#: What a table of records has of each demand: nothing that a resident wrote or is known by.
COLUMNS = (
    Demand.code, Demand.kind, Category.name, Unit.name, Demand.level, Demand.channel, Demand.state,
    Demand.filed_at, Demand.accepted_at, Demand.ended_at, Demand.worked_minutes, Demand.passed_up,
    Demand.climbed, Demand.returned, Demand.reopened, Demand.rating,
)  # fmt: skip


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


def ladder(cut: Cut) -> list[Step]:
    """How far demands climbed, in a pass over an index that has all it needs."""
    query = (
        sa.select(Unit.kind, Demand.peak, Demand.state, sa.func.count())
        .join(Unit, Unit.id == Demand.unit_id)
        .where(*BOARD.facts.within(cut))
        .group_by(Unit.kind, Demand.peak, Demand.state)
    )
    begins, living = entry_levels(), BOARD.measures["open"].states
    cells = [
        _Cell(begins.get(kind, 0), peak, state in living, count)
        for kind, peak, state, count in rows(query)
        if state in BOARD.measures["received"].states
    ]
    return [_step(level, cells) for level in territory.plain_ladder(LADDER)]


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


def _ladder_condition(measure: str, cut: Cut) -> sa.ColumnElement[bool]:
    """The condition of one of `CLIMBING_MEASURES` at the level that the cut asks about."""
    positions = {level.code: level.position for level in territory.ladder(LADDER)}
    if cut["peak"] not in positions:
        raise NotFound
    here, peak = positions[cut["peak"]], Demand.peak
    living = BOARD.measures["open"].condition
    came: dict[str, sa.ColumnElement[bool]] = {
        "reached": peak >= here,
        "stopped": sa.and_(peak == here, ~living),
        "waits": sa.and_(peak == here, living),
        "went_on": peak > here,
    }
    starts = [kind for kind, first in entry_levels().items() if first <= here]
    places: sa.Select[Any] = sa.select(Unit.id).where(Unit.kind.in_(starts)).correlate(None)
    once = BOARD.measures["received"].condition
    return sa.and_(once, came[measure], Demand.unit_id.in_(places))


def _where(measure: str, cut: Cut) -> list[sa.ColumnElement[bool]]:
    """What the records of a measure fulfil; `NotFound` for one that there is not."""
    within = BOARD.facts.within(cut)
    if measure in CLIMBING_MEASURES:
        return [_ladder_condition(measure, cut), *within]
    if measure not in BOARD.measures:
        raise NotFound
    return [BOARD.measures[measure].condition, *within]


def list_records(
    measure: str, cut: Cut, *, number: int = 1, size: int = 20
) -> tuple[list[Row], int]:
    """One page of the demands that a number counts, the newest first, and the number itself."""
    where = _where(measure, cut)
    total = rows(sa.select(sa.func.count()).select_from(Demand).where(*where))[0][0]
    page = ROWS.where(*where).order_by(Demand.filed_at.desc(), Demand.id.desc())
    found = rows(page.limit(size).offset((number - 1) * size))
    return [Row(*row) for row in found], int(total)


def record_table(measure: str, cut: Cut, *, limit: int) -> Sequence[Any]:
    """The same demands as rows of `COLUMNS`, at most ``limit``."""
    query = (
        sa.select(*COLUMNS)
        .join(Category, Category.code == Demand.category)
        .join(Unit, Unit.id == Demand.unit_id)
        .where(*_where(measure, cut))
        .order_by(Demand.filed_at.desc(), Demand.id.desc())
    )
    return rows(query.limit(limit))

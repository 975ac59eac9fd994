"""The demands behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from saas.demands.models import Category, Demand
from saas.demands.queries.figures.counting import entry_levels
from saas.demands.queries.figures.cut import Cut
from saas.demands.queries.figures.measures import (
    LADDER_MEASURES,
    MEASURES,
    ladder_condition,
)
from saas.demands.queries.lists import ROWS, Row
from saas.demands.queries.ways import LADDER
from saas.kernel.db import rows
from saas.kernel.errors import NotFound
from saas.territory import queries as territory
from saas.territory.queries import Unit

#: What a table of records has of each demand: nothing that a resident wrote or is known by.
COLUMNS = (
    Demand.code,
    Demand.kind,
    Category.name,
    Unit.name,
    Demand.level,
    Demand.channel,
    Demand.state,
    Demand.filed_at,
    Demand.accepted_at,
    Demand.ended_at,
    Demand.worked_minutes,
    Demand.passed_up,
    Demand.climbed,
    Demand.returned,
    Demand.reopened,
    Demand.rating,
)


def condition_of(measure: str, cut: Cut) -> sa.ColumnElement[bool]:
    """What the records of a measure fulfil; `NotFound` for one that there is not."""
    if measure in LADDER_MEASURES:
        positions = {level.code: level.position for level in territory.ladder(LADDER)}
        if cut.peak not in positions:
            raise NotFound
        here = positions[cut.peak]
        starts = [kind for kind, first in entry_levels().items() if first <= here]
        return ladder_condition(measure, here, starts)
    if measure not in MEASURES:
        raise NotFound
    return MEASURES[measure].condition


def list_records(
    measure: str, cut: Cut, *, number: int = 1, size: int = 20
) -> tuple[list[Row], int]:
    """One page of the demands that a number counts, the newest first, and the number itself."""
    where = [condition_of(measure, cut), *cut.conditions()]
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
        .where(condition_of(measure, cut), *cut.conditions())
        .order_by(Demand.filed_at.desc(), Demand.id.desc())
    )
    return rows(query.limit(limit))

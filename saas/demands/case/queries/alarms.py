"""What the clock has to do, and the gaps through which something could fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.demands.case import permissions
from saas.demands.case.models import Demand
from saas.demands.case.queries.lists import IS_LIVING
from saas.demands.case.queries.ways import ground
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.territory import queries as territory
from saas.territory.queries import Unit, within

_MANY = 100_000


def next_alarm(code: str | None = None) -> datetime | None:
    """When the clock has something to do next with all demands; with one, when its time is over."""
    if code is None:
        return session.scalar(sa.select(sa.func.min(Demand.next_at)))
    ends = sa.func.coalesce(Demand.due_at, Demand.next_at)
    return session.scalar(sa.select(ends).where(Demand.code == code, Demand.next_at.is_not(None)))


@dataclass(frozen=True, slots=True)
class Gap:
    """A unit that holds living demands though nobody fills a post there; ``watch`` is told."""

    unit: Unit
    demands: int
    oldest: datetime
    watch: Unit | None


def gaps(paths: Sequence[str]) -> list[Gap]:
    """Queues beneath ``paths`` in which demands wait though nobody works there."""
    query = (
        sa.select(Unit, sa.func.count(), sa.func.min(Demand.entered_at))
        .join(Demand, Demand.holder_id == Unit.id)
        .where(IS_LIVING, within(paths))
        .group_by(Unit.id)
        .order_by(sa.func.count().desc())
    )
    found = session.execute(query).all()
    ground().load(unit for unit, _, _ in found)
    line = {u.id for unit, _, _ in found for u in (unit, *(s.unit for s in ground().above(unit)))}
    filled = people.holder_ids(list(line), permissions.HANDLE)
    return [
        Gap(unit, number, oldest, _watch(unit, filled))
        for unit, number, oldest in found
        if not filled[unit.id]
    ]


@dataclass(frozen=True, slots=True)
class Repair:
    """One night in which something had slipped past its alarm."""

    at: datetime
    codes: list[str]


def repairs(paths: Sequence[str], limit: int = 10) -> list[Repair]:
    """The latest nights in which something had slipped, for those whose ``paths`` reach it all:
    the codes are those of the whole district.
    """
    if not territory.covers_all(paths):
        return []
    query = sa.select(AuditEntry.at, AuditEntry.facts).where(AuditEntry.action == "demands.repair")
    found = session.execute(query.order_by(AuditEntry.id.desc()).limit(limit))
    return [Repair(at, facts["codes"]) for at, facts in found]


def _watch(unit: Unit, filled: dict[int, list[int]]) -> Unit | None:
    above = (stop.unit for stop in ground().above(unit))
    return next((each for each in above if filled[each.id]), None)


def first_step() -> str:
    """What is missing before demands can come: ``units`` where people live, ``people`` with a post
    there; ``ready`` where both stand.
    """
    lowest = next((level.kind for level in ground().levels.values() if level.kind), None)
    root = territory.root()
    units, total = territory.list_units([root.path] if root else [], kind=lowest or "", size=_MANY)
    if not total:
        return "units"
    holders = people.holder_ids([unit.id for unit in units], permissions.HANDLE)
    return "ready" if any(holders.values()) else "people"

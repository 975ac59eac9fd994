"""Reads for other systems, which need codes where pages show names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from saas.demands.case.models import Custody, Demand
from saas.demands.case.queries import ground
from saas.demands.menu.models import Deadline
from saas.kernel.db import Prepared, columns_of, rows, session
from saas.territory.queries import Unit

_Holder = aliased(Unit)


@dataclass(frozen=True, slots=True)
class Traits:
    """The codes of a demand in a list; ``acts`` are counted, the last was at ``changed_at``."""

    kind: str
    category: str
    unit: str
    holder: str
    channel: str
    acts: int
    changed_at: datetime


_TRAITS = Prepared(
    sa.select(
        Demand.id,
        *columns_of(Traits, Demand, unit=Unit.code, holder=_Holder.code, changed_at=Custody.at),
    )
    .join(Unit, Unit.id == Demand.unit_id)
    .join(_Holder, _Holder.id == Demand.holder_id)
    .join(Custody, sa.and_(Custody.demand_id == Demand.id, Custody.number == Demand.acts))
    .where(Demand.id == sa.func.any(sa.bindparam("ids", type_=ARRAY(sa.BigInteger))))
)


def traits_of(ids: Sequence[int]) -> dict[int, Traits]:
    """Demand id to what other systems ask besides, in one question."""
    return {key: Traits(*found) for key, *found in _TRAITS.rows({"ids": list(ids)})}


def unit_codes(ids: set[int]) -> dict[int, str]:
    """Unit id to code."""
    return {key: code for key, code in rows(sa.select(Unit.id, Unit.code).where(Unit.id.in_(ids)))}


def deadlines() -> list[Deadline]:
    """The district's working hours of every level, the lowest first, what holds for all categories
    first.
    """
    levels = {code: level.position for code, level in ground().levels.items()}
    found = session.scalars(sa.select(Deadline).where(Deadline.unit_id.is_(None))).all()
    return sorted(found, key=lambda d: (levels.get(d.level, 0), d.category or ""))

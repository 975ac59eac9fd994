"""Reads for other systems, which need codes where pages show names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from saas.demands import permissions
from saas.demands.models import Custody, Deadline, Demand
from saas.demands.queries.menu import DEPARTMENT
from saas.demands.queries.ways import ground
from saas.kernel.context import Actor
from saas.kernel.db import rows, session
from saas.territory.queries import Unit, within

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


def traits_of(ids: Sequence[int]) -> dict[int, Traits]:
    """Demand id to what other systems ask besides, in one question."""
    query = (
        sa.select(
            Demand.id,
            Demand.kind,
            Demand.category,
            Unit.code,
            _Holder.code,
            Demand.channel,
            Demand.acts,
            Custody.at,
        )
        .join(Unit, Unit.id == Demand.unit_id)
        .join(_Holder, _Holder.id == Demand.holder_id)
        .join(Custody, sa.and_(Custody.demand_id == Demand.id, Custody.number == Demand.acts))
        .where(Demand.id.in_(ids))
    )
    return {key: Traits(*found) for key, *found in rows(query)}


def unit_codes(ids: set[int]) -> dict[int, str]:
    """Unit id to code."""
    return {key: code for key, code in rows(sa.select(Unit.id, Unit.code).where(Unit.id.in_(ids)))}


def deadlines() -> list[Deadline]:
    """The working hours of every level, the lowest first, what holds for all categories first."""
    levels = {code: level.position for code, level in ground().levels.items()}
    found = session.scalars(sa.select(Deadline)).all()
    return sorted(found, key=lambda d: (levels.get(d.level, 0), d.category or ""))


def place_to_enter(code: str, *, actor: Actor) -> Unit | None:
    """The unit of this code, where ``actor`` may enter what arose there; missing and out of reach
    look the same.
    """
    unit = session.scalar(sa.select(Unit).where(Unit.code == code))
    return unit if unit and permissions.can_enter(actor, unit.path) else None


def places_to_enter(*, actor: Actor, called: str = "", limit: int) -> Sequence[Unit]:
    """Living units over which ``actor`` may enter demands, in tree order; with ``called`` those of
    exactly that code or name, in any language.
    """
    query = sa.select(Unit).where(
        within(actor.reach(permissions.FILE)),
        Unit.retired_at.is_(None),
        Unit.kind != DEPARTMENT,
    )
    if called:
        names = sa.func.jsonb_each_text(Unit.name).table_valued("key", "value")
        named = sa.exists(
            sa.select(sa.literal(1)).select_from(names).where(names.c.value == called)
        )
        query = query.where(sa.or_(Unit.code == called.lower(), named))
    return session.scalars(query.order_by(Unit.path).limit(limit)).all()

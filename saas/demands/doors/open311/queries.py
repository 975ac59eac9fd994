"""Demands as the public world asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from saas.demands.case import permissions
from saas.demands.case.models import Custody, Demand
from saas.demands.case.queries import IS_LIVING
from saas.demands.menu.models import Category
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.paging import cut
from saas.territory import queries as territory
from saas.territory.queries import Unit, within

_Holder = aliased(Unit)


def places_to_enter(*, actor: Actor, called: str = "", limit: int) -> Sequence[Unit]:
    """Living units over which ``actor`` may enter demands, in tree order; with ``called`` those of
    exactly that code or name, in any language.
    """
    query = sa.select(Unit).where(
        within(actor.reach(permissions.FILE)),
        Unit.retired_at.is_(None),
        Unit.kind != territory.DEPARTMENT,
    )
    if called:
        names = sa.func.jsonb_each_text(Unit.name).table_valued("key", "value")
        named = sa.exists(
            sa.select(sa.literal(1)).select_from(names).where(names.c.value == called)
        )
        query = query.where(sa.or_(Unit.code == called.lower(), named))
    return session.scalars(query.order_by(Unit.path).limit(limit)).all()


@dataclass(frozen=True, slots=True)
class Report:
    """A demand as the public world asks for it, with the units it has to do with."""

    demand: Demand
    unit: Unit
    holder: Unit
    category: Label
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ReportsAsked:
    """Which reports; without ``codes`` those filed from ``since`` to before ``until``."""

    since: datetime
    until: datetime
    codes: Sequence[str] = ()
    categories: Sequence[str] = ()
    living: bool | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """As conditions; codes make everything else of no account."""
        if self.codes:
            return [Demand.code.in_([code.lower() for code in self.codes])]
        where = [Demand.filed_at >= self.since, Demand.filed_at <= self.until]
        if self.categories:
            where.append(Demand.category.in_(self.categories))
        if self.living is not None:
            where.append(IS_LIVING if self.living else ~IS_LIVING)
        return where


def reports(asked: ReportsAsked, *, actor: Actor, number: int, size: int) -> list[Report]:
    """One page of the demands that ``actor`` may view where they arose or are held, and of those
    that neighbours may see; the newest first.
    """
    reach = actor.reach(permissions.VIEW)
    held = [_Holder.path.startswith(path, autoescape=True) for path in reach]
    query = (
        sa.select(Demand, Unit, _Holder, Category.name, Custody.at)
        .join(Category, Category.code == Demand.category)
        .join(Unit, Unit.id == Demand.unit_id)
        .join(_Holder, _Holder.id == Demand.holder_id)
        .join(Custody, sa.and_(Custody.demand_id == Demand.id, Custody.number == Demand.acts))
        .where(sa.or_(Demand.open_to_neighbours, within(reach), *held), *asked.conditions())
        .order_by(Demand.filed_at.desc(), Demand.id.desc())
    )
    found = session.execute(cut(query, number, size))
    return [Report(*row) for row in found]

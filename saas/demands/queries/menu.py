"""What can be asked for, and what can be chosen while handling it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from saas.demands.models import Category, Guide, Kind, ReasonCode
from saas.demands.queries.ways import ground
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.territory import queries as territory
from saas.territory.queries import Unit, unit_by_code


def kinds() -> Sequence[Kind]:
    """The kinds of asking, in their order."""
    return session.scalars(sa.select(Kind).order_by(Kind.position)).all()


def kind(code: str) -> Kind:
    """A kind by code, or `NotFound`."""
    found = session.scalar(sa.select(Kind).where(Kind.code == code))
    if found is None:
        raise NotFound
    return found


def categories() -> Sequence[Category]:
    """Every category; those that stand beside each other are in their order."""
    return session.scalars(sa.select(Category).order_by(Category.position)).all()


@dataclass(frozen=True, slots=True)
class Group:
    """A category with those beneath it."""

    top: Category
    leaves: tuple[Category, ...]


def category_groups(kind_code: str = "") -> list[Group]:
    """Top categories in their order, each with what can be filed under it (itself if nothing)."""
    known = categories()
    grouping = {c.parent for c in known}
    every = [c for c in known if not c.retired and (not kind_code or c.kind == kind_code)]
    groups = [
        Group(top, tuple(c for c in every if c.parent == top.code))
        if top.code in grouping
        else Group(top, (top,))
        for top in every
        if top.parent is None
    ]
    return [group for group in groups if group.leaves]


def category(code: str) -> Category:
    """A category by code, or `NotFound`."""
    found = session.scalar(sa.select(Category).where(Category.code == code))
    if found is None:
        raise NotFound
    return found


def open_leaf(code: str) -> Category | None:
    """A category in which a demand can be filed: nothing is grouped under it, it is not retired."""
    found = session.scalars(
        sa.select(Category).where(sa.or_(Category.code == code, Category.parent == code))
    ).all()
    return found[0] if [c.code for c in found] == [code] and not found[0].retired else None


def leaf(code: str) -> Category:
    """The same, or `NotFound`."""
    found = open_leaf(code)
    if found is None:
        raise NotFound
    return found


def guided() -> set[str]:
    """The categories that have a guide."""
    return set(session.scalars(sa.select(Guide.category)))


def guide_of(category_code: str) -> Guide | None:
    """How an affair is settled, where the district says so."""
    return session.scalar(sa.select(Guide).where(Guide.category == category_code))


def reasons(use: str | None) -> Sequence[ReasonCode]:
    """The causes that can be chosen for ``use`` (suspend or decline)."""
    query = sa.select(ReasonCode).where(ReasonCode.use == use, ~ReasonCode.retired)
    return session.scalars(query.order_by(ReasonCode.position)).all()


def reason_names() -> dict[str, dict[str, str]]:
    """Every cause by its code."""
    return {row.code: row.name for row in session.scalars(sa.select(ReasonCode))}


def departments() -> Sequence[Unit]:
    """The offices to which things are handed that are their business."""
    query = sa.select(Unit).where(Unit.kind == territory.DEPARTMENT, Unit.retired_at.is_(None))
    return session.scalars(query.order_by(Unit.path)).all()


def transfer_targets(holder: Unit) -> list[Unit]:
    """Who can take something over from aside: departments, then units beside the holder."""
    beside = sa.select(Unit).where(
        Unit.parent_id == holder.parent_id,
        Unit.id != holder.id,
        Unit.kind == holder.kind,
        Unit.retired_at.is_(None),
    )
    found = [unit for unit in departments() if unit.id != holder.id]
    return found + [u for u in session.scalars(beside.order_by(Unit.path)) if u not in found]


def has_levels(unit: Unit) -> bool:
    """Whether what arises at ``unit`` finds a queue."""
    return bool(ground().chain(unit))


def find_place(code: str) -> Unit | None:
    """A place by its code in which something can arise and find a queue, or None."""
    try:
        unit = unit_by_code(code)
    except NotFound:
        return None
    return None if unit.retired_at or not territory.is_place(unit) or not has_levels(unit) else unit

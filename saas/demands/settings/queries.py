"""What a district has set for its demands, as those see it who may change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from saas.demands.case import permissions
from saas.demands.case.models import Demand
from saas.demands.case.queries import IS_LIVING, LADDER, ground
from saas.demands.menu.models import Category, Deadline
from saas.demands.menu.queries import categories
from saas.demands.menu.rules import Hours
from saas.kernel.context import Actor
from saas.kernel.db import rows, session
from saas.kernel.errors import NotFound
from saas.territory import queries as territory
from saas.territory.queries import Level, Unit

#: Level → the working hours that it was given.
Times = dict[str, Hours]


def escalation_levels() -> Sequence[Level]:
    """The levels that demands climb, the lowest first, by their names for those who set times."""
    return territory.plain_ladder(LADDER)


def times(category: str | None = None, street: Unit | None = None) -> Times:
    """The working hours of each level: of every category, or what one category has of its own; in
    the whole district, or those that a street has of its own.
    """
    return {row.level: row.hours for row in deadlines_of(category, street)}


def deadlines_of(category: str | None, street: Unit | None) -> Sequence[Deadline]:
    """The same as it is stored."""
    query = sa.select(Deadline).where(
        Deadline.category.is_not_distinct_from(category),
        Deadline.unit_id.is_not_distinct_from(street.id if street else None),
    )
    return session.scalars(query).all()


def usual_times(category: Category) -> Times:
    """The working hours that a category has at each level where it has none of its own."""
    every = ((lv.code, ground().hours(lv.code, category.parent)) for lv in escalation_levels())
    return {level: hours for level, hours in every if hours}


def own_times(street: Unit | None = None) -> dict[str, Times]:
    """Category → level → its own time, for every category that has any: in the district, or in a
    street over the district's.
    """
    query = sa.select(Deadline).where(
        Deadline.category.is_not(None),
        Deadline.unit_id.is_not_distinct_from(street.id if street else None),
    )
    found: dict[str, Times] = {}
    for row in session.scalars(query.order_by(Deadline.id)):
        found.setdefault(row.category or "", {})[row.level] = row.hours
    return found


def street_levels(street: Unit) -> list[Level]:
    """The levels whose clocks a street may set: its own, and those beneath it."""
    levels = escalation_levels()
    own = next((level.position for level in levels if level.kind == street.kind), -1)
    return [level for level in levels if level.position <= own]


def inherited_times(street: Unit, category: str | None = None) -> Times:
    """What holds at each level of a street as long as it has no time of its own: for a category
    what the street has for every one, else the district's.
    """
    known, found = ground(), Times()
    for level in street_levels(street):
        above = known.parents.get(category) if category else None
        mine = category and known.own_hours(level.code, above, street.id)
        if hours := mine or known.hours(level.code, category):
            found[level.code] = hours
    return found


def streets_with_times() -> list[tuple[Unit, int]]:
    """The streets that have time limits of their own, and how many."""
    query = (
        sa.select(Unit, sa.func.count())
        .join(Deadline, Deadline.unit_id == Unit.id)
        .group_by(Unit.id)
        .order_by(Unit.path)
    )
    return [(unit, number) for unit, number in session.execute(query)]


def street_to_time(code: str, *, actor: Actor) -> Unit:
    """A street whose time limits ``actor`` may change, else `NotFound`."""
    street, root = territory.unit_by_code(code), territory.root()
    top = root is not None and street.parent_id == root.id and territory.is_place(street)
    if not top or street.retired_at or not permissions.can_time(actor, street.path):
        raise NotFound
    return street


def living_by_level() -> dict[str, int]:
    """How many demands are on their way at each level: their clocks run as they began."""
    query = sa.select(Demand.level, sa.func.count()).where(IS_LIVING).group_by(Demand.level)
    return dict((level, number) for level, number in rows(query))


def living_by_category() -> dict[str, int]:
    """How many demands of each category are on their way."""
    query = sa.select(Demand.category, sa.func.count()).where(IS_LIVING).group_by(Demand.category)
    return dict((code, number) for code, number in rows(query))


def was_filed(category: str) -> bool:
    """Whether a demand was ever filed in a category."""
    return bool(session.scalar(sa.select(sa.exists().where(Demand.category == category))))


@dataclass(frozen=True, slots=True)
class Branch:
    """A category in the list of them: with those beneath it and its guide, if it has one."""

    category: Category
    beneath: tuple[Category, ...]


def branches() -> list[Branch]:
    """Every top category in its order, retired ones too, each with all beneath it."""
    every = categories()
    return [
        Branch(top, tuple(each for each in every if each.parent == top.code))
        for top in every
        if top.parent is None
    ]

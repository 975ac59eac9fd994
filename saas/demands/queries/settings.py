"""What a district has set for its demands, as those see it who may change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from saas.demands import rules
from saas.demands.models import Category, Deadline, Demand, ReasonCode
from saas.demands.queries.lists import IS_LIVING
from saas.demands.queries.menu import categories, category_groups
from saas.demands.queries.ways import LADDER, ground
from saas.kernel.db import rows, session
from saas.kernel.errors import NotFound
from saas.territory import queries as territory
from saas.territory.queries import Level

#: Level → the working hours that it was given.
Times = dict[str, Deadline]


def escalation_levels() -> Sequence[Level]:
    """The levels that demands climb, the lowest first."""
    return territory.ladder(LADDER)


def times(category: str | None = None) -> Times:
    """The working hours of each level: of every category, or what one category has of its own."""
    where = Deadline.category.is_(None) if category is None else Deadline.category == category
    return {row.level: row for row in session.scalars(sa.select(Deadline).where(where))}


def usual_times(category: Category) -> dict[str, rules.Hours]:
    """The working hours that a category has at each level where it has none of its own."""
    found: dict[str, rules.Hours] = {}
    for level in escalation_levels():
        if hours := ground().hours(level.code, category.parent):
            found[level.code] = hours
    return found


def own_times() -> dict[str, Times]:
    """Category → level → its own time, for every category that has any."""
    query = sa.select(Deadline).where(Deadline.category.is_not(None)).order_by(Deadline.id)
    found: dict[str, Times] = {}
    for row in session.scalars(query):
        found.setdefault(row.category or "", {})[row.level] = row
    return found


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


def beside(category: Category) -> list[Category]:
    """The categories in whose row one stands, itself too, in their order."""
    return [
        each
        for each in categories()
        if each.parent == category.parent and (category.parent or each.kind == category.kind)
    ]


def open_leaves() -> list[Category]:
    """The categories in which something can be filed."""
    return [leaf for group in category_groups() for leaf in group.leaves]


def every_reason() -> Sequence[ReasonCode]:
    """Every cause in its order, those out of use too."""
    query = sa.select(ReasonCode).order_by(ReasonCode.use, ReasonCode.position, ReasonCode.id)
    return session.scalars(query).all()


def reason(code: str) -> ReasonCode:
    """A cause by code, or `NotFound`."""
    found = session.scalar(sa.select(ReasonCode).where(ReasonCode.code == code))
    if found is None:
        raise NotFound
    return found

"""The ways to divide that every domain's facts have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from saas.figures.cut import Cut
from saas.figures.facts import Division, Facts, Name

_WHENS = ARRAY(sa.DateTime(timezone=True))


def by_place(facts: Facts, cut: Cut) -> Division:
    """By the units beneath the chosen one."""
    return facts.ground.divided(facts, cut)


def by_month(facts: Facts, cut: Cut) -> Division:
    """By the months of the span; the key is a month's number in it, from 1."""
    moments = sa.literal(cut.moments(), _WHENS)
    found: dict[Any, tuple[Name, Cut]] = {
        number: (first, cut.during(first, first))
        for number, first in enumerate(cut.months(), start=1)
    }
    number = sa.func.width_bucket(facts.time, moments, type_=sa.Integer)
    # Joined with the numbers that there can be: else the planner takes every moment for a group of
    # its own, and lets one process count alone.
    numbers = sa.literal(list(found), ARRAY(sa.Integer))
    table = sa.func.unnest(numbers).table_valued("number").render_derived("spanned")
    return Division(table.c.number, found, table, table.c.number == number)


def by_dimension(code: str, column: Any) -> Callable[[Facts, Cut], Division]:
    """By the options of a dimension, whose codes stand in ``column``."""

    def divide(facts: Facts, cut: Cut) -> Division:
        options = next(one.options for one in facts.dimensions if one.code == code)
        found = {value: (name, cut.by(**{code: value})) for value, name in options()}
        return Division(sa.type_coerce(column, sa.Text), found)

    return divide

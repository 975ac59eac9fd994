"""How figures are divided: by place, level, category, channel or month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from saas.demands import rules
from saas.demands.models import Category, Demand
from saas.demands.queries.figures.cut import Cut
from saas.demands.queries.ways import LADDER
from saas.kernel.context import Label
from saas.kernel.db import rows, session
from saas.territory import queries as territory
from saas.territory.queries import Unit

_TEXTS, _WHENS = ARRAY(sa.Text), ARRAY(sa.DateTime(timezone=True))
Name = Label | date | str


@dataclass(frozen=True, slots=True)
class Division:
    """``key`` tells the group of a demand, ``table`` is what must be joined for it on ``on``.

    ``found`` are the groups in their order: key to name and to the cut of just its demands.
    """

    key: sa.ColumnElement[Any]
    found: Mapping[Any, tuple[Name, Cut]]
    table: sa.FromClause | None = None
    on: sa.ColumnElement[bool] | None = None

    def joined(self, query: sa.Select[Any]) -> sa.Select[Any]:
        """``query`` over demands, with what the key needs."""
        query = query.select_from(Demand)
        return query if self.table is None else query.join(self.table, self.on)


def divided(cut: Cut, by: str) -> Division:
    """The division of ``cut`` by one of `GROUPINGS`; asks at most one question."""
    return _DIVISIONS[by](cut)


def _by_unit(cut: Cut) -> Division:
    """The children of the chosen unit, and the unit itself for what arose at no child.

    Who sees several units and chose none gets a group for each of them.
    """
    top = cut.unit or _only_unit(cut.paths)
    if top is None:
        units = session.scalars(sa.select(Unit).where(Unit.path.in_(cut.paths))).all()
        cuts = {unit.id: replace(cut, unit=unit) for unit in units}
        group = _Group.path == sa.func.any(sa.literal(list(cut.paths), _TEXTS))
        home = sa.and_(group, Unit.path.startswith(_Group.path))
    else:
        units = [*([] if cut.own else territory.children(top, retired=True)), top]
        cuts = {unit.id: replace(cut, unit=unit, own=unit.id == top.id) for unit in units}
        home = _Group.path == _shortened(Unit.path, top.path.count("/"))
    places = sa.select(Unit.id, _Group.id.label("key")).join(_Group, home)
    # Kept apart, so that the group is looked for once a unit and not once a demand.
    table = (
        places.where(territory.within(cut.inside))
        .cte("places")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    found = {unit.id: (unit.name, cuts[unit.id]) for unit in units}
    return Division(table.c.key, found, table, table.c.id == Demand.unit_id)


_Group = aliased(Unit)


def _shortened(path: Any, steps: int) -> sa.ColumnElement[str]:
    """The path of the unit that stands so many steps below the root at or above one at ``path``."""
    parts = sa.func.string_to_array(path, "/", type_=_TEXTS)[1 : steps + 1]
    kept = sa.func.array_to_string(parts, "/")
    return sa.case((sa.func.right(kept, 1) == "/", kept), else_=sa.func.concat(kept, "/"))


def _only_unit(paths: tuple[str, ...]) -> Unit | None:
    if len(paths) != 1:
        return None
    return session.scalar(sa.select(Unit).where(Unit.path == paths[0]))


def _by_level(cut: Cut) -> Division:
    levels = territory.ladder(LADDER)
    found = {level.code: (level.name, replace(cut, level=level.code)) for level in levels}
    return Division(sa.type_coerce(Demand.level, sa.Text), found)


def _by_category(cut: Cut) -> Division:
    """The groups of categories; of a chosen one what stands beneath it."""
    every = rows(
        sa.select(Category.code, Category.parent, Category.name).order_by(Category.position)
    )
    parents = {code: parent for code, parent, _ in every}

    def group_of(code: str) -> str:
        while (parent := parents[code]) is not None and parent != cut.category:
            code = parent
        return code

    keys = {code: group_of(code) for code in parents}
    table = (
        sa.func.unnest(sa.literal(list(keys), _TEXTS), sa.literal(list(keys.values()), _TEXTS))
        .table_valued("code", "key", name="grouped")
        .render_derived()
    )
    shown = set(keys.values())
    found: dict[Any, tuple[Name, Cut]] = {
        code: (name, replace(cut, category=code)) for code, _, name in every if code in shown
    }
    return Division(table.c.key, found, table, table.c.code == Demand.category)


def _by_channel(cut: Cut) -> Division:
    found = {code: (code, replace(cut, channel=code)) for code in rules.CHANNELS}
    return Division(sa.type_coerce(Demand.channel, sa.Text), found)


def _by_month(cut: Cut) -> Division:
    found: dict[Any, tuple[Name, Cut]] = {
        number: (first, replace(cut, start=first, end=first))
        for number, first in enumerate(cut.months(), start=1)
    }
    return Division(month_number(cut), found)


def month_number(cut: Cut) -> sa.ColumnElement[int]:
    """Which month of the cut a demand was filed in, from 1."""
    return sa.func.width_bucket(
        Demand.filed_at, sa.literal(cut.moments(), _WHENS), type_=sa.Integer
    )


_DIVISIONS: Final[Mapping[str, Callable[[Cut], Division]]] = {
    "unit": _by_unit,
    "level": _by_level,
    "category": _by_category,
    "channel": _by_channel,
    "month": _by_month,
}
GROUPINGS: Final = tuple(_DIVISIONS)

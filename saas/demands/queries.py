"""Reading demands: queues, one demand with its way, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from saas.accounts.queries import Person
from saas.demands import permissions, rules
from saas.demands.models import Category, Custody, Deadline, Demand
from saas.kernel.context import Actor, Label
from saas.kernel.db import Prepared, rows, session
from saas.kernel.errors import NotFound
from saas.territory import queries as territory
from saas.territory.queries import Level, Unit

LADDER = "escalation"
LISTS = ("mine", "passed_up", "returned", "area", "ended")
_Holder = aliased(Unit)
_IDS, _TEXTS = ARRAY(sa.BigInteger), ARRAY(sa.Text)


@dataclass(frozen=True, slots=True)
class Row:
    """A demand in a list; times are with zone."""

    id: int
    code: str
    words: str
    state: str
    last_verb: str
    level: str
    filed_at: datetime
    entered_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    category: Label
    unit: Label
    holder: Label


@dataclass(frozen=True, slots=True)
class Stop:
    """One level of a demand's chain: the ladder's level and the unit that stands for it."""

    level: Level
    unit: Unit


def chain_of(unit: Unit) -> list[Stop]:
    """The units that a demand from ``unit`` can climb through, bottom first.

    A level whose kind has no unit above this place is left out, never silently filled.
    """
    by_kind = {u.kind: u for u in [*territory.ancestors(unit), unit]}
    return [
        Stop(level, by_kind[level.kind])
        for level in territory.ladder(LADDER)
        if level.kind in by_kind
    ]


def position_in(chain: Sequence[Stop], demand: Demand) -> int:
    """Where in its chain the demand stands now (0 is the bottom)."""
    for position, stop in enumerate(chain):
        if stop.level.code == demand.level:
            return position
    return 0


_ROWS = (
    sa.select(
        Demand.id,
        Demand.code,
        Demand.words,
        Demand.state,
        Demand.last_verb,
        Demand.level,
        Demand.filed_at,
        Demand.entered_at,
        Demand.due_at,
        Demand.ended_at,
        Category.name,
        Unit.name,
        _Holder.name,
    )
    .join(Category, Category.code == Demand.category)
    .join(Unit, Unit.id == Demand.unit_id)
    .join(_Holder, _Holder.id == Demand.holder_id)
)


_UNITS, _PATHS = sa.bindparam("units", type_=_IDS), sa.bindparam("paths", type_=_TEXTS)
_LIVING = Demand.state.in_(rules.LIVING)
_HELD = Demand.holder_id == sa.func.any(_UNITS)
_LEFT = sa.exists().where(
    Custody.demand_id == Demand.id,
    Custody.from_unit_id == sa.func.any(_UNITS),
    Custody.verb == "pass_up",
)
_REACHED = Unit.path.op("~~")(sa.func.any(_PATHS))
#: What each list holds: units of posts for work, the whole reach for looking. Written once, with
#: parameters, because putting a statement together costs as much as sending it.
_CONDITIONS: dict[str, sa.ColumnElement[bool]] = {
    "mine": sa.and_(_HELD, _LIVING),
    "passed_up": sa.and_(_LEFT, ~_HELD, _LIVING),
    "returned": sa.and_(_HELD, _LIVING, Demand.last_verb == "return_down"),
    "area": sa.and_(_REACHED, _LIVING),
    "ended": sa.and_(_REACHED, ~_LIVING),
}
_PAGES = {
    which: _ROWS.where(condition)
    .order_by(
        Demand.ended_at.desc() if which == "ended" else Demand.due_at.asc().nulls_last(),
        Demand.id,
    )
    .limit(sa.bindparam("size"))
    .offset(sa.bindparam("skip"))
    for which, condition in _CONDITIONS.items()
}
_WHOLE_PAGES = {which: Prepared(page) for which, page in _PAGES.items()}
_COUNTS = Prepared(
    sa.select(*(sa.func.count().filter(c).label(w) for w, c in _CONDITIONS.items()))
    .select_from(Demand)
    .join(Unit, Unit.id == Demand.unit_id)
)


def _reach(actor: Actor) -> dict[str, Any]:
    """Whose lists: the parameters of every statement above."""
    paths = [path.replace("_", r"\_") + "%" for path in actor.reach(permissions.VIEW)]
    return {"units": list(actor.units(permissions.HANDLE)), "paths": paths}


def list_demands(
    which: str,
    *,
    actor: Actor,
    search: str = "",
    level: str = "",
    category: str = "",
    number: int = 1,
    size: int = 20,
) -> tuple[list[Row], int]:
    """One page of one of `LISTS`, the most urgent first, and how many there are in all."""
    where: list[sa.ColumnElement[bool]] = []
    if search:
        words = Demand.words.icontains(search, autoescape=True)
        where.append(sa.or_(words, Demand.code == search.lower()))
    if level:
        where.append(Demand.level == level)
    if category:
        where.append(sa.or_(Demand.category == category, Category.parent == category))
    values = {**_reach(actor), "size": size, "skip": (number - 1) * size}
    if where:
        found, total = rows(_PAGES[which].where(*where), values), _total(which, where, actor)
    else:
        found, total = _WHOLE_PAGES[which].rows(values), counts(actor)[which]
    return [Row(*row) for row in found], total


def _total(which: str, where: Sequence[sa.ColumnElement[bool]], actor: Actor) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(Demand)
        .join(Category, Category.code == Demand.category)
        .join(Unit, Unit.id == Demand.unit_id)
        .where(_CONDITIONS[which], *where)
    )
    return int(rows(query, _reach(actor))[0][0])


def counts(actor: Actor) -> dict[str, int]:
    """How many demands each of the lists holds: one query, asked once in a unit of work."""
    key = "demands.counts", actor.id
    if key not in session.info:
        session.info[key] = dict(zip(_CONDITIONS, _COUNTS.rows(_reach(actor))[0], strict=True))
    found: dict[str, int] = session.info[key]
    return found


def filed_by(person_id: int) -> list[Row]:
    """A resident's own demands, newest first."""
    query = _ROWS.where(Demand.filed_by_id == person_id).order_by(Demand.id.desc())
    return [Row(*row) for row in rows(query.limit(100))]


def access_demand(code: str, *, actor: Actor, lock: bool = False) -> Demand:
    """A demand that ``actor`` may see; missing and forbidden look the same."""
    query = sa.select(Demand).where(Demand.code == code.lower())
    demand = session.scalar(query.with_for_update() if lock else query)
    if demand is None:
        raise NotFound
    paths = tuple(
        session.scalars(sa.select(Unit.path).where(Unit.id.in_({demand.unit_id, demand.holder_id})))
    )
    if not permissions.can_view(actor, filed_by_id=demand.filed_by_id, paths=paths):
        raise NotFound
    return demand


@dataclass(frozen=True, slots=True)
class Act:
    """A custody row with names, for the story of a demand."""

    number: int
    verb: str
    from_unit_id: int | None
    to_unit_id: int
    from_unit: Label | None
    to_unit: Label
    level: str
    state: str
    reason: str | None
    actor: str | None
    at: datetime
    due_at: datetime | None


def story_of(demand: Demand) -> list[Act]:
    """Every act on a demand, in order, with who did it."""
    before = aliased(Unit)
    query = (
        sa.select(
            Custody.number,
            Custody.verb,
            Custody.from_unit_id,
            Custody.to_unit_id,
            before.name,
            Unit.name,
            Custody.level,
            Custody.state,
            Custody.reason,
            Person.name,
            Custody.at,
            Custody.due_at,
        )
        .join(Unit, Unit.id == Custody.to_unit_id)
        .outerjoin(before, before.id == Custody.from_unit_id)
        .outerjoin(Person, Person.id == Custody.actor_id)
        .where(Custody.demand_id == demand.id)
        .order_by(Custody.number)
    )
    return [Act(*row) for row in session.execute(query)]


def categories() -> Sequence[Category]:
    """Every category in its order, parents before children."""
    return session.scalars(sa.select(Category).order_by(Category.position)).all()


@dataclass(frozen=True, slots=True)
class Group:
    """A category with those beneath it."""

    top: Category
    leaves: tuple[Category, ...]


def category_groups() -> list[Group]:
    """Top categories in their order, each with what can be filed under it (itself if nothing)."""
    every = categories()
    return [
        Group(top, tuple(c for c in every if c.parent == top.code) or (top,))
        for top in every
        if top.parent is None
    ]


def category(code: str) -> Category:
    """A category by code, or `NotFound`."""
    found = session.scalar(sa.select(Category).where(Category.code == code))
    if found is None:
        raise NotFound
    return found


def leaf(code: str) -> Category:
    """A category in which a demand can be filed, or `NotFound`."""
    found = category(code)
    if not is_leaf(code):
        raise NotFound
    return found


def is_leaf(code: str) -> bool:
    """Whether there is such a category and nothing is grouped under it."""
    found = set(
        session.scalars(
            sa.select(Category.code).where(sa.or_(Category.code == code, Category.parent == code))
        )
    )
    return found == {code}


def places_of(demand: Demand) -> tuple[Unit, Unit]:
    """Where a demand arose, and who holds it."""
    return session.get_one(Unit, demand.unit_id), session.get_one(Unit, demand.holder_id)


def deadline_of(level: str) -> Deadline | None:
    """The working hours of a level."""
    return session.scalar(sa.select(Deadline).where(Deadline.level == level))


def living_at(unit_id: int) -> int:
    """How many demands a unit holds that are not finished."""
    query = sa.select(sa.func.count()).select_from(Demand)
    where = Demand.holder_id == unit_id, Demand.state.in_(rules.LIVING)
    return session.scalar(query.where(*where)) or 0


def count_by_level(paths: Sequence[str]) -> dict[str, dict[str, int]]:
    """Level → state → how many demands that arose beneath ``paths`` stand there."""
    reach = sa.or_(sa.false(), *(territory.beneath(path) for path in paths))
    query = (
        sa.select(Demand.level, Demand.state, sa.func.count())
        .join(Unit, Unit.id == Demand.unit_id)
        .where(reach)
        .group_by(Demand.level, Demand.state)
    )
    found: dict[str, dict[str, int]] = {}
    for level, state, number in session.execute(query):
        found.setdefault(level, {})[state] = number
    return found

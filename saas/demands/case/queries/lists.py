"""The queues: every list of a unit, what it holds, and how many.

Every list of open work reads a partial index over what is alive, so that it costs the same however
many demands a district has finished.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from saas.demands.case import permissions, rules
from saas.demands.case.models import Custody, Demand, Follower, Helper
from saas.demands.case.queries.ways import ground
from saas.demands.menu.models import Category
from saas.kernel import clock
from saas.kernel.codes import PER_DAY, day_number, day_numbers
from saas.kernel.context import Actor, Label
from saas.kernel.db import Prepared, columns_of, rows, session
from saas.kernel.folding import folded, has_words, is_code
from saas.territory.queries import Unit, has_name_of

LISTS = (
    "mine",
    "returned",
    "overdue",
    "asked",
    "joint",
    "review",
    "passed_up",
    "area",
    "ended",
)
Holder = aliased(Unit)
_Joint = aliased(Demand)
_Above: type[Unit] = aliased(Unit)
_IDS, _TEXTS = ARRAY(sa.BigInteger), ARRAY(sa.Text)
#: Written out and not as parameters: this is what the partial indexes say.
IS_LIVING: sa.ColumnElement[bool] = Demand.state.in_(
    [sa.literal_column(f"'{state}'") for state in rules.LIVING]
)
#: A list of finished demands says how many there are up to here, and "more" beyond.
MOST_COUNTED = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A demand in a list; times are with zone. ``acts``: how many there were, the mark of what was
    seen.
    """

    id: int
    code: str
    words: str
    state: str
    last_verb: str
    level: str
    filed_at: datetime
    entered_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    ended_at: datetime | None
    supervised_at: datetime | None
    appointment_at: datetime | None
    sample: bool
    acts: int
    channel: str
    holder_id: int
    category: Label
    unit: Label
    holder: Label

    @property
    def number(self) -> str:
        """The number that is said of it."""
        return day_number(self.filed_at.astimezone(clock.zone()).date(), self.id)


ROWS = (
    sa.select(*columns_of(Row, Demand, category=Category.name, unit=Unit.name, holder=Holder.name))
    .join(Category, Category.code == Demand.category)
    .join(Unit, Unit.id == Demand.unit_id)
    .join(Holder, Holder.id == Demand.holder_id)
)


_UNITS, _PATHS = sa.bindparam("units", type_=_IDS), sa.bindparam("paths", type_=_TEXTS)
_NOW = sa.bindparam("now", type_=sa.DateTime(timezone=True))
_HELD = Demand.holder_id == sa.func.any(_UNITS)
_LEFT = sa.exists().where(
    Custody.demand_id == Demand.id,
    Custody.from_unit_id == sa.func.any(_UNITS),
    Custody.verb.in_(("pass_up", "climb")),
)
#: From the helpers to their demands: the other way round each living demand would be asked.
_JOINED = Demand.id.in_(
    sa.union(
        sa.select(Helper.demand_id).where(
            Helper.ended_at.is_(None), Helper.unit_id == sa.func.any(_UNITS)
        ),
        sa.select(Helper.demand_id)
        .join(_Joint, _Joint.id == Helper.demand_id)
        .where(Helper.ended_at.is_(None), _Joint.holder_id == sa.func.any(_UNITS)),
    )
)
_REACHED = Demand.unit_id.in_(
    sa.select(Unit.id).where(Unit.path.op("~~")(sa.func.any(_PATHS))).correlate(None)
)
_HELD_BELOW = Demand.holder_id.in_(
    sa.select(Unit.id).where(Unit.path.op("~~")(sa.func.any(_PATHS))).correlate(None)
)
#: What each list holds: units of posts for work, the whole reach for looking. Written once, with
#: parameters, because putting a statement together costs as much as sending it.
_CONDITIONS: dict[str, sa.ColumnElement[bool]] = {
    "mine": sa.and_(_HELD, IS_LIVING),
    "returned": sa.and_(_HELD, IS_LIVING, Demand.last_verb == "return_down"),
    "overdue": sa.and_(IS_LIVING, Demand.due_at <= _NOW, sa.or_(_HELD, _REACHED)),
    "asked": sa.and_(_HELD, IS_LIVING, Demand.state == "asked"),
    "joint": sa.and_(IS_LIVING, _JOINED),
    "review": sa.and_(IS_LIVING, Demand.state == "doubted", ~_HELD, _HELD_BELOW),
    "passed_up": sa.and_(_LEFT, ~_HELD, IS_LIVING),
    "area": sa.and_(_REACHED, IS_LIVING),
    "ended": sa.and_(_REACHED, Demand.ended_at.is_not(None)),
    "all": _REACHED,
}
_MOST_URGENT = (Demand.due_at.asc().nulls_last(), Demand.id)
_ORDERS: dict[str, tuple[Any, ...]] = {
    "ended": (Demand.ended_at.desc(), Demand.id.desc()),
    "all": (Demand.id.desc(),),
}
_PAGES = {
    which: ROWS.where(condition)
    .order_by(*_ORDERS.get(which, _MOST_URGENT))
    .limit(sa.bindparam("size"))
    .offset(sa.bindparam("skip"))
    for which, condition in _CONDITIONS.items()
}
_WHOLE_PAGES = {which: Prepared(page) for which, page in _PAGES.items()}
_OPEN = [which for which in LISTS if which != "ended"]
#: Each by itself, so that each takes its own index: filters over one scan would read every living
#: demand of the district for a courtyard's handful.
_COUNTS = Prepared(
    sa.select(
        *(
            sa.select(sa.func.count(Demand.id)).where(_CONDITIONS[w]).scalar_subquery().label(w)
            for w in _OPEN
        )
    )
)


def _reach(actor: Actor) -> dict[str, Any]:
    """Whose lists: the parameters of every statement above."""
    paths = [path.replace("_", r"\_") + "%" for path in actor.reach(permissions.VIEW)]
    units = list(actor.units(permissions.HANDLE))
    return {"units": units, "paths": paths, "now": clock.now()}


#: A number that is said of a demand is looked for over so many years.
_YEARS = 10


def has_number(typed: str) -> sa.ColumnElement[bool]:
    """A condition: what was typed is the number that is said of the demand."""
    this_year = clock.today().year
    meant = day_numbers(typed, range(this_year, this_year - _YEARS, -1))
    return sa.or_(
        sa.false(),
        *(
            sa.and_(
                Demand.filed_at >= clock.begin_of(day),
                Demand.filed_at < clock.begin_of(day + timedelta(days=1)),
                Demand.id % PER_DAY == short,
            )
            for day, short in meant
        ),
    )


#: In the order of the tree.
PLACE = Unit.path
#: What a list can be narrowed down to, by name, as conditions on `ROWS`.
NARROWING: dict[str, Callable[[Any], sa.ColumnElement[bool]]] = {
    "search": lambda text: sa.or_(
        has_words(text, Demand.words), is_code(text, Demand.code), has_number(text)
    ),
    "level": lambda code: Demand.level == code,
    "category": lambda code: sa.or_(Demand.category == code, Category.parent == code),
    "kind": lambda code: Demand.kind == code,
    "within": lambda code: Demand.unit_id.in_(_within(code)),
    "held": lambda code: Demand.holder_id.in_(sa.select(Unit.id).where(Unit.code == code)),
    "state": lambda state: Demand.state == state,
    "changed_since": lambda moment: sa.exists().where(
        Custody.demand_id == Demand.id, Custody.at >= moment
    ),
    "since": lambda day: Demand.filed_at >= clock.begin_of(day),
    "until": lambda day: Demand.filed_at < clock.begin_of(day + timedelta(days=1)),
    "channel": lambda channel: Demand.channel == channel,
    "place": lambda words: Demand.unit_id.in_(_beneath_called(words)),
    "due": lambda when: _DUE[when](clock.now()),
}
#: What is due, by name: late, within the day that runs, within three and seven days, or never.
_DUE: dict[str, Callable[[datetime], sa.ColumnElement[bool]]] = {
    "late": lambda now: Demand.due_at <= now,
    "today": lambda now: _due_within(now, clock.begin_of(clock.today() + timedelta(days=1))),
    "three": lambda now: _due_within(now, now + timedelta(days=3)),
    "seven": lambda now: _due_within(now, now + timedelta(days=7)),
    "none": lambda now: Demand.due_at.is_(None),
}
DUE = tuple(_DUE)


def _beneath_called(words: str) -> sa.Select[tuple[int]]:
    """The units that are called so, and all beneath them."""
    within_it = sa.func.starts_with(Unit.path, _Above.path)
    return sa.select(Unit.id).join(_Above, within_it).where(has_name_of(_Above, words))


def _within(code: str) -> sa.Select[tuple[int]]:
    """The unit of this code, and all beneath it."""
    within_it = sa.func.starts_with(Unit.path, _Above.path)
    return sa.select(Unit.id).join(_Above, within_it).where(_Above.code == code)


def _due_within(now: datetime, end: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Demand.due_at > now, Demand.due_at < end)


def narrowing(asked: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    """What is asked for, by the names of `NARROWING`, as conditions; empty values ask nothing."""
    return [NARROWING[name](value) for name, value in asked.items() if value]


def list_demands(
    which: str,
    *,
    actor: Actor,
    where: Sequence[sa.ColumnElement[bool]] = (),
    order: Sequence[Any] = (),
    number: int = 1,
    size: int = 20,
) -> tuple[list[Row], int]:
    """One page of one of `LISTS`, and how many there are in all; of "all", which other systems
    read, the newest first. Unless an ``order`` comes before it: the most urgent first.

    Of lists that hold finished ones no more than `MOST_COUNTED` are counted.
    """
    values = {**_reach(actor), "size": size, "skip": (number - 1) * size}
    if where or order:
        found = rows(_asked_page(which, where, order), values)
    else:
        found = _WHOLE_PAGES[which].rows(values)
    whole = which in _OPEN and not where
    total = counts(actor)[which] if whole else _total(which, where, actor)
    return [Row(*row) for row in found], total


def _asked_page(which: str, where: Sequence[Any], order: Sequence[Any]) -> sa.Select[Any]:
    page = _PAGES[which].where(*where)
    if not order:
        return page
    return page.order_by(None).order_by(*order, *_ORDERS.get(which, _MOST_URGENT))


def _total(which: str, where: Sequence[sa.ColumnElement[bool]], actor: Actor) -> int:
    some = (
        sa.select(Demand.id)
        .join(Category, Category.code == Demand.category)
        .where(_CONDITIONS[which], *where)
        .limit(MOST_COUNTED)
        .subquery()
    )
    return int(rows(sa.select(sa.func.count()).select_from(some), _reach(actor))[0][0])


_MINE = Prepared(sa.select(sa.func.count()).select_from(Demand).where(_CONDITIONS["mine"]))


def _counts_of(actor: Actor) -> tuple[str, str, int | None]:
    """Where the counts of an actor's lists are kept for a unit of work."""
    return "demands.counts", actor.kind, actor.id


def count_mine(actor: Actor) -> int:
    """How many demands wait in the actor's own queues: the one number that every page shows.

    From an index over those queues alone, where `counts` goes through all that is alive.
    """
    known: dict[str, int] | None = session.info.get(_counts_of(actor))
    return known["mine"] if known else int(_MINE.rows(_reach(actor))[0][0])


def counts(actor: Actor) -> dict[str, int]:
    """How many demands each list of open work holds: one query, asked once in a unit of work."""
    key = _counts_of(actor)
    if key not in session.info:
        session.info[key] = dict(zip(_OPEN, _COUNTS.rows(_reach(actor))[0], strict=True))
    found: dict[str, int] = session.info[key]
    return found


def count_due(which: str, *, actor: Actor) -> dict[str, int]:
    """How many of a list of open work are late, and how many are due before this day ends."""
    due = {w: sa.func.count().filter(NARROWING["due"](w)) for w in ("late", "today")}
    query = sa.select(*due.values()).select_from(Demand).where(_CONDITIONS[which])
    return dict(zip(due, rows(query, _reach(actor))[0], strict=True))


def filed_by(person_id: int) -> list[Row]:
    """A resident's own demands: first those that wait for the resident, then what is under way,
    then what is finished, each the newest first.
    """
    turn = Demand.state.in_(("asked", "resolved", "declined"))
    recently = clock.now() - timedelta(days=ground().terms.reopen_days)
    query = ROWS.where(Demand.filed_by_id == person_id).order_by(
        sa.case((turn & (Demand.ended_at.is_(None) | (Demand.ended_at > recently)), 0), else_=1),
        Demand.ended_at.desc().nulls_first(),
        Demand.id.desc(),
    )
    return [Row(*row) for row in rows(query.limit(100))]


def turns_of(actor: Actor) -> list[Row]:
    """What waits for a word of ``actor``: filed from the account, or with a slip that this device
    has shown; the longest first.
    """
    by_slip = sa.and_(Demand.code.in_(actor.slips), Demand.filed_by_id.is_(None))
    own = sa.or_(by_slip, Demand.filed_by_id == actor.person_id) if actor.person_id else by_slip
    query = ROWS.where(Demand.state.in_(rules.RESIDENTS_TURN), own).order_by(Demand.id)
    return [Row(*row) for row in rows(query.limit(20))] if actor.person_id or actor.slips else []


def slips_of(codes: Collection[str], *, lock: bool = False) -> Sequence[Demand]:
    """What the slips with these codes open, the newest first: only what no account has filed."""
    query = sa.select(Demand).where(Demand.code.in_(codes), Demand.filed_by_id.is_(None))
    query = query.with_for_update() if lock else query
    return session.scalars(query.order_by(Demand.id.desc())).all() if codes else []


def followed_by(person_id: int) -> list[Row]:
    """The demands of others that somebody follows, newest first."""
    query = ROWS.join(Follower, Follower.demand_id == Demand.id)
    query = query.where(Follower.person_id == person_id).order_by(Demand.id.desc())
    return [Row(*row) for row in rows(query.limit(100))]


def demands_called(typed: str, *, actor: Actor, limit: int) -> tuple[str, list[Row]]:
    """The code that was typed, as codes are stored, and the demands for it or for these words that
    ``actor`` may see: the own ones, and what is alive in reach; under its code a finished one too.
    """
    code = folded(typed).replace("-", "")
    exactly = sa.or_(Demand.code == code, has_number(typed))
    reached = sa.and_(_REACHED, sa.or_(IS_LIVING, exactly))
    own = Demand.filed_by_id == actor.person_id if actor.person_id else sa.false()
    query = ROWS.where(
        sa.or_(own, reached), sa.or_(exactly, has_words(typed, Demand.words))
    ).order_by(exactly.desc(), Demand.id.desc())
    return code, [Row(*row) for row in rows(query.limit(limit), _reach(actor))]


def living_at(unit_id: int) -> int:
    """How many demands a unit holds, or was asked to help with, that are not finished."""
    held = sa.select(sa.func.count()).where(Demand.holder_id == unit_id, IS_LIVING)
    helped = (
        sa.select(sa.func.count(Helper.id))
        .join(Demand, Demand.id == Helper.demand_id)
        .where(Helper.unit_id == unit_id, Helper.ended_at.is_(None), IS_LIVING)
    )
    return (session.scalar(held) or 0) + (session.scalar(helped) or 0)


def count_all() -> int:
    """How many demands the district has, ended ones too."""
    return session.scalar(sa.select(sa.func.count()).select_from(Demand)) or 0


def count_by_state() -> dict[str, int]:
    """How many demands of the district stand in each state."""
    query = sa.select(Demand.state, sa.func.count()).group_by(Demand.state)
    return {state: number for state, number in rows(query)}

"""Where a demand can go from where it is, and the terms it goes on.

What holds for a whole district (ladder, terms, deadlines, calendar) is read once in a unit of work,
so that a hundred demands that come due together cost a handful of questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from saas import casework
from saas.demands.case import rules
from saas.demands.case.models import Custody, Demand, Helper
from saas.demands.case.words import kinds
from saas.demands.menu.models import Category, Deadline, ReplyTemplate, Terms
from saas.demands.menu.rules import Hours
from saas.kernel import clock
from saas.kernel.context import Label
from saas.kernel.db import rows, session
from saas.kernel.errors import NotFound
from saas.kernel.unit_of_work import forget, once
from saas.notices import queries as notices
from saas.territory import queries as territory
from saas.territory.queries import Level, Unit, unit_by_code
from saas.workdays.queries import WorkingTime, working_time

LADDER = "escalation"
_KEPT = "demands.ground"


@dataclass(frozen=True, slots=True)
class Stop:
    """One level of a demand's chain: the ladder's level and the unit that stands for it."""

    level: Level
    unit: Unit


@dataclass(slots=True)
class Ground:
    """What every demand of a district stands on.

    ``deadlines``: (level, category or None, unit or None) → the hours; ``streets``: path → id of
    the units that have some of their own. ``heard``: whether any other system listens; not asked
    yet when None.
    """

    levels: dict[str, Level]
    terms: Terms
    deadlines: dict[tuple[str, str | None, int | None], Deadline]
    parents: dict[str, str | None]
    working: WorkingTime
    streets: dict[str, int] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    names: dict[str, Label] = field(default_factory=dict)
    helpers: dict[int, list[Helper]] = field(default_factory=dict)
    heard: bool | None = None

    @property
    def windows(self) -> rules.Windows:
        """How long things can still be done."""
        t = self.terms
        return rules.Windows(t.reopen_days, t.appeal_days, t.confirm_days, t.answer_days)

    def hours(self, level: str, category: str | None, path: str | None = None) -> Hours | None:
        """What a level has for a category at ``path``; without one, in the district as a whole.

        The most specific holds: the street's own time for the category (or those above it), the
        street's for every category, then the district's for the category, then for every one.
        """
        places = [own for street, own in self.streets.items() if path and path.startswith(street)]
        found = (self.own_hours(level, category, place) for place in (*places, None))
        return next(filter(None, found), None)

    def own_hours(self, level: str, category: str | None, place: int | None) -> Hours | None:
        """What one place (None: the district) has set: for the category, for one above it, or for
        every one.
        """
        asked = category
        while (row := self.deadlines.get((level, asked, place))) is None and asked is not None:
            asked = self.parents.get(asked)
        return row.hours if row else None

    def load(self, units: Iterable[Unit]) -> None:
        """Read what stands above these units, in one question."""
        wanted: set[str] = set()
        for unit in units:
            self.units[unit.path] = unit
            wanted |= set(territory.paths_above(unit))
        if missing := wanted - self.units.keys():
            for unit in session.scalars(sa.select(Unit).where(Unit.path.in_(missing))):
                self.units[unit.path] = unit

    def chain(self, unit: Unit) -> list[Stop]:
        """The units of the ladder at and above ``unit``, the lowest first.

        A level whose kind has no unit above this place is left out, never silently filled.
        """
        self.load([unit])
        line = [self.units[path] for path in territory.paths_above(unit)] + [unit]
        by_kind = {each.kind: each for each in line}
        return [
            Stop(level, by_kind[level.kind])
            for level in self.levels.values()
            if level.kind in by_kind
        ]

    def line_above(self, unit: Unit) -> list[Unit]:
        """The units above ``unit`` from the root down; it was loaded before."""
        return [self.units[path] for path in territory.paths_above(unit)]

    def level_of(self, unit: Unit) -> Level:
        """The level at which a unit works: its own, or for a department that of whom it serves."""
        return self.chain(unit)[0].level

    def above(self, unit: Unit) -> list[Stop]:
        """The stops strictly above a unit, the next one first."""
        return [stop for stop in self.chain(unit) if stop.unit.id != unit.id]

    def next_up(self, unit: Unit) -> Stop | None:
        """The stop to which something goes up from a unit; those out of use are passed over."""
        return next((stop for stop in self.above(unit) if not stop.unit.retired_at), None)


def ground() -> Ground:
    """The ground of the current district, read once in a transaction."""
    return once(_KEPT, _read_ground)


def _read_ground() -> Ground:
    query = sa.select(Deadline, Unit.path).outerjoin(Unit, Unit.id == Deadline.unit_id)
    deadlines = session.execute(query).all()
    categories = rows(sa.select(Category.code, Category.parent, Category.name))
    return Ground(
        levels={level.code: level for level in territory.ladder(LADDER)},
        terms=terms(),
        deadlines={(d.level, d.category, d.unit_id): d for d, _ in deadlines},
        streets={path: d.unit_id for d, path in deadlines if d.unit_id},
        parents={code: parent for code, parent, _ in categories},
        names={code: name for code, _, name in categories},
        working=working_time(),
    )


def forget_ground() -> None:
    """Read it again when it is next asked for: this unit of work has changed it."""
    forget(_KEPT)


def terms() -> Terms:
    """The terms of this district."""
    return session.scalars(sa.select(Terms).order_by(Terms.id)).one()


def chain_of(unit: Unit) -> list[Stop]:
    """The units that a demand from ``unit`` can climb through, bottom first."""
    return ground().chain(unit)


@dataclass(frozen=True, slots=True)
class Standing:
    """A demand where it stands: the next unit up, those it can go down to, who was asked to help.

    ``down`` is nearest first. A demand that came from aside goes back to who sent it.
    """

    demand: Demand
    unit: Unit
    holder: Unit
    up: Stop | None
    down: list[Stop]
    helpers: Sequence[Helper]

    @property
    def is_top(self) -> bool:
        """Whether no level stands above the holder."""
        return self.up is None

    @property
    def helper_units(self) -> dict[int, Unit]:
        """The units that were asked to join, by id."""
        return {h.unit_id: session.get_one(Unit, h.unit_id) for h in self.helpers}

    @property
    def facts(self) -> rules.Facts:
        """What the state table asks of it."""
        ended = self.demand.ended_at
        return rules.Facts(
            state=self.demand.state,
            has_up=self.up is not None,
            has_down=bool(self.down),
            ended_ago=clock.now() - (ended or clock.now()),
            rated=self.demand.rating is not None,
            appealed=self.demand.appealed_at is not None,
            helpers_open=sum(helper.ended_at is None for helper in self.helpers),
            reached=self.demand.state != "resolved" or consents_at(self.demand) is not None,
        )


def consents_at(demand: Demand) -> datetime | None:
    """When silence after its resolving counts as consent; None where the resident was not reached.

    What is lived through quietly has been decided long ago.
    """
    since, days = demand.ended_at, ground().terms.confirm_days
    if since is None or casework.is_quiet():
        return since
    reached = notices.reached_at(f"demand:{demand.id}", kinds.YOURS_RESOLVED, since)
    return rules.consents_at(reached, days)


def standing_of(demand: Demand) -> Standing:
    """Where a demand stands, in at most five questions."""
    unit, holder = session.get_one(Unit, demand.unit_id), session.get_one(Unit, demand.holder_id)
    ladder = ground()
    ladder.load([unit, holder])
    return Standing(
        demand,
        unit,
        holder,
        ladder.next_up(holder),
        _down(demand, unit, holder),
        helpers_of(demand),
    )


def _down(demand: Demand, unit: Unit, holder: Unit) -> list[Stop]:
    if unit.path.startswith(holder.path):
        below = (s for s in reversed(ground().chain(unit)) if s.unit.path.startswith(holder.path))
        return [s for s in below if s.unit != holder and not s.unit.retired_at]
    sender = _sender(demand)
    return [Stop(ground().level_of(sender), sender)] if sender else []


def _sender(demand: Demand) -> Unit | None:
    """Who handed it to its holder from aside, the last time."""
    query = (
        sa.select(Unit)
        .join(Custody, Custody.from_unit_id == Unit.id)
        .where(
            Custody.demand_id == demand.id,
            Custody.to_unit_id == demand.holder_id,
            Custody.from_unit_id != demand.holder_id,
            Unit.retired_at.is_(None),
        )
    )
    return session.scalars(query.order_by(Custody.number.desc()).limit(1)).first()


def heir_of(unit: Unit) -> Stop:
    """Who does the work of a unit that is out of use: the one it was merged into, else the next
    above.
    """
    while unit.merged_into_id:
        unit = session.get_one(Unit, unit.merged_into_id)
    if not unit.retired_at:
        return Stop(ground().level_of(unit), unit)
    up = ground().next_up(unit)
    if up is None:
        raise LookupError(unit.code)  # the root is never out of use
    return up


def holder_of(demand: Demand) -> Unit:
    """The unit whose queue has it."""
    return session.get_one(Unit, demand.holder_id)


def unit_name(unit_id: int) -> Label:
    """What a unit is called."""
    return session.get_one(Unit, unit_id).name


def is_category(code: str) -> bool:
    """Whether there is such a category, in use or not."""
    return code in ground().parents


def category_name(code: str) -> Label:
    """What a category is called."""
    return ground().names[code]


def helpers_of(demand: Demand) -> Sequence[Helper]:
    """Every unit that was asked to join, in the order in which it was asked."""
    known = ground().helpers.get(demand.id)
    if known is not None:
        return known
    query = sa.select(Helper).where(Helper.demand_id == demand.id).order_by(Helper.id)
    return session.scalars(query).all()


def load_helpers(demands: Sequence[Demand]) -> None:
    """Read the helpers of many demands in one question."""
    found: dict[int, list[Helper]] = {demand.id: [] for demand in demands}
    query = sa.select(Helper).where(Helper.demand_id.in_(found)).order_by(Helper.id)
    for helper in session.scalars(query):
        found[helper.demand_id].append(helper)
    ground().helpers.update(found)


def know_newborn(demand: Demand) -> None:
    """What was filed in this unit of work has nobody who helps, until it is asked here."""
    ground().helpers[demand.id] = []


def know_helper(helper: Helper) -> None:
    """One more was asked to join, after all who were."""
    helpers = ground().helpers
    if helper.demand_id in helpers:
        helpers[helper.demand_id] = [*helpers[helper.demand_id], helper]


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


def template_texts(verb: str) -> list[str]:
    """The texts, in every language, that could have been taken for ``verb``."""
    fits = sa.or_(ReplyTemplate.verb == verb, ReplyTemplate.verb.is_(None))
    found = session.scalars(sa.select(ReplyTemplate.text).where(fits))
    return [text for label in found for text in label.values()]


def templates_for(category: str) -> Sequence[ReplyTemplate]:
    """The templates in use for a category: its own, those of the one above it, those for all."""
    line: list[str] = []
    at: str | None = category
    while at is not None:
        line.append(at)
        at = ground().parents.get(at)
    query = sa.select(ReplyTemplate).where(
        ~ReplyTemplate.retired,
        sa.or_(ReplyTemplate.category.is_(None), ReplyTemplate.category.in_(line)),
    )
    return session.scalars(query.order_by(ReplyTemplate.position, ReplyTemplate.id)).all()

"""The register: doors, lists, and where one organisation stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from saas import casework
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.i18n import say
from saas.organisations import facts, permissions, rules
from saas.organisations.models import Act, Branch, Organisation, Post, Stage, Type
from saas.organisations.queries import counted, menu
from saas.organisations.rules import Measured
from saas.territory import queries as territory
from saas.territory.queries import Unit

#: As long as it is so, who started it speaks for it.
UNFILED = ("draft", "proposed", "refused")


@dataclass
class Standing:
    """One organisation with everything that decides what can be done with it."""

    group: Organisation
    type: Type
    home: Unit
    above: list[Unit]
    track: list[Stage]
    people: frozenset[int]

    @property
    def home_path(self) -> str:
        """Where it is at home in the tree."""
        return self.home.path

    @cached_property
    def supporter(self) -> Unit:
        """The unit of the level that supports its type, at home or above; else the root."""
        line = [self.home, *self.above]
        return next((unit for unit in line if unit.kind == self.type.supporter), line[-1])

    @property
    def supporter_path(self) -> str:
        """Where it is decided on."""
        return self.supporter.path

    @property
    def stage(self) -> Stage | None:
        """Its stage, None for one that is not incubated."""
        return next((row for row in self.track if row.code == self.group.stage), None)

    @cached_property
    def measured(self) -> list[Measured]:
        """The criteria of its stage as they stand now."""
        stage = self.stage
        return counted.measured_of(self.group, stage.criteria) if stage else []


def standing_of(group: Organisation) -> Standing:
    """Where an organisation stands."""
    home = territory.find_unit(group.home_unit_id)
    kind = menu.type_of(group.type)
    assert home is not None
    assert kind is not None
    above = list(reversed(territory.ancestors(home)))
    track = [row for row in menu.every(Stage) if row.type == kind.code
             and (not row.retired_at or row.code == group.stage)]  # fmt: skip
    begun = {group.started_by_id} if group.state in UNFILED and group.started_by_id else set()
    return Standing(group, kind, home, above, track, people_of(group.id) | begun)


def people_of(group_id: int | None) -> frozenset[int]:
    """Who leads an organisation or is rung up for it."""
    query = sa.select(Post.person_id).where(
        Post.organisation_id == group_id, Post.until.is_(None), Post.role != "finance"
    )
    return frozenset(one for one in session.scalars(query) if one is not None)


def bars_of(standing: Standing) -> frozenset[str]:
    """What stands in the way of verbs now, by the names that the table uses."""
    group, stage, track = standing.group, standing.stage, standing.track
    advised = group.state == "proposed" and _said_last(group, "propose", "advise") == "advise"
    bars = {
        "no_leader": not standing.people,
        "advised": advised,
        "not_advised": group.state == "proposed" and not advised,
        "entered": stage is not None,
        "not_entered": stage is None,
        "graduated": group.graduated_on is not None,
        "top": stage is not None and stage is track[-1],
        "not_top": stage is None or stage is not track[-1],
        "bottom": stage is not None and stage is track[0],
        "unmet": bool(rules.unmet(standing.measured)),
        "running": group.state == "leaving" and any(running(group)),
        "not_asked": group.asked is None,
    }
    return frozenset(name for name, stands in bars.items() if stands)


def last_actor(group: Organisation, verb: str) -> int | None:
    """Who did this last."""
    query = sa.select(Act.actor_id).where(Act.organisation_id == group.id, Act.verb == verb)
    return session.scalar(query.order_by(Act.number.desc()).limit(1))


def _said_last(group: Organisation, *verbs: str) -> str | None:
    """Which of these verbs was the last."""
    query = sa.select(Act.verb).where(Act.organisation_id == group.id, Act.verb.in_(verbs))
    return session.scalar(query.order_by(Act.number.desc()).limit(1))


def running(group: Organisation) -> list[tuple[facts.Giver, int]]:
    """What still runs and keeps an organisation from leaving: who counts it, and how many."""
    barring = [one for one in facts.givers().values() if one.bars is not None]
    found = [(one, one.count([group.id], None).get(group.id, 0)) for one in barring]
    return [(one, number) for one, number in found if number]


@dataclass(frozen=True, slots=True)
class StoryAct:
    """One act, with the names of who asked and who decided."""

    number: int
    verb: str
    at: Any
    reason: str | None
    stage: str | None
    measured: list[dict[str, Any]]
    facts: dict[str, Any]
    exception: bool
    about: str | None
    actor: str | None
    first: str | None


def story_of(group: Organisation, verb: str | None = None) -> list[StoryAct]:
    """Every act, or those of one verb, in their order."""
    from_people = sa.table("people", sa.column("id"), sa.column("name"))
    who, first = from_people.alias("who"), from_people.alias("first")
    query = (
        sa.select(Act.number, Act.verb, Act.at, Act.reason, Act.stage, Act.measured, Act.facts,
                  Act.exception, Act.about, who.c.name.label("actor"), first.c.name.label("first"))
        .outerjoin(who, who.c.id == Act.actor_id)
        .outerjoin(first, first.c.id == Act.first_id)
        .where(Act.organisation_id == group.id, Act.verb == verb if verb else sa.true())
        .order_by(Act.number)
    )  # fmt: skip
    return [StoryAct(**row._mapping) for row in session.execute(query)]


# Doors ------------------------------------------------------------------------------------------


def _by_code(code: str, *, lock: bool = False) -> Organisation:
    query = sa.select(Organisation).where(Organisation.code == code)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound
    return found


def access_group(code: str, *, actor: Actor, lock: bool = False) -> Organisation:
    """One that ``actor`` may see at work; missing and forbidden look the same."""
    group = _by_code(code, lock=lock)
    if not permissions.can_view(actor, standing_of(group), group.state):
        raise NotFound
    return group


def access_own(code: str, *, actor: Actor, lock: bool = False) -> Organisation:
    """One of which ``actor`` is one of its people."""
    group = _by_code(code, lock=lock)
    if actor.person_id not in standing_of(group).people:
        raise NotFound
    return group


def is_open(group: Organisation) -> bool:
    """Whether everybody may see it."""
    return group.state in rules.LIVING


def open_group(code: str) -> Organisation:
    """One that everybody may see."""
    group = _by_code(code)
    if group.state not in rules.LIVING:
        raise NotFound
    return group


def is_own(group: Organisation, actor: Actor) -> bool:
    """Whether the reader is one of its people."""
    return actor.person_id is not None and actor.person_id in standing_of(group).people


def group_by_code(code: str) -> Organisation:
    """One by its code, for a command that asks itself who may do it."""
    return _by_code(code)


def start_unit(code: str, actor: Actor) -> Unit:
    """Where somebody starts a group: the unit that was chosen, else the reader's home or post."""
    grant = next(iter(sorted(actor.grants, key=lambda one: not one.own_only)), None)
    unit = (
        territory.unit_coded(code)
        if code
        else territory.find_unit(grant.unit_id if grant else None)
    )
    if unit is None:
        raise NotFound
    return unit


def decides_at(unit: Unit, kind: Type, actor: Actor) -> bool:
    """Whether somebody decides on organisations of a type that are at home in a unit."""
    line = [unit, *reversed(territory.ancestors(unit))]
    at = next((one for one in line if one.kind == kind.supporter), line[-1])
    return actor.may(permissions.DECIDE, at.path)


def own_groups(actor: Actor) -> Sequence[Organisation]:
    """Those that ``actor`` leads, is rung up for, or started and has not got filed yet."""
    mine = sa.select(Post.organisation_id).where(
        Post.person_id == actor.person_id, Post.until.is_(None), Post.role != "finance"
    )
    begun = sa.and_(Organisation.started_by_id == actor.person_id,
                    Organisation.state.in_(UNFILED))  # fmt: skip
    query = sa.select(Organisation).where(sa.or_(Organisation.id.in_(mine), begun))
    return session.scalars(query.order_by(Organisation.id)).all() if actor.person_id else []


def points_at(group: Organisation) -> dict[str, str]:
    """What its form shows of what it points at: codes."""
    carrier = session.get(Organisation, group.carrier_id) if group.carrier_id else None
    branch = session.get(Branch, group.branch_id) if group.branch_id else None
    return {"carrier": carrier.code if carrier else "",
            "branch": branch.code if branch else ""}  # fmt: skip


def name_of(unit: Unit) -> str:
    """A unit as a paper names it."""
    return say(unit.name)


def due_ids() -> Sequence[int]:
    """Which wait for the clock."""
    return casework.due_ids(Organisation, 100)

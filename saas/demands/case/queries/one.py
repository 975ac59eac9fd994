"""One demand: the door to it, its story, its answers and pictures, the people beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from saas import attachments
from saas.accounts.queries import ApiToken, Person
from saas.attachments import Attachment
from saas.demands.case import permissions, rules, words
from saas.demands.case.models import Custody, Demand, Detail, Follower, Helper
from saas.demands.case.queries.lists import IS_LIVING
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import columns_of, rows, session
from saas.kernel.errors import NotFound, SignInNeeded
from saas.territory.queries import Unit


def access_demand(code: str, *, actor: Actor, lock: bool = False) -> Demand:
    """A demand that ``actor`` may see; missing and forbidden look the same.

    Seen by who filed it, and by posts over where it arose, where it is or ever was, and the units
    that were asked to join.
    """
    query = sa.select(Demand).where(Demand.code == code.lower())
    demand = session.scalar(query.with_for_update() if lock else query)
    if demand is None or not permissions.can_view(actor, demand, _paths(demand)):
        raise NotFound
    return demand


def open_demand(code: str, *, actor: Actor, lock: bool = False) -> Demand:
    """The same door for pages that who has no account may see too: with its slip. Who comes with
    nothing in hand is asked to sign in.
    """
    if not actor.signed_in and code.lower() not in actor.slips:
        raise SignInNeeded
    return access_demand(code, actor=actor, lock=lock)


def is_ahead(demand: Demand) -> bool:
    """Whether it is an appointment that is still to come."""
    at = demand.appointment_at
    return at is not None and at > clock.now() and demand.state in rules.LIVING


def _paths(demand: Demand) -> Sequence[str]:
    """The paths of every unit that a demand has to do with."""
    passed = sa.select(Custody.from_unit_id).where(Custody.demand_id == demand.id)
    helped = sa.select(Helper.unit_id).where(Helper.demand_id == demand.id)
    own = Unit.id.in_({demand.unit_id, demand.holder_id})
    query = sa.select(Unit.path).where(sa.or_(own, Unit.id.in_(passed), Unit.id.in_(helped)))
    return session.scalars(query).all()


def access_followed(code: str, *, actor: Actor) -> Demand:
    """A demand that neighbours may see, or that ``actor`` follows because the own one was merged
    with it; else `NotFound`.
    """
    demand = session.scalar(sa.select(Demand).where(Demand.code == code.lower()))
    if demand is None or not (demand.open_to_neighbours or actor.person_id in follower_ids(demand)):
        raise NotFound
    return demand


def lock_demand(code: str) -> Demand:
    """A demand for the product's own work, which no door has to let in."""
    return session.scalars(sa.select(Demand).where(Demand.code == code).with_for_update()).one()


@dataclass(frozen=True, slots=True)
class Act:
    """A custody row with names, for the story of a demand.

    ``actor`` is the name of the person, or of the token of a program; ``actor_id`` is a person.
    """

    number: int
    verb: str
    from_unit_id: int | None
    to_unit_id: int
    from_unit: Label | None
    to_unit: Label
    with_unit: Label | None
    as_unit: Label | None
    level: str
    state: str
    code: str | None
    reason: str | None
    rating: int | None
    internal: bool
    actor: str | None
    actor_id: int | None
    actor_kind: str
    at: datetime
    due_at: datetime | None
    with_unit_id: int | None

    def name_for_staff(self, demand: Demand) -> str | None:
        """Who did it, as those may know it who handle the demand: not who filed it unnamed."""
        by_filer = self.actor_id is not None and self.actor_id == demand.filed_by_id
        return None if demand.anonymous and by_filer else self.actor

    def without_name(self) -> Act:
        """The same, without who did it."""
        return replace(self, actor=None, actor_id=None)

    def without_words(self) -> Act:
        """The same for strangers: neither who did it nor what was said."""
        return replace(self, actor=None, actor_id=None, reason=None, code=None)


def _acts() -> sa.Select[tuple[object, ...]]:
    before, beside, acting = aliased(Unit), aliased(Unit), aliased(Unit)
    names = {"from_unit": before.name, "with_unit": beside.name, "as_unit": acting.name}
    who = sa.func.coalesce(Person.name, ApiToken.name)
    return (
        sa.select(*columns_of(Act, Custody, to_unit=Unit.name, actor=who, **names))
        .join(Unit, Unit.id == Custody.to_unit_id)
        .outerjoin(before, before.id == Custody.from_unit_id)
        .outerjoin(beside, beside.id == Custody.with_unit_id)
        .outerjoin(acting, acting.id == Custody.as_unit_id)
        .outerjoin(Person, Person.id == Custody.actor_id)
        .outerjoin(ApiToken, ApiToken.id == Custody.token_id)
    )


def story_of(demand: Demand) -> list[Act]:
    """Every act on a demand, in order, with who did it."""
    query = _acts().where(Custody.demand_id == demand.id).order_by(Custody.number)
    return [Act(*row) for row in session.execute(query)]


def last_act(demand: Demand) -> Act:
    """The last thing that was done."""
    query = _acts().where(Custody.demand_id == demand.id).order_by(Custody.number.desc())
    return Act(*session.execute(query.limit(1)).one())


def doubter_of(demand: Demand) -> int | None:
    """Who found it not reasonable, the last time; for a program, who made its token."""
    query = (
        sa.select(sa.func.coalesce(Custody.actor_id, ApiToken.created_by_id))
        .outerjoin(ApiToken, ApiToken.id == Custody.token_id)
        .where(Custody.demand_id == demand.id, Custody.verb == "doubt")
    )
    return session.scalar(query.order_by(Custody.number.desc()).limit(1))


def places_of(demand: Demand) -> tuple[Unit, Unit]:
    """Where a demand arose, and who holds it."""
    return session.get_one(Unit, demand.unit_id), session.get_one(Unit, demand.holder_id)


def demand_by_id(demand_id: int | None) -> Demand | None:
    """A demand by its key, for one that is seen already."""
    return session.get(Demand, demand_id) if demand_id else None


def lock_merged_into(demand: Demand) -> Sequence[Demand]:
    """The demands that go on with this one, locked."""
    query = sa.select(Demand).where(Demand.merged_into_id == demand.id, Demand.state == "merged")
    return session.scalars(query.order_by(Demand.id).with_for_update()).all()


def same_matter(demand: Demand, limit: int) -> Sequence[Demand]:
    """Living demands about the same that the same unit has, the newest first."""
    query = sa.select(Demand).where(
        Demand.holder_id == demand.holder_id,
        Demand.category == demand.category,
        Demand.id != demand.id,
        IS_LIVING,
    )
    return session.scalars(query.order_by(Demand.id.desc()).limit(limit)).all()


def follower_ids(demand: Demand) -> list[int]:
    """Who wants to know what becomes of it."""
    query = sa.select(Follower.person_id).where(Follower.demand_id == demand.id)
    return list(session.scalars(query))


def photos_of(demand: Demand, *, internal: bool) -> list[Attachment]:
    """All of them in their order; ``internal``: with those of notes, which are for staff alone."""
    return [found for found in attachments.of("demand", demand.id) if internal or _open(found)]


def photo_of(demand: Demand, number: int, *, internal: bool) -> Attachment:
    """One of them, else `NotFound`."""
    found = attachments.one("demand", demand.id, number)
    if not (internal or _open(found)):
        raise NotFound
    return found


def _open(found: Attachment) -> bool:
    return found.place != rules.NOTED


def part_for(verb: str) -> str:
    """The part that one plays to do it: handler, filer, helper, supervisor, reviewer or clock."""
    return rules.cells_of(verb)[0].by


def fields_of(verb: str) -> frozenset[str]:
    """The fields that it asks for or takes, in whatever state."""
    asked = (field for cell in rules.cells_of(verb) for field in cell.asks)
    return frozenset((*asked, *words.VERBS[verb].may))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given. ``value`` is None where the reader may not know it; a choice has
    the ``name`` that it had then.
    """

    question: str
    kind: str
    label: Label
    personal: bool
    value: str | None
    name: Label | None = None


def details_of(demand: Demand, *, personal: bool) -> list[Answer]:
    """What was answered with a demand, in the order in which it was asked.

    Without ``personal`` personal answers stay sealed: they are there, but without their value.
    """
    columns = [
        Detail.question, Detail.kind, Detail.label, Detail.said, Detail.sealed.is_not(None),
    ]  # fmt: skip
    query = sa.select(*columns, *([Detail.sealed] if personal else []))
    found = rows(query.where(Detail.demand_id == demand.id).order_by(Detail.position))
    return [_answer(*row) for row in found]


def _answer(
    code: str,
    kind: str,
    label: Label,
    said: dict[str, Any] | None,
    is_personal: bool,
    opened: str | None = None,
) -> Answer:
    content = said if said is not None else json.loads(opened) if opened else {}
    return Answer(code, kind, label, is_personal, content.get("value"), content.get("name"))


def sees_personal(actor: Actor, demand: Demand, holder_path: str) -> bool:
    """Who may read personal answers: who gave them, and who may know who that is."""
    return permissions.is_filer(actor, demand) or permissions.can_see_filer(
        actor, demand, holder_path
    )

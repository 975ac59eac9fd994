"""Handling together: units that are asked to join, and demands that turn out to be the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas import casework
from saas.casework.clock import started
from saas.demands.case import permissions, queries, rules, words
from saas.demands.case.models import Demand, Follower, Helper
from saas.demands.case.queries import Standing
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory import queries as territory
from saas.territory.queries import Unit

_Named = TypeVar("_Named")


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with what is given with it.

    ``unit`` is whom it goes to or who is asked to join; ``hours`` are working hours that a helper,
    or a supervised holder, has; ``until`` the first day on which a suspended demand can go on;
    ``photo`` are files as a form sent them.
    """

    verb: str
    reason: str = ""
    code: str | None = None
    unit: Unit | None = None
    hours: int | None = None
    until: date | None = None
    rating: int | None = None
    into: Demand | None = None
    photo: Sequence[Any] = ()

    @property
    def stars(self) -> int | None:
        """The rating, where the verb is one by which the resident gives it."""
        return self.rating if self.verb in {"confirm", "rate"} else None


def deed_from(given: dict[str, Any], actor: Actor) -> Deed:
    """A deed from input that `schemas.ActIn` has checked. A demand that is named comes locked.

    Raises `Invalid` at the field whose code names nothing, or nothing that ``actor`` may see.
    """
    return Deed(
        verb=given["verb"],
        reason=given["reason"],
        code=given["code"],
        unit=_named(given["unit"], "unit", territory.unit_by_code),
        hours=given["hours"],
        until=given["until"],
        rating=given["rating"],
        into=_named(
            given["into"], "into", lambda code: queries.access_demand(code, actor=actor, lock=True)
        ),
        photo=given.get("photo", ()),
    )


def _named(code: str | None, field: str, find: Callable[[str], _Named]) -> _Named | None:
    if not code:
        return None
    try:
        return find(code.strip().lower())
    except NotFound:
        raise Invalid({field: [words.MISSING[field]]}) from None


def apply(standing: Standing, deed: Deed, actor: Actor) -> int | None:
    """What a verb of joint handling does to the helpers; returns the helper's unit."""
    if deed.verb == "join":
        return _ask_in(standing, deed)
    if deed.verb == "release":
        return _release(standing, deed)
    if deed.verb == "contribute":
        return _contribute(standing, deed, actor)
    return None


def _open(standing: Standing) -> list[Helper]:
    return [helper for helper in standing.helpers if helper.ended_at is None]


def _ask_in(standing: Standing, deed: Deed) -> int:
    """Each helper has its own time, which does not touch the clock of the demand."""
    unit = deed.unit
    if unit is None or unit.id in [helper.unit_id for helper in _open(standing)]:
        raise Invalid({"unit": [_l("That unit has been asked already.")]})
    ground, now = queries.ground(), clock.now()
    own = started(now, deed.hours or 0, ground.terms.warn_percent, ground.working)
    helper = Helper(
        demand_id=standing.demand.id,
        unit_id=unit.id,
        task=deed.reason.strip(),
        asked_at=now,
        due_at=own.due_at,
        next_at=own.due_at,
    )
    session.add(helper)
    queries.know_helper(helper)
    casework.set_alarm(rules.CLOCK_JOB, own.due_at)
    return unit.id


def _release(standing: Standing, deed: Deed) -> int:
    for helper in _open(standing):
        if deed.unit is not None and helper.unit_id == deed.unit.id:
            helper.ended_at, helper.next_at = clock.now(), None
            return helper.unit_id
    raise Invalid({"unit": [_l("That unit was not asked to join.")]})


def _contribute(standing: Standing, deed: Deed, actor: Actor) -> int:
    """The part of the helper for whom the actor acts is done."""
    for helper in permissions.helps_for(actor, standing):
        if deed.unit is None or helper.unit_id == deed.unit.id:
            helper.answer, helper.ended_at, helper.next_at = deed.reason.strip(), clock.now(), None
            return helper.unit_id
    raise Invalid({"unit": [_l("That unit was not asked to join.")]})


def let_all_go(standing: Standing) -> None:
    """It is finished: whoever was still asked to help is asked no more."""
    for helper in _open(standing):
        helper.ended_at, helper.next_at = clock.now(), None


def merge(demand: Demand, into: Demand) -> None:
    """Who filed the one, or followed it, follows the other from now on."""
    demand.merged_into_id = into.id
    now = clock.now()
    query = sa.select(Follower.person_id).where(Follower.demand_id == demand.id)
    people = {*session.scalars(query), demand.filed_by_id} - {None, into.filed_by_id}
    if people:
        rows = [{"demand_id": into.id, "person_id": person, "at": now} for person in people]
        session.execute(insert(Follower).on_conflict_do_nothing(), rows)


def follow(demand: Demand, *, actor: Actor) -> None:
    """Be told what becomes of somebody else's demand; twice is once."""
    row = {"demand_id": demand.id, "person_id": actor.person_id, "at": clock.now()}
    session.execute(insert(Follower).on_conflict_do_nothing(), [row])


def unfollow(demand: Demand, *, actor: Actor) -> None:
    """Be told no more."""
    session.execute(
        sa.delete(Follower).where(
            Follower.demand_id == demand.id, Follower.person_id == actor.person_id
        )
    )


def hand_over_help(*, from_unit_id: int, to_unit_id: int) -> None:
    """When units merge: what the one was asked to help with, the other is asked now."""
    theirs = sa.select(Helper.demand_id).where(
        Helper.unit_id == to_unit_id, Helper.ended_at.is_(None)
    )
    own = (Helper.unit_id == from_unit_id, Helper.ended_at.is_(None))
    session.execute(
        sa.update(Helper)
        .where(*own, Helper.demand_id.not_in(theirs))
        .values(unit_id=to_unit_id)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        sa.update(Helper)
        .where(*own)
        .values(ended_at=clock.now(), next_at=None)
        .execution_options(synchronize_session=False)
    )

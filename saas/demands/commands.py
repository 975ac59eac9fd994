"""Filing demands and acting on them. The state table in ``rules`` decides, nothing else does."""

from __future__ import annotations

from datetime import datetime
from typing import IO

import sqlalchemy as sa

from saas.demands import permissions, queries, rules
from saas.demands.events import demand_filed, demand_moved
from saas.demands.models import Custody, Demand
from saas.demands.queries import Stop
from saas.kernel import audit, clock, storage
from saas.kernel.context import Actor, current_tenant
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Unit

CODE_LENGTH = 16


def file_demand(
    *,
    category: str,
    unit: Unit,
    words: str,
    submission: str,
    picture: IO[bytes] | None = None,
    sample: bool = False,
    actor: Actor,
) -> Demand:
    """Put a demand into the queue of the lowest level above where it arose.

    The same ``submission`` again gives the demand that it made the first time. The picture is
    stored when nothing else can be refused any more.
    """
    if actor.id is None or not actor.may(permissions.FILE):
        raise Forbidden
    if again := _already(submission, actor):
        return again
    stop = _ensure_chain(category, unit)[0]
    demand = Demand(
        code=new_token()[:CODE_LENGTH],
        submission=submission,
        category=category,
        unit_id=unit.id,
        words=words,
        photo=storage.save_picture(picture) if picture else None,
        filed_by_id=actor.id,
        sample=sample,
    )
    _put_in_queue(demand, stop)
    _hand_over(demand, "file", None, number=1, reason=None, actor=actor)
    audit.record("demands.file", "demand", demand.id, actor=actor, unit_path=unit.path)
    demand_filed.send(demand.id, code=demand.code, holder_id=demand.holder_id)
    return demand


def _put_in_queue(demand: Demand, stop: Stop) -> None:
    """The first stop of its way: nobody has accepted it, the clock of the level begins."""
    now = clock.now()
    demand.holder_id, demand.level = stop.unit.id, stop.level.code
    demand.state, demand.last_verb = "waiting", "file"
    demand.filed_at = demand.entered_at = now
    demand.due_at = _due(stop, now, "accept")
    session.add(demand)
    session.flush()


def _already(submission: str, actor: Actor) -> Demand | None:
    query = sa.select(Demand).where(Demand.submission == submission)
    found = session.scalar(query)
    if found and found.filed_by_id != actor.id:
        raise NotFound
    return found


def _ensure_chain(category: str, unit: Unit) -> list[Stop]:
    if not queries.is_leaf(category):
        raise Invalid({"category": [_l("Choose what it is about.")]})
    chain = queries.chain_of(unit)
    if unit.retired_at or not chain:
        raise Invalid({"unit": [_l("Choose the place where it is.")]})
    return chain


def act(
    demand: Demand, verb: str, *, reason: str = "", seen: int | None = None, actor: Actor
) -> None:
    """Do ``verb``. ``demand`` comes locked from its door; ``seen`` is the number of the last act
    that the person saw: when another came in between, `Conflict` says so and nothing is done.
    """
    chain = queries.chain_of(session.get_one(Unit, demand.unit_id))
    position = queries.position_in(chain, demand)
    last = _last_number(demand)
    cell = rules.cell(demand.state, verb, position=position, levels=len(chain))
    if cell is None or (seen is not None and seen != last):
        raise Conflict(_l("Somebody else was quicker: look at what happened, then decide again."))
    _ensure_may(cell, demand, actor)
    if cell.needs_reason and not reason.strip():
        raise Invalid({"reason": [_l("Say why, in a sentence: the resident will read it.")]})
    before = demand.holder_id
    _enter(demand, cell, chain[position + cell.step], verb)
    _hand_over(demand, verb, before, number=last + 1, reason=reason.strip() or None, actor=actor)
    path = chain[position].unit.path
    audit.record(f"demands.{verb}", "demand", demand.id, actor=actor, unit_path=path)
    demand_moved.send(demand.id, verb=verb, from_unit_id=before, to_unit_id=demand.holder_id)


def _ensure_may(cell: rules.Cell, demand: Demand, actor: Actor) -> None:
    if cell.by == "filer":
        allowed = actor.kind == "person" and actor.id == demand.filed_by_id
    else:
        allowed = permissions.can_handle(actor, session.get_one(Unit, demand.holder_id).path)
    if not allowed:
        raise Forbidden


def _enter(demand: Demand, cell: rules.Cell, stop: Stop, verb: str) -> None:
    """Bring the demand's own columns to where the act leads. A new level starts a new clock."""
    now = clock.now()
    demand.state, demand.last_verb = cell.after, verb
    if cell.step:
        demand.holder_id, demand.level = stop.unit.id, stop.level.code
    if cell.after in rules.LIVING:
        demand.entered_at = now
        demand.due_at = _due(stop, now, "accept" if cell.after == "waiting" else "resolve")
    else:
        demand.due_at, demand.ended_at = None, now


def _due(stop: Stop, now: datetime, what: str) -> datetime | None:
    deadline = queries.deadline_of(stop.level.code)
    if deadline is None:
        return None
    hours = deadline.accept_hours if what == "accept" else deadline.resolve_hours
    return rules.add_working_hours(now, hours, current_tenant().time_zone)


def _last_number(demand: Demand) -> int:
    query = sa.select(sa.func.coalesce(sa.func.max(Custody.number), 0))
    return session.scalar(query.where(Custody.demand_id == demand.id)) or 0


def _hand_over(
    demand: Demand,
    verb: str,
    before: int | None,
    *,
    number: int,
    reason: str | None,
    actor: Actor,
) -> None:
    session.add(
        Custody(
            demand_id=demand.id,
            number=number,
            verb=verb,
            from_unit_id=before,
            to_unit_id=demand.holder_id,
            level=demand.level,
            state=demand.state,
            reason=reason,
            actor_id=actor.id if actor.kind == "person" else None,
            at=clock.now(),
            due_at=demand.due_at,
        )
    )
    session.flush()


def take_over_queue(*, from_unit_id: int, to_unit_id: int) -> int:
    """When units merge: every living demand of one queue goes to the other, with a custody row."""
    query = sa.select(Demand).where(
        Demand.holder_id == from_unit_id, Demand.state.in_(rules.LIVING)
    )
    demands = session.scalars(query.with_for_update()).all()
    for demand in demands:
        demand.holder_id = to_unit_id
        _hand_over(
            demand,
            "merge",
            from_unit_id,
            number=_last_number(demand) + 1,
            reason=None,
            actor=Actor("system"),
        )
    session.execute(
        sa.update(Demand).where(Demand.unit_id == from_unit_id).values(unit_id=to_unit_id)
    )
    return len(demands)

"""Calls to make: to whom, about what, by whose people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.notices.models import CallTask as CallTask  # other domains type with it
from saas.territory.queries import Unit, within

#: The lists of calls: what is in them.
CALL_LISTS = ("open", "late", "reached", "dropped")


def calls_within(paths: Sequence[str]) -> sa.Select[tuple[CallTask]]:
    """The calls of the units beneath ``paths``."""
    return sa.select(CallTask).join(Unit, Unit.id == CallTask.unit_id).where(within(paths))


def in_call_list(which: str) -> ColumnElement[bool]:
    """A condition: a list of `CALL_LISTS`."""
    if which == "late":
        return sa.and_(CallTask.state == "open", CallTask.due_at < clock.now())
    return CallTask.state == which


def count_calls(paths: Sequence[str]) -> int:
    """How many calls wait to be made beneath ``paths``."""
    open_ = calls_within(paths).where(CallTask.state == "open").subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(open_)) or 0


def any_calls() -> bool:
    """Whether there ever was a call to make."""
    return session.scalar(sa.select(CallTask.id).limit(1)) is not None


def access_call(call_id: int, *, needs: str, actor: Actor, lock: bool = False) -> CallTask:
    """A call of the units over which the actor holds ``needs``, else `NotFound`."""
    query = calls_within(actor.reach(needs)).where(CallTask.id == call_id)
    call = session.scalar(query.with_for_update(of=CallTask) if lock else query)
    if call is None:
        raise NotFound
    return call


def calls_about(about: str) -> Sequence[CallTask]:
    """The calls about a thing, the newest first."""
    query = sa.select(CallTask).where(CallTask.about == about).order_by(CallTask.id.desc())
    return session.scalars(query).all()


def is_late(call: CallTask, now: datetime) -> bool:
    """Whether its time has passed and it was not made."""
    return call.state == "open" and now > call.due_at

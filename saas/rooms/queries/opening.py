"""When a room can be used: its hours on a day, and the closures of it and of its venue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.hours import read_time
from saas.rooms import permissions, rules
from saas.rooms.models import Closure, Room, Venue
from saas.territory.queries import Unit

#: A stretch of time: from, until.
Stretch = tuple[datetime, datetime]


def open_on(room: Room, day: date) -> list[Stretch]:
    """The room's hours on a day, in order; those that meet are one. Nothing for one that has no
    hours that day.
    """
    found: list[Stretch] = []
    for opens, closes in rules.by_day(room.hours).get(day.isoweekday(), ()):
        start, end = (_at(day, text) for text in (opens, closes))
        if found and found[-1][1] >= start:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _at(day: date, text: str) -> datetime:
    moment = read_time(text)
    assert moment is not None
    return datetime.combine(day, moment, clock.zone())


def _concerns(rooms: Collection[Room]) -> sa.ColumnElement[bool]:
    venues = {room.venue_id for room in rooms if room.venue_id}
    return sa.or_(
        Closure.room_id.in_([room.id for room in rooms]), Closure.venue_id.in_(venues)
    )  # fmt: skip


def closures_of(rooms: Collection[Room], start: datetime, end: datetime) -> Sequence[Closure]:
    """What closes any of these rooms at some time between, in order."""
    query = sa.select(Closure).where(
        _concerns(rooms), Closure.lifted_at.is_(None), Closure.during.overlaps(Range(start, end))
    )
    return session.scalars(query.order_by(sa.func.lower(Closure.during), Closure.id)).all()


def closes(closure: Closure, room: Room) -> bool:
    """Whether a closure is about this room."""
    return closure.room_id == room.id or (
        room.venue_id is not None and closure.venue_id == room.venue_id
    )


def coming_closures(rooms: Collection[Room]) -> Sequence[Closure]:
    """What closes any of these rooms now or later."""
    query = sa.select(Closure).where(
        _concerns(rooms),
        Closure.lifted_at.is_(None),
        sa.func.upper(Closure.during) > clock.now(),
    )
    return session.scalars(query.order_by(sa.func.lower(Closure.during), Closure.id)).all()


def access_closure(closure_id: int, *, actor: Actor) -> Closure:
    """A closure that ``actor`` may lift, locked, else `NotFound`."""
    found = session.get(Closure, closure_id, with_for_update=True)
    if found is None or not can_close(street_of(found), room_of(found), actor):
        raise NotFound
    return found


def street_of(closure: Closure) -> Unit:
    """The unit of what is closed."""
    place = room_of(closure) or session.get_one(Venue, closure.venue_id)
    return session.get_one(Unit, place.unit_id)


def room_of(closure: Closure) -> Room | None:
    """The room that is closed; None for a whole venue."""
    return session.get_one(Room, closure.room_id) if closure.room_id else None


def can_close(street: Unit, room: Room | None, actor: Actor) -> bool:
    """A venue closes who shapes the rooms of its street, a room also its keeper."""
    if actor.kind == "system":
        return True
    if room is None:
        return permissions.can_configure(actor, street.path)
    return permissions.can_keep(actor, street.path, room.keeper_id)


def lock_rooms(room_ids: Collection[int]) -> None:
    """Have what is booked and what is closed decided one after the other in each of these rooms."""
    query = sa.select(Room.id).where(Room.id.in_(room_ids)).order_by(Room.id)
    session.execute(query.with_for_update(key_share=True))

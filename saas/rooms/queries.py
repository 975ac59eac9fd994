"""Reading centres, platforms and rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from saas.accounts.queries import Person
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.rooms import permissions
from saas.rooms.models import Centre, Platform, Room, Venue
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True)
class Structure:
    """What a street has: its centre (or None), its platforms and rooms in their order."""

    street: Unit
    centre: Centre | None
    platforms: Sequence[Platform]
    rooms: Sequence[Room]
    keepers: dict[int, str]

    def of(self, platform: Platform) -> list[Room]:
        """The rooms of one platform."""
        return [room for room in self.rooms if room.platform_id == platform.id]

    def keeper_of(self, room: Room) -> str | None:
        """The keeper's name, where there is one."""
        return self.keepers.get(room.keeper_id) if room.keeper_id else None


def structure_of(street: Unit, *, retired: bool = False) -> Structure:
    """Everything a street has, in four queries whatever its size."""
    centre = session.scalar(sa.select(Centre).where(Centre.unit_id == street.id))
    platforms = session.scalars(
        sa.select(Platform).where(Platform.unit_id == street.id).order_by(Platform.position)
    ).all()
    query = sa.select(Room).where(Room.unit_id == street.id)
    if not retired:
        query = query.where(Room.status != "retired")
    rooms = session.scalars(query.order_by(Room.position, Room.id)).all()
    keepers = session.execute(
        sa.select(Person.id, Person.name).where(Person.id.in_({r.keeper_id for r in rooms}))
    )
    return Structure(street, centre, platforms, rooms, {pid: name for pid, name in keepers})


def streets() -> Sequence[Unit]:
    """Units that have a structure, in tree order."""
    query = sa.select(Unit).join(Centre, Centre.unit_id == Unit.id).order_by(Unit.path)
    return session.scalars(query.where(Unit.retired_at.is_(None))).all()


def first_street(paths: Sequence[str] = ()) -> Unit | None:
    """The street whose rooms to show first: one in reach of ``paths``, else the fullest one."""
    query = (
        sa.select(Unit)
        .join(Centre, Centre.unit_id == Unit.id)
        .outerjoin(Room, sa.and_(Room.unit_id == Unit.id, Room.status == "open"))
        .where(Unit.retired_at.is_(None))
        .group_by(Unit.id)
        .order_by(sa.func.count(Room.id).desc(), Unit.path)
    )
    found = session.scalars(query).all()
    near = [u for u in found if any(u.path.startswith(p) or p.startswith(u.path) for p in paths)]
    return next(iter(near or found), None)


def platform_in(street: Unit, code: str) -> Platform:
    """A platform of a street by code, or `NotFound`."""
    query = sa.select(Platform).where(Platform.unit_id == street.id, Platform.code == code)
    platform = session.scalar(query)
    if platform is None:
        raise NotFound
    return platform


def public_room(street: Unit, code: str) -> Room:
    """A room of a street by code, retired ones too: its address is for ever."""
    room = session.scalar(sa.select(Room).where(Room.unit_id == street.id, Room.code == code))
    if room is None:
        raise NotFound
    return room


def access_room(street: Unit, code: str, *, actor: Actor) -> Room:
    """A room that ``actor`` may reshape or keeps, else `NotFound`."""
    room = public_room(street, code)
    if not permissions.can_keep(actor, street.path, room.keeper_id):
        raise NotFound
    return room


def codes_in(street: Unit) -> set[str]:
    """Every room code that a street has used, retired ones too."""
    return set(session.scalars(sa.select(Room.code).where(Room.unit_id == street.id)))


def counts(path: str) -> dict[str, int]:
    """How many rooms of each status lie beneath ``path``."""
    query = (
        sa.select(Room.status, sa.func.count())
        .join(Unit, Unit.id == Room.unit_id)
        .where(Unit.path.startswith(path, autoescape=True))
        .group_by(Room.status)
    )
    return {status: number for status, number in session.execute(query)}


def next_position(street: Unit) -> int:
    """Where a new room goes in its street's order."""
    query = sa.select(sa.func.coalesce(sa.func.max(Room.position), 0) + 1)
    return session.scalar(query.where(Room.unit_id == street.id)) or 1


def venues_in(street: Unit) -> Sequence[Venue]:
    """The venues at or beneath a street."""
    query = (
        sa.select(Venue)
        .join(Unit, Unit.id == Venue.unit_id)
        .where(Unit.path.startswith(street.path, autoescape=True))
    )
    return session.scalars(query.order_by(Venue.id)).all()


def venue_of(room: Room) -> Venue | None:
    """Where a room is, if that is known."""
    return session.get(Venue, room.venue_id) if room.venue_id else None

"""Reading centres, platforms and rooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.accounts.queries import HeldPost, Person
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import rows, session
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.folding import BETWEEN, folded, has_words, parts_of
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import permissions, rules
from saas.rooms.models import Centre, Platform, Room, RoomTemplate
from saas.territory import queries as territory
from saas.territory.queries import Unit

_LISTED = _l("Choose one of the list.")


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


def with_platforms(structure: Structure) -> list[dict[str, Any]]:
    """The rooms of a structure as mappings, each with the code of its platform."""
    codes = {platform.id: platform.code for platform in structure.platforms}
    columns = [column.key for column in sa.inspect(Room).column_attrs]
    return [
        {key: getattr(room, key) for key in columns} | {"platform": codes.get(room.platform_id)}
        for room in structure.rooms
    ]


def streets_at_work(actor: Actor) -> list[Unit]:
    """Where the actor has to do with rooms: streets that have some, and those that could."""
    candidates = {unit.id: unit for unit in [*_tops(), *streets()]}
    seen = [u for u in candidates.values() if permissions.can_see(actor, u.path)]
    return sorted(seen, key=lambda unit: unit.path)


def _tops() -> list[Unit]:
    """The units directly beneath the district where rooms could be."""
    return [unit for unit in territory.children(territory.root()) if territory.is_place(unit)]


def at_home(actor: Actor, streets: Sequence[Unit]) -> Unit:
    """The street to begin with: where the actor keeps or has the fullest one in reach."""
    own = session.scalar(
        sa.select(Room.unit_id).where(Room.keeper_id == (actor.person_id or 0)).limit(1)
    )
    full = first_street(actor.reach(permissions.VIEW))
    wanted = [own, full.id if full else None]
    found = (street for key in wanted for street in streets if street.id == key)
    return next(found, streets[0])


def structure_for(street: Unit, *, actor: Actor) -> Structure:
    """What a street has, retired rooms too; for those who only keep rooms, just their own."""
    whole = structure_of(street, retired=True)
    if permissions.sees_every_room(actor, street.path):
        return whole
    mine = [r for r in whole.rooms if r.keeper_id and r.keeper_id == actor.person_id]
    return replace(whole, rooms=mine)


def fitting(rooms: Sequence[Room], search: str, status: str) -> list[Room]:
    """Those of a street's rooms that have a word in their name or place, and this status;
    "today" are those that are open on this day.
    """
    parts = parts_of(search)
    return [
        room
        for room in rooms
        if status in {"", room.status, _on_day(room.status, room.hours, clock.local())}
        and all(part in folded(_face(room)) for part in parts)
    ]


def _on_day(status: str, hours: Sequence[Any], local: datetime) -> str | None:
    """ "today" where residents find a room open on this day, whatever the hour."""
    return "today" if status == "open" and rules.today(hours, local).state != "closed" else None


def rooms_by_street(street_ids: Sequence[int], local: datetime) -> dict[int, Counter[str]]:
    """How many rooms streets have by status, and how many are open "today": one query."""
    found: dict[int, Counter[str]] = {}
    query = sa.select(Room.unit_id, Room.status, Room.hours).where(Room.unit_id.in_(street_ids))
    for street_id, status, hours in rows(query):
        counted = found.setdefault(street_id, Counter())
        counted.update(filter(None, (status, _on_day(status, hours, local))))
    return found


def _face(room: Room) -> str:
    return BETWEEN.join((*room.name.values(), *room.place.values(), room.seal))


def count_statuses(rooms: Sequence[Room]) -> Counter[str]:
    """How many of these rooms have each status."""
    return Counter(room.status for room in rooms)


def access_street(code: str, *, actor: Actor) -> Unit:
    """A street whose rooms ``actor`` may see at work, else `NotFound`."""
    street = _living_street(code)
    if not permissions.can_see(actor, street.path):
        raise NotFound
    return street


def configured_street(code: str, *, actor: Actor) -> Unit:
    """A street whose rooms ``actor`` may reshape, else `NotFound`."""
    street = _living_street(code)
    if not permissions.can_configure(actor, street.path):
        raise NotFound
    return street


def _living_street(code: str) -> Unit:
    street = territory.unit_by_code(code)
    root = territory.root()
    top = root is not None and street.parent_id == root.id and territory.is_place(street)
    if street.retired_at or not (top or centre_of(street)):
        raise NotFound
    return street


def centre_of(street: Unit) -> Centre | None:
    """The street's support centre."""
    return session.scalar(sa.select(Centre).where(Centre.unit_id == street.id))


def public_street(code: str) -> Unit:
    """A street that has rooms, by its code; the first one where no code is given."""
    if not code:
        street = first_street()
        if street is None:
            raise NotFound
        return street
    street = territory.unit_by_code(code)
    if street.retired_at or centre_of(street) is None:
        raise NotFound
    return street


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


def find_platform(street: Unit, code: str) -> Platform | None:
    """A platform of a street by code."""
    query = sa.select(Platform).where(Platform.unit_id == street.id, Platform.code == code)
    return session.scalar(query)


def platform_of(room: Room) -> Platform:
    """The platform that carries a room."""
    return session.get_one(Platform, room.platform_id)


def chosen_platform(street: Unit, code: str) -> Platform:
    """The platform picked in a form; `Invalid` at ``platform`` where the street has no such."""
    platform = find_platform(street, code)
    if platform is None:
        raise Invalid({"platform": [_LISTED]})
    return platform


def keepers_for(street: Unit) -> list[HeldPost]:
    """Who could keep a room of the street: one post of each person who may keep rooms there."""
    held = people.holders_beneath(street.path, permissions.KEEP)
    return list({post.person_id: post for post in reversed(held)}.values())[::-1]


def chosen_keeper(street: Unit, room: Room, key: str) -> Person | None:
    """The keeper picked in a form, none for no key; who keeps it now may always stay."""
    if not key:
        return None
    allowed = {post.person_id for post in keepers_for(street)} | {room.keeper_id}
    if key not in {str(person_id) for person_id in allowed if person_id}:
        raise Invalid({"keeper": [_LISTED]})
    return people.find_person(int(key))


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


def rooms_named(street: Unit, codes: Sequence[str]) -> Sequence[Room]:
    """The street's rooms of these codes, in their order; unknown codes are passed over."""
    query = sa.select(Room).where(Room.unit_id == street.id, Room.code.in_(set(codes)))
    return session.scalars(query.where(Room.status != "retired").order_by(Room.position)).all()


def rooms_by_id(ids: Collection[int]) -> dict[int, Room]:
    """Rooms by their ids."""
    return {room.id: room for room in session.scalars(sa.select(Room).where(Room.id.in_(ids)))}


def kept_by(actor: Actor) -> sa.Select[tuple[int]]:
    """The ids of the rooms that ``actor`` keeps, as a query."""
    query = sa.select(Room.id).where(Room.keeper_id == (actor.person_id or 0))
    return query if actor.reach(permissions.KEEP) else query.where(sa.false())


def rooms_called(typed: str, *, limit: int) -> Sequence[Any]:
    """Rooms of every street that have these words in name, place, seal or code; as rows with
    ``name`` and ``code``, ``street`` (its code) and ``street_name``.
    """
    texts = (label[tongue].astext for label in (Room.name, Room.place) for tongue in ("zh", "en"))
    query = (
        sa.select(Room.name, Room.code, Unit.code.label("street"), Unit.name.label("street_name"))
        .join(Unit, Unit.id == Room.unit_id)
        .join(Centre, Centre.unit_id == Unit.id)
        .where(Unit.retired_at.is_(None), Room.status != "retired")
        .where(has_words(typed, *texts, Room.seal, Room.code))
    )
    return rows(query.order_by(Unit.path, Room.position).limit(limit))


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


def lacking(room: Room) -> tuple[str, ...]:
    """What residents would miss if the room opened as it is, by the name of its field.

    Hours may be missing where the room's template says that it opens by appointment.
    """
    return rules.lacking(
        hours=bool(room.hours) or opens_by_appointment(room.code),
        place=any(room.place.values()) or room.venue_id is not None,
        keeper=room.keeper_id is not None,
    )


def opens_by_appointment(code: str) -> bool:
    """Whether the library says of its room of this code that it opens by appointment."""
    query = sa.select(RoomTemplate.by_appointment).where(RoomTemplate.code == code)
    return bool(session.scalar(query))

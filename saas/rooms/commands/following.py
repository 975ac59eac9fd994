"""Carrying the library to the streets."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.rooms import queries, rules
from saas.rooms.commands.planning import add_from
from saas.rooms.models import Centre, Platform, Room


def follow(*, actor: Actor) -> int:
    """Give every centre, platform and room of every street what the library has now, in the fields
    that are not the street's own. Returns how many were different.

    The one way from the library to the streets: whatever changed it (a page, a package, a culture)
    ends with this. Five questions, whatever the number of streets, and one row for each change.
    """
    session.flush()
    things = [*session.scalars(sa.select(Centre)), *session.scalars(sa.select(Platform))]
    if not things:
        return 0
    library = queries.library()
    moved = 0
    for thing in things:
        moved += _follow(thing, library.inherited(thing))
    homes = {(p.unit_id, p.code): p for p in session.scalars(sa.select(Platform))}
    codes = {platform.id: platform.code for platform in homes.values()}
    for room in session.scalars(sa.select(Room).order_by(Room.id)):
        moved += _follow_room(room, codes[room.platform_id], library.inherited(room), homes)
    session.flush()
    if moved:
        audit.record("rooms.follow", "room_library", None, actor=actor, changed=moved)
    return moved


def _follow(thing: Centre | Platform, inherited: dict[str, Any] | None) -> bool:
    values = rules.followed(queries.values_of(thing), thing.own, inherited or {})
    for field, value in values.items():
        setattr(thing, field, value)
    return bool(values)


def _follow_room(
    room: Room,
    home: str,
    inherited: dict[str, Any] | None,
    homes: dict[tuple[int, str], Platform],
) -> bool:
    values = rules.followed(queries.values_of(room, home), room.own, inherited or {})
    if not values:
        return False
    if "platform" in values:
        room.platform_id = _home(room, values.pop("platform"), homes).id
    for field, value in values.items():
        setattr(room, field, value)
    room.changed_at = clock.now()
    return True


def _home(room: Room, code: str, homes: dict[tuple[int, str], Platform]) -> Platform:
    """The street's platform of that code; one that it lacks comes with the room."""
    key = (room.unit_id, code)
    if key not in homes:
        homes[key] = add_from(room.unit_id, queries.platform_template(code))
    return homes[key]

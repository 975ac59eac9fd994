"""What a street office takes from a model package: its centre, platforms and rooms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.db import session
from saas.packages import queries as packages
from saas.packages.schemas import Rooms
from saas.rooms import queries
from saas.rooms.models import Centre, Platform, Room
from saas.territory import queries as territory
from saas.territory.queries import Unit


def seed(_: dict[str, Any]) -> None:
    """Give every street office directly beneath the district the structure of its package."""
    root = territory.root()
    rooms = packages.installed().rooms
    if root is None:
        return
    for street in filter(territory.is_place, territory.children(root)):
        if queries.structure_of(street).centre is None:
            set_up(street, rooms, actor=SYSTEM)


def set_up(
    street: Unit, rooms: Rooms, *, only: Collection[str] | None = None, actor: Actor
) -> None:
    """Plan the structure of a package in a street, whole or with the rooms in ``only``.

    Nothing is open yet.
    """
    session.add(Centre(unit_id=street.id, **_words(rooms.centre)))
    platforms = [
        Platform(unit_id=street.id, position=i, **_words(p))
        for i, p in enumerate(rooms.platforms, start=1)
    ]
    session.add_all(platforms)
    session.flush()
    ids = {platform.code: platform.id for platform in platforms}
    session.add_all(
        Room(
            unit_id=street.id,
            platform_id=ids[room.platform],
            position=i,
            status="planned",
            hours=[{**asdict(h), "days": list(h.days)} for h in room.hours],
            services=[dict(s) for s in room.services],
            changed_at=clock.now(),
            **_words(room),
        )
        for i, room in enumerate(rooms.rooms, start=1)
        if only is None or room.code in only
    )
    session.flush()
    audit.record("rooms.set_up", "centre", None, actor=actor, unit_path=street.path)


def _words(part: Any) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": dict(part.name),
        "seal": part.seal,
        "purpose": dict(part.purpose),
    }

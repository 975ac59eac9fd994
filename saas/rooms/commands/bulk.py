"""Changing many rooms at once, and taking the last such change back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries
from saas.rooms.commands.noting import ensure_configures, note
from saas.rooms.models import BulkChange, PlaceSettings, Platform, Room
from saas.territory.queries import Unit

#: What is kept of a room: everything but its picture, which lies in a file.
_KEPT: Final = (
    "name",
    "seal",
    "purpose",
    "services",
    "hours",
    "position",
    "platform_id",
    "status",
    "status_reason",
    "keeper_id",
    "venue_id",
    "place",
    "contact",
    "own",
)
Pairs = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and how many things had been changed since and stayed."""

    rooms: int
    kept: int


@contextmanager
def remembering(street: Unit, kind: str, *, actor: Actor) -> Iterator[None]:
    """Keep what is changed inside, so that it can be undone for a day; it replaces the last one.

    Nothing is kept where nothing was changed.
    """
    before, platforms = _rooms(street), _platforms(street)
    settings = _settings(street)
    yield
    session.flush()
    after = _rooms(street)
    rooms = {code: pairs for code, now in after.items() if (pairs := _pairs(before.get(code), now))}
    added = sorted(after.keys() - before.keys())
    changed = _pairs(settings, _settings(street))
    if not (rooms or added or changed):
        return
    session.execute(sa.delete(BulkChange).where(BulkChange.unit_id == street.id))
    session.add(
        BulkChange(
            unit_id=street.id,
            kind=kind,
            at=clock.now(),
            rooms=rooms,
            settings=changed,
            added=added,
            platforms=sorted(_platforms(street) - platforms),
        )
    )
    session.flush()
    facts = {"rooms": sorted(rooms), "added": added, "settings": sorted(changed)}
    note(f"rooms.{kind}", "street_rooms", street.id, street, actor, **facts)


def undo(street: Unit, *, actor: Actor) -> Undone:
    """Take the last bulk change back, one press. What somebody changed since then stays as it is.

    A room that it planned goes again as long as nobody did anything with it.
    """
    ensure_configures(actor, street)
    last = queries.last_bulk(street)
    if last is None:
        raise Conflict(_l("There is nothing to undo any more."))
    rooms = {room.code: room for room in _every(street)}
    done = [_restore(rooms[c], pairs) for c, pairs in last.rooms.items() if c in rooms]
    gone = [_remove(rooms[code], last) for code in last.added if code in rooms]
    session.flush()
    _restore_settings(street, last.settings)
    _remove_platforms(street, last.platforms)
    session.delete(last)
    session.flush()
    told = Undone(sum(map(bool, (*done, *gone))), sum(not one for one in (*done, *gone)))
    note(
        "rooms.undo", "street_rooms", street.id, street, actor, what=last.kind,
        rooms=told.rooms, kept=told.kept,
    )  # fmt: skip
    return told


def forget() -> None:
    """Forget what can be undone no more."""
    session.execute(sa.delete(BulkChange).where(BulkChange.at <= clock.now() - queries.UNDO))


def _every(street: Unit) -> list[Room]:
    return list(session.scalars(sa.select(Room).where(Room.unit_id == street.id)))


def _rooms(street: Unit) -> dict[str, dict[str, Any]]:
    session.flush()
    return {room.code: {f: getattr(room, f) for f in _KEPT} for room in _every(street)}


def _platforms(street: Unit) -> set[str]:
    return set(session.scalars(sa.select(Platform.code).where(Platform.unit_id == street.id)))


def _settings(street: Unit) -> dict[str, Any]:
    row = queries.place_settings(street)
    return {name: getattr(row, name, None) for name in queries.SETTINGS}


def _pairs(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Pairs:
    if before is None:
        return {}
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _restore(row: Room | PlaceSettings, pairs: Mapping[str, Any]) -> bool:
    """Whether every field was still as the bulk change left it, and is as before now."""
    whole = True
    for name, (before, after) in pairs.items():
        if getattr(row, name) == after:
            setattr(row, name, before)
        else:
            whole = False
    if isinstance(row, Room):
        row.changed_at = clock.now()
    return whole


def _remove(room: Room, last: BulkChange) -> bool:
    touched = room.status != "planned" or room.photo or room.changed_at > last.at
    if touched:
        return False
    session.delete(room)
    return True


def _restore_settings(street: Unit, pairs: Mapping[str, Any]) -> None:
    row = queries.place_settings(street)
    if row is not None and pairs:
        _restore(row, pairs)


def _remove_platforms(street: Unit, codes: list[str]) -> None:
    """Platforms that came with the change go again where they carry nothing."""
    for code in codes:
        platform = queries.find_platform(street, code)
        used = platform and session.scalar(
            sa.select(sa.exists().where(Room.platform_id == platform.id))
        )
        if platform and not used:
            session.delete(platform)

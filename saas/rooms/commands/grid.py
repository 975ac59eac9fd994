"""Changing many rooms of a street in one table: all of it, or with a fault nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.kernel.context import Actor, Label
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries, rules
from saas.rooms.commands.bulk import remembering
from saas.rooms.commands.noting import ensure_configures
from saas.rooms.commands.rooms import change_room, set_keeper
from saas.rooms.commands.running import set_status
from saas.rooms.models import Room
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True)
class Row:
    """One room as the table has it. ``keeper`` and ``venue`` are keys, empty for none. ``seen`` is
    the moment of the room's last change when the table was shown.
    """

    name: Label
    keeper: str
    hours: Sequence[dict[str, Any]]
    status: str
    reason: str
    contact: str
    venue: str
    seen: str


def save_grid(street: Unit, *, rows: Mapping[str, Row], actor: Actor) -> dict[str, list[str]]:
    """Change rooms, by code, as far as they differ. Returns code → names of the fields changed.

    One change that can be undone. `Invalid` at ``<field>-<code>`` with every fault of every row;
    a room that somebody changed since the table was shown is a fault where the row differs.
    """
    ensure_configures(actor, street)
    rooms = {room.code: room for room in queries.rooms_named(street, list(rows))}
    errors: dict[str, list[Any]] = {}
    changed: dict[str, list[str]] = {}
    with remembering(street, "grid", actor=actor):
        for code, room in rooms.items():
            differs = _differs(room, rows[code], queries.venue_of(room))
            if not differs:
                continue
            try:
                _save(street, room, rows[code], differs, actor)
            except Invalid as error:
                errors |= {f"{field}-{code}": list(told) for field, told in error.errors.items()}
            changed[code] = differs
        if errors:
            raise Invalid(errors)
    return changed


def _differs(room: Room, row: Row, venue: Any) -> list[str]:
    pairs = {
        "name": (room.name, row.name),
        "keeper": (str(room.keeper_id or ""), row.keeper),
        "hours": (rules.week(room.hours), rules.week(row.hours)),
        "status": (room.status, row.status),
        "venue": (venue.code if venue else "", row.venue),
        "contact": (room.contact or "", row.contact),
    }
    return [field for field, (before, after) in pairs.items() if before != after]


def _save(street: Unit, room: Room, row: Row, differs: Sequence[str], actor: Actor) -> None:
    if row.seen != room.changed_at.isoformat():
        raise Invalid(
            {"name_zh": [_l("Somebody changed this room meanwhile. Load the page again.")]}
        )
    venue = queries.chosen_venue(street, row.venue, queries.venue_of(room))
    keeper = queries.chosen_keeper(street, room, row.keeper)
    if {"name", "hours", "venue", "contact"} & set(differs):
        change_room(
            street,
            room,
            name=row.name,
            seal=room.seal,
            purpose=room.purpose,
            services=room.services,
            hours=row.hours if "hours" in differs else room.hours,
            place=room.place,
            contact=row.contact,
            venue=venue,
            actor=actor,
        )
    if "keeper" in differs:
        set_keeper(street, room, keeper=keeper, actor=actor)
    if "status" in differs:
        _set_status(street, room, row, actor)


def _set_status(street: Unit, room: Room, row: Row, actor: Actor) -> None:
    try:
        set_status(street, room, status=row.status, reason=row.reason, actor=actor)
    except Conflict as error:
        text = _l("It cannot change to this from what it is now.")
        raise Invalid({"status": [text]}) from error
    except Invalid as error:  # the table has the venue, not the words of the place
        renamed = {"place": "venue"}
        raise Invalid({renamed.get(n, n): texts for n, texts in error.errors.items()}) from error

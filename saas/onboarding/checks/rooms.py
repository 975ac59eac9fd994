"""Whoever comes to an open room finds somebody there, and knows when."""

from __future__ import annotations

from collections.abc import Iterator

from saas.onboarding.rules import Finding
from saas.rooms import queries as rooms
from saas.rooms.queries import Structure


def check() -> list[Finding]:
    """Every open room has a keeper, hours and a place; each that has not is named."""
    structures = [rooms.structure_of(street) for street in rooms.streets()]
    gaps = [gap for structure in structures for gap in _gaps(structure)]
    opened = sum(room.status == "open" for each in structures for room in each.rooms)
    if not opened:
        return [Finding("no_room_open", "off", path="/setup/rooms")]
    good = opened - len({gap.path for gap in gaps})
    return [*gaps, Finding("rooms_good", "ok", {"good": good, "rooms": opened}, path="/rooms")]


def _gaps(structure: Structure) -> Iterator[Finding]:
    street = structure.street
    for room in structure.rooms:
        path = f"/console/rooms/{street.code}/room/{room.code}"
        facts = {"room": dict(room.name), "street": dict(street.name)}
        if room.status == "open" and structure.keeper_of(room) is None:
            yield Finding("room_without_keeper", "gap", facts, path=path)
        missing = rooms.lacking(room) if room.status == "open" else ()
        if "hours" in missing:
            yield Finding("room_without_hours", "gap", facts, path=path)
        if "place" in missing:
            yield Finding("room_without_place", "gap", facts, path=path)

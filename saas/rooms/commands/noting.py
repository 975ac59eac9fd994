"""What every command on rooms needs: who may, what is wrong with hours, the note in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.rooms import permissions, queries, rules, words
from saas.rooms.models import Room
from saas.territory.queries import Unit


def ensure_configures(actor: Actor, street: Unit) -> None:
    """Raise unless ``actor`` may reshape this street's rooms."""
    if actor.kind != "system" and not permissions.can_configure(actor, street.path):
        raise Forbidden


def ensure_keeps(actor: Actor, street: Unit, room: Room) -> None:
    """Raise unless ``actor`` runs this room day to day."""
    if not permissions.can_keep(actor, street.path, room.keeper_id) and actor.kind != "system":
        raise Forbidden


def ensure_hours(hours: Sequence[dict[str, Any]]) -> None:
    """Raise `Invalid` at ``hours`` with every fault of these opening hours."""
    if faults := rules.faults_of_hours(hours):
        raise Invalid({"hours": [words.HOURS_FAULTS[fault] for fault in dict.fromkeys(faults)]})


def ensure_stays_open(
    room: Room, *, hours: Sequence[Any], placed: bool | None = None, back: str = ""
) -> None:
    """Raise `Invalid` where an open room would lose its hours or its place; a gap that is there
    already is the health page's matter. ``back`` is a field that follows the district again.
    """
    if room.status != "open":
        return
    lost = []
    if room.hours and not hours and back != "hours":
        lost += [] if queries.opens_by_appointment(room.code) else ["hours"]
    if placed is False and (any(room.place.values()) or room.venue_id):
        lost += ["place"]
    if lost:
        raise Invalid({field: [words.LOSING[field]] for field in lost})


def touch(action: str, street: Unit, room: Room, actor: Actor, **facts: Any) -> None:
    """The room was changed just now; note the deed."""
    room.changed_at = clock.now()
    session.flush()
    note(action, "room", room.id, street, actor, code=room.code, **facts)


def note(
    action: str, thing: str, thing_id: int | None, street: Unit, actor: Actor, **facts: Any
) -> None:
    """An entry in the audit, at the street."""
    audit.record(action, thing, thing_id, actor=actor, unit_path=street.path, **facts)

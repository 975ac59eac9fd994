"""What changes from day to day: by a keeper, or by who shapes the street."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saas import attachments
from saas.attachments import Attachment, Taken
from saas.kernel.context import Actor, Label
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries, rules, words
from saas.rooms.commands.noting import (
    ensure_configures,
    ensure_hours,
    ensure_keeps,
    ensure_stays_open,
    touch,
)
from saas.rooms.commands.owning import owning
from saas.rooms.models import Room
from saas.territory.queries import Unit


def run_room(
    street: Unit,
    room: Room,
    *,
    services: Sequence[Label],
    hours: Sequence[dict[str, Any]],
    contact: str,
    picture: Any,
    drop_photo: bool,
    back: str = "",
    actor: Actor,
) -> None:
    """What a keeper changes from day to day; ``back`` as in `change_room`."""
    ensure_keeps(actor, street, room)
    ensure_hours(hours)
    ensure_stays_open(room, hours=hours, back=back)
    with owning(room, back=back):
        room.services, room.hours = [dict(s) for s in services], list(hours)
    room.contact = contact or None
    touch("rooms.run", street, room, actor)
    change_picture(street, room, picture, drop_photo, actor)


def set_status(street: Unit, room: Room, *, status: str, reason: str = "", actor: Actor) -> None:
    """Open, pause, retire or bring back a room. Pausing and retiring need a reason; a room opens
    with hours, place and keeper, and `Invalid` says at their fields what is missing.
    """
    if status == "retired" or room.status == "retired":
        ensure_configures(actor, street)
    else:
        ensure_keeps(actor, street, room)
    if not rules.may_change(room.status, status):
        raise Conflict
    if status in rules.NEEDS_REASON and not reason.strip():
        raise Invalid({"reason": [_l("Say why, in a sentence: residents will read it.")]})
    if status == "open" and (missing := queries.lacking(room)):
        raise Invalid({field: [words.LACKING[field]] for field in missing})
    before, room.status = room.status, status
    room.status_reason = reason.strip() or None
    touch("rooms.set_status", street, room, actor, before=before, after=status)


def set_photo(street: Unit, room: Room, *, photo: Taken | None, actor: Actor) -> None:
    """Another picture, or none; that of before goes once the change is stored."""
    ensure_keeps(actor, street, room)
    if room.photo:
        attachments.retire_picture("room", room.id, room.photo)
    room.photo = _keep(room, photo, actor).key if photo else None
    touch("rooms.set_photo", street, room, actor)


def _keep(room: Room, photo: Taken, actor: Actor) -> Attachment:
    (kept,) = attachments.attach(
        [photo], thing="room", thing_id=room.id, place="photo", sealed=False, actor=actor
    )
    return kept


def change_picture(street: Unit, room: Room, picture: Any, drop: bool, actor: Actor) -> None:
    """Last in its use case. ``picture`` is a file as the form sent it, or None."""
    if picture is not None:
        (photo,) = attachments.take([picture])
        set_photo(street, room, photo=photo, actor=actor)
    elif drop and room.photo:
        set_photo(street, room, photo=None, actor=actor)

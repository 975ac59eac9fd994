"""Closing a room or a venue over what is booked there: those hit are named, cancelled and told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from saas.bookings import queries
from saas.bookings.commands.acting import Deed, act
from saas.bookings.models import Booking
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.rooms.queries import Closure, Room, Venue
from saas.territory.queries import Unit


def rooms_in(place: Room | Venue) -> Sequence[Room]:
    """The room itself, or those of the venue."""
    return room_queries.rooms_at(place) if isinstance(place, Venue) else [place]


def hit(place: Room | Venue, start: datetime, end: datetime) -> Sequence[Booking]:
    """What is booked or asked for there and then."""
    return queries.hit_by([room.id for room in rooms_in(place)], start, end)


def close(
    street: Unit, place: Room | Venue, *, start: datetime, end: datetime, reason: str,
    cancels: int = 0, actor: Actor,
) -> tuple[Closure, list[Booking]]:  # fmt: skip
    """Close it and cancel what is hit; ``cancels`` is how many the person has seen on the list.
    Returns the closure and what was cancelled. Raises `Conflict` where other ones are hit now.
    """
    ids = [room.id for room in rooms_in(place)]
    room_queries.lock_rooms(ids)
    found = queries.lock_hit(ids, start, end)
    if len(found) != cancels:
        raise Conflict(_l("Look at the list again: other bookings are hit now."))
    closure = rooms.close_for(street, place, start=start, end=end, reason=reason, actor=actor)
    for booking in found:
        act(booking, Deed(verb="call_off", reason=reason), actor=actor)
    return closure, list(found)

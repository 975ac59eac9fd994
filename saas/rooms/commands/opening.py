"""Closing a venue or a room for a while, and lifting that; money spent on a venue."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.dialects.postgresql import Range

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries
from saas.rooms.commands.noting import ensure_configures, note
from saas.rooms.models import Closure, Room, Spending, Venue
from saas.territory.queries import Unit


def close_for(
    street: Unit, place: Room | Venue, *, start: datetime, end: datetime, reason: str, actor: Actor
) -> Closure:
    """Close a room, or a venue with all its rooms, for a while. What is booked there is the matter
    of whoever asks for it (`saas.bookings`). Raises `Invalid` at ``end``.
    """
    room = place if isinstance(place, Room) else None
    if not queries.can_close(street, room, actor):
        raise Forbidden
    if end <= start or end <= clock.now():
        raise Invalid({"end": [_l("It would end before it begins, or is over already.")]})
    closure = Closure(
        room_id=place.id if room else None, venue_id=None if room else place.id,
        during=Range(start, end, bounds="[)"), reason=reason.strip(), at=clock.now(),
        by_id=actor.person_id,
    )  # fmt: skip
    session.add(closure)
    session.flush()
    note("rooms.close_for", "room" if room else "venue", place.id, street, actor)
    return closure


def lift_closure(closure: Closure, *, actor: Actor) -> None:
    """It is open again. ``closure`` comes locked from its door."""
    if closure.lifted_at is not None:
        raise Conflict
    closure.lifted_at = clock.now()
    session.flush()
    place = closure.room_id or closure.venue_id
    note("rooms.lift_closure", "room" if closure.room_id else "venue", place,
         queries.street_of(closure), actor)  # fmt: skip


def add_spending(
    street: Unit, venue: Venue, *, on: date | None, what: str, source: str, amount_yuan: Decimal,
    actor: Actor,
) -> Spending:  # fmt: skip
    """Money that was spent on a venue, and where it came from."""
    ensure_configures(actor, street)
    if on is not None and on > clock.today():
        raise Invalid({"on": [_l("This day has not come yet.")]})
    row = Spending(
        venue_id=venue.id, on=on or clock.today(), what=what.strip(), source=source.strip(),
        amount_yuan=amount_yuan, at=clock.now(), by_id=actor.person_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    note("rooms.add_spending", "venue", venue.id, street, actor, amount=str(amount_yuan))
    return row


def void_spending(street: Unit, venue: Venue, spending_id: int, *, actor: Actor) -> None:
    """A row was wrong: it stays, and another one says that it does not count."""
    ensure_configures(actor, street)
    wrong = next((s for s in queries.spendings_of(venue) if s.id == spending_id), None)
    if wrong is None:
        raise NotFound
    session.add(
        Spending(
            venue_id=venue.id, on=clock.today(), what=wrong.what, source=wrong.source,
            amount_yuan=wrong.amount_yuan, voids_id=wrong.id, at=clock.now(),
            by_id=actor.person_id,
        )
    )  # fmt: skip
    session.flush()
    note("rooms.void_spending", "venue", venue.id, street, actor, amount=str(wrong.amount_yuan))

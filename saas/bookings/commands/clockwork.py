"""What the clock does: rooms to which nobody came are free again, what is over ends."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from saas import casework
from saas.bookings import rules
from saas.bookings.commands.acting import JOB, Deed, act
from saas.bookings.models import Booking
from saas.casework import CLOCK
from saas.kernel import clock
from saas.kernel.db import session

BATCH: Final = 100
_VERBS: Final = {"asked": "lapse", "confirmed": "release", "in_use": "end"}


def ring(limit: int = BATCH) -> int:
    """Do what is due; returns how many."""
    found = casework.due(Booking, limit)
    for booking in found:
        _ring(booking)
    return len(found)


def ring_for(booking_id: int) -> bool:
    """The same for one alone; False if it is not due."""
    booking = casework.lock_due(Booking, booking_id)
    if booking is not None:
        _ring(booking)
    return booking is not None


def _ring(booking: Booking) -> None:
    if verb := _VERBS.get(booking.state):
        act(booking, Deed(verb=verb), actor=CLOCK)
    else:
        booking.next_at = None


def set_alarms_ahead() -> None:
    """Set the alarms of the coming day and a half anew; what slipped is looked at now."""
    if casework.slipped(Booking, Booking.id):
        casework.set_alarm(JOB, clock.now())
    casework.set_alarms_ahead(JOB, Booking.next_at)


def forget_guests() -> int:
    """Take names and numbers out of what is long over; the booking itself stays. How many."""
    over = sa.func.upper(Booking.during) < clock.now() - rules.GUESTS_KEPT
    known = sa.or_(Booking.guest_name.is_not(None), Booking.guest_hash.is_not(None))
    gone = sa.update(Booking).where(over, known, Booking.state.not_in(rules.LIVING))
    done = session.execute(
        gone.values(guest_name=None, guest_phone=None, guest_hash=None).returning(Booking.id)
    )
    return len(done.all())

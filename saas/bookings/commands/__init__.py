"""Every write of bookings: one verb each."""

from saas.bookings.commands.acting import JOB, Deed, act
from saas.bookings.commands.booking import Wish, book, cancel_following, fill, wish_of
from saas.bookings.commands.clockwork import BATCH, forget_guests, ring, ring_for, set_alarms_ahead
from saas.bookings.commands.closing import close, hit, rooms_in
from saas.bookings.commands.terms import follow_model, set_terms

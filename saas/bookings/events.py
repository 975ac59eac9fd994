"""What bookings announce. Senders are their ids."""

from saas.kernel.events import fact

#: verb, state
booking_moved = fact("bookings.booking_moved")

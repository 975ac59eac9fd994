"""Pages of bookings."""

from saas.bookings.pages import booking, closing, door, public, terms, work
from saas.bookings.pages.blueprint import pages

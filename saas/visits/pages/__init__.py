"""Pages of visits."""

from saas.visits.pages import asking, day, itinerary, office, reception, record
from saas.visits.pages.blueprint import pages

"""Pages of merchants and walks."""

from saas.places.pages import merchants, public, walks
from saas.places.pages.blueprint import pages

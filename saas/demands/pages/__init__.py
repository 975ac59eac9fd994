"""Pages of demands: residents file and follow, units handle, everybody sees where it stands."""

from saas.demands.pages import figures as figures
from saas.demands.pages import filing as filing
from saas.demands.pages import handling as handling
from saas.demands.pages import watching as watching
from saas.demands.pages.blueprint import NAV, pages

__all__ = ["NAV", "pages"]

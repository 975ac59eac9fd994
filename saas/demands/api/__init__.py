"""Demands for other systems: our own API, and Open311 beside it."""

from saas.demands.api import demands as demands
from saas.demands.api import menu as menu
from saas.demands.api.open311 import pages as open311
from saas.demands.api.routes import routes

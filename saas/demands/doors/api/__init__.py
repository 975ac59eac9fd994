"""Demands as JSON."""

from saas.demands.doors.api import demands as demands
from saas.demands.doors.api import menu as menu
from saas.demands.doors.api.routes import routes

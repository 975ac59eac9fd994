"""Demands as JSON."""

from saas.demands.doors.api.routes import routes

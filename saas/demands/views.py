"""Demands as pages of other domains show them."""

from saas.demands.case.views import light_for_own

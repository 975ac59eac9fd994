"""Demands as pages of other domains show them."""

from saas.demands.case.views import light_of
from saas.demands.settings.views import times_typed

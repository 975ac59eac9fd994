"""Pages of settings."""

from saas.demands.settings.pages import lists as lists
from saas.demands.settings.pages import terms as terms

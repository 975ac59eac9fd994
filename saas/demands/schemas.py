"""What pages of other domains take in for demands."""

from saas.demands.settings.forms import times_schema, times_typed

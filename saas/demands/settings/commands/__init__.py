"""Every change of what a district has set for its demands."""

from saas.demands.settings.commands.lists import CATEGORIES, KINDS, QUESTIONS, REASONS, TEMPLATES
from saas.demands.settings.commands.terms import drop_times, set_terms, set_times

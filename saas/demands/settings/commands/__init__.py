"""Every change of what a district has set for its demands."""

from saas.demands.settings.commands.lists import (
    CATEGORIES,
    KINDS,
    QUESTIONS,
    REASONS,
    TEMPLATES,
    add_category,
    add_question,
    add_reason,
    add_template,
    change_category,
    change_question,
    restore_category,
    retire_category,
    retire_question,
    retire_reason,
    retire_template,
    shift_category,
)
from saas.demands.settings.commands.terms import Span, drop_times, set_terms, set_times

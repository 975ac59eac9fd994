"""Demands as pages show them: words, marks and pictures, ready for a template."""

from saas.demands.case.views.calls import CallLine, calls_of, to_say
from saas.demands.case.views.lines import (
    Line,
    level_choices,
    light_for_others,
    light_for_own,
    light_of,
    lines_of,
    plain_levels,
)
from saas.demands.case.views.record import forms_of, open_facts, public_record_of, record_of

"""Demands as pages show them: words, marks and pictures, ready for a template."""

from saas.demands.views.lines import Light, Line, light_of, lines_of
from saas.demands.views.outside import (
    act_outside,
    categories_outside,
    filed_outside,
    outside_of,
    rows_outside,
)
from saas.demands.views.record import ActForm, Record, forms_of, public_record_of, record_of
from saas.demands.views.way import timeline_of, way_of
from saas.demands.words import lasting

__all__ = [
    "ActForm",
    "Light",
    "Line",
    "Record",
    "act_outside",
    "categories_outside",
    "filed_outside",
    "forms_of",
    "lasting",
    "light_of",
    "lines_of",
    "outside_of",
    "public_record_of",
    "record_of",
    "rows_outside",
    "timeline_of",
    "way_of",
]

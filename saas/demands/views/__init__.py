"""Demands as pages show them: words, marks and pictures, ready for a template."""

from saas.demands.views.lines import Light, Line, light_of, lines_of
from saas.demands.views.record import ActForm, Record, public_record_of, record_of
from saas.demands.views.way import timeline_of, way_of
from saas.demands.words import lasting

__all__ = [
    "ActForm",
    "Light",
    "Line",
    "Record",
    "lasting",
    "light_of",
    "lines_of",
    "public_record_of",
    "record_of",
    "timeline_of",
    "way_of",
]

"""Demands as pages show them: words, marks and pictures, ready for a template."""

from saas.demands.views.importing import faults_of, known_for, preview_of, template_for
from saas.demands.views.lines import Light, Line, light_of, lines_of
from saas.demands.views.record import ActForm, Record, public_record_of, record_of
from saas.demands.views.way import timeline_of, way_of
from saas.demands.words import lasting

__all__ = [
    "ActForm",
    "Light",
    "Line",
    "Record",
    "faults_of",
    "known_for",
    "lasting",
    "light_of",
    "lines_of",
    "preview_of",
    "public_record_of",
    "record_of",
    "template_for",
    "timeline_of",
    "way_of",
]

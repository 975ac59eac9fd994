"""Demands as pages show them: words, marks and pictures, ready for a template."""

from saas.demands.views.figures import COLUMNS, FiguresPage, figures_page
from saas.demands.views.lines import Light, Line, light_of, lines_of
from saas.demands.views.narrowing import choices_of, facts_of, name_of_unit, year_name
from saas.demands.views.record import ActForm, Record, public_record_of, record_of
from saas.demands.views.way import timeline_of, way_of
from saas.demands.views.workbook import record_csv, workbook_of
from saas.demands.words import lasting

__all__ = [
    "COLUMNS",
    "ActForm",
    "FiguresPage",
    "Light",
    "Line",
    "Record",
    "choices_of",
    "facts_of",
    "figures_page",
    "lasting",
    "light_of",
    "lines_of",
    "name_of_unit",
    "public_record_of",
    "record_csv",
    "record_of",
    "timeline_of",
    "way_of",
    "workbook_of",
    "year_name",
]

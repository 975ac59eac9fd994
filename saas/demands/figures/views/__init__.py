"""Figures and reports of demands, ready for a template or a file."""

from saas.demands.figures.views.figures import figures_page, record_csv, workbook_of
from saas.demands.figures.views.reports import report_typed, section_of

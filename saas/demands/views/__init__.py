"""Demands as pages show them: words, marks and pictures, ready for a template."""

from saas.casework import ActForm
from saas.demands.views.details import (
    Fact,
    answers_in_words,
    answers_outside,
    open_facts,
)
from saas.demands.views.figures import FiguresPage, figures_page, record_csv, workbook_of
from saas.demands.views.importing import faults_of, given_for, preview_of, template_for
from saas.demands.views.knowledge import (
    answer_typed,
    blotted,
    category_choices,
    group_choices,
    has_blots,
    kind_choices,
    leaf_choices,
    names_of,
    proposed,
    times_typed,
    verb_choices,
)
from saas.demands.views.lines import Light, Line, light_of, lines_of
from saas.demands.views.outside import (
    act_outside,
    categories_outside,
    filed_outside,
    outside_of,
    rows_outside,
)
from saas.demands.views.photos import photos_outside
from saas.demands.views.record import Record, forms_of, public_record_of, record_of
from saas.demands.views.reports import report_typed, section_of
from saas.demands.views.way import timeline_of, way_of
from saas.demands.words import lasting

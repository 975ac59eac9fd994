"""What a report is called, what it is for, and how often it comes out."""

from __future__ import annotations

from saas.demands.figures.report_words import PERIOD
from saas.forms.fields import CARDS, Field
from saas.kernel.i18n import lazy_gettext as _l

REPORT = (
    Field(name="title", label=_l("Title"), required=True),
    Field(name="summary", label=_l("What it is for"), longest=150, longest_en=200),
    Field(
        name="period",
        label=_l("Comes out"),
        kind=CARDS,
        options=tuple(PERIOD.items()),
        among=tuple(PERIOD),
        required=True,
        once=True,
    ),
)

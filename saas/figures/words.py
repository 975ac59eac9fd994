"""Numbers and spans in words, for every page of figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from saas.figures.cut import Cut
from saas.figures.facts import Measure
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import locale_code

#: Why notes of leaders, visits and reports in the media are counted and never aimed at.
NO_AIMS: Final = _l(
    "No aim is set for this: notes of leaders and reports in the media may not be used to appraise"
    " (rules to relieve the grass roots of formalism, 2024-08-06)."
)


def plain(measure: Measure, value: int | Decimal) -> str:
    """A number for programs: no separators, money with two places."""
    return f"{value:.2f}" if measure.is_money else f"{int(value)}"


def shown(measure: Measure, value: int | Decimal) -> str:
    """A number for people, in the reader's language."""
    pattern = "#,##0.00" if measure.is_money else "#,##0"
    return str(format_decimal(value, pattern, locale=locale_code()))


def span_of(first: date, last: date) -> str:
    """January 2020 – December 2020, in the reader's language."""
    begins, ends = (
        str(format_skeleton("yMMM", month, locale=locale_code())) for month in (first, last)
    )
    return begins if first == last else f"{begins} – {ends}"


def months_of(cut: Cut) -> str:
    """The months of a cut; nothing where it is about all time."""
    return span_of(cut.start, cut.end) if cut.start and cut.end else ""

"""Defined reports in demands.yaml: which figures, divided how, over which span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.demands.figures.rules import (
    CLIMBING_MEASURES,
    MOST_SECTIONS,
    REPORT_GROUPINGS,
    REPORT_MEASURES,
)
from saas.figures.reports import PERIODS as REPORT_PERIODS
from saas.packages.schemas.fields import ChoiceField, Code, Label, Many


@dataclass(frozen=True, slots=True)
class ReportSection:
    """Some measures, divided by one grouping; the filters narrow down what is counted."""

    by: Annotated[str, ChoiceField(*REPORT_GROUPINGS)]
    measures: Annotated[
        tuple[Annotated[str, ChoiceField(*REPORT_MEASURES, *CLIMBING_MEASURES)], ...],
        Many(least=1, most=len(REPORT_MEASURES)),
    ]
    title: Label | None = None
    level: Code | None = None
    kind: Code | None = None
    category: Code | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report that comes out every month, quarter or year."""

    code: Code
    title: Label
    summary: Label
    period: Annotated[str, ChoiceField(*REPORT_PERIODS)]
    sections: Annotated[tuple[ReportSection, ...], Many(least=1, most=MOST_SECTIONS)]

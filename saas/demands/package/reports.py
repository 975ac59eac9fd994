"""Defined reports in demands.yaml: which figures, divided how, over which span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.figures.reports import PERIODS as REPORT_PERIODS
from saas.figures.reports import UNDIVIDED
from saas.packages.schemas.fields import ChoiceField, Code, Label, Many

#: How a section is divided: not at all, by the ladder that demands climb, or as figures are.
LADDER_DIVIDED = "ladder"
REPORT_GROUPINGS = (UNDIVIDED, LADDER_DIVIDED, "unit", "level", "category", "channel", "month")
#: What a section may show; how each comes about the page of figures says.
REPORT_MEASURES = (
    "received", "in_time_all", "in_time_of_reasonable", "resolved", "resolved_all",
    "resolved_reasonable", "declined", "passed_up", "climbed", "returned", "reopened", "median",
    "ninth", "satisfaction", "rated",
)  # fmt: skip
#: What a section that is divided by the ladder shows.
CLIMBING_MEASURES = ("reached", "stopped", "waits", "went_on")
MOST_SECTIONS = 12


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

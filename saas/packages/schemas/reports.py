"""Defined reports in demands.yaml: which figures, divided how, over which span."""

from __future__ import annotations

from dataclasses import dataclass

from saas.figures.reports import PERIODS as REPORT_PERIODS
from saas.figures.reports import UNDIVIDED
from saas.packages.schemas.fields import Choice, Code, Label, Part, Rows, Strict, label

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

    by: str
    measures: tuple[str, ...]
    title: Label | None = None
    level: str | None = None
    kind: str | None = None
    category: str | None = None


class ReportSectionSchema(Strict):
    """A row of ``sections``."""

    shape = ReportSection
    by = Choice(*REPORT_GROUPINGS, required=True)
    measures = Rows(
        Choice(*REPORT_MEASURES, *CLIMBING_MEASURES),
        required=True,
        least=1,
        most=len(REPORT_MEASURES),
    )
    title = label(required=False)
    level = Code()
    kind = Code()
    category = Code()


@dataclass(frozen=True, slots=True)
class Report:
    """A report that comes out every month, quarter or year."""

    code: str
    title: Label
    summary: Label
    period: str
    sections: tuple[ReportSection, ...]


class ReportSchema(Strict):
    """A row of ``reports``."""

    shape = Report
    code = Code(required=True)
    title = label()
    summary = label()
    period = Choice(*REPORT_PERIODS, required=True)
    sections = Rows(Part(ReportSectionSchema), required=True, least=1, most=MOST_SECTIONS)

"""What a section of a defined report may show, and how it is divided."""

from __future__ import annotations

from saas.figures.reports import UNDIVIDED

#: How a section is divided: not at all, by the ladder that demands climb, or as figures are.
LADDER_DIVIDED = "ladder"
REPORT_GROUPINGS = (UNDIVIDED, LADDER_DIVIDED, "unit", "level", "category", "channel", "month")
#: What a section may show; how each comes about the page of figures says.
REPORT_MEASURES = (
    "received", "in_time_all", "in_time_of_reasonable", "resolved", "resolved_all",
    "resolved_reasonable", "declined", "passed_up", "climbed", "returned", "reopened", "median",
    "ninth", "satisfaction", "rated",
)  # fmt: skip
#: What a section that is divided by the ladder shows. Asked for with a level: how many came so far,
#: and of those for which it was the highest that are finished or not, and that went beyond.
CLIMBING_MEASURES = ("reached", "stopped", "waits", "went_on")
MOST_SECTIONS = 12

"""A defined report of demands over one period, from the figures that everybody can open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from saas.demands.figures import queries
from saas.demands.figures.measures import BOARD
from saas.demands.figures.models import Report
from saas.demands.figures.report_words import heading_of
from saas.demands.figures.rules import LADDER_DIVIDED
from saas.demands.figures.views.figures import climbed_cell, ladder_of, rates_of
from saas.figures.cut import Cut
from saas.figures.reports import UNDIVIDED
from saas.figures.views.reports import Section, divided_section, empty_section
from saas.figures.views.tables import Records, Row, Within
from saas.kernel.i18n import say
from saas.kernel.schemas import push_label

#: Measures that are shares; they come in pairs, on both denominators.
_PAIRS = {
    "resolved": {"resolved_all", "resolved_reasonable"},
    "in_time": {"in_time_all", "in_time_of_reasonable"},
}


def section_of(section: Mapping[str, Any], cut: Cut, records: Records, within: Within) -> Section:
    """A section of a report as it is now; ``within`` is the page of figures of a cut."""
    own = cut.by(**{name: section.get(name) or "" for name in ("level", "kind", "category")})
    title = heading_of(section)
    if section["by"] == LADDER_DIVIDED:
        return _climbing(section, title, own, records)
    found = divided_section(BOARD, section, title, own, records, within)
    if section["by"] != UNDIVIDED:
        return found
    total = BOARD.table(own, "month")[0]
    shown = [part for part, pair in _PAIRS.items() if pair & {*section["measures"]}]
    return replace(found, rates=[rates_of(total, part, own, records) for part in shown])


def _climbing(section: Mapping[str, Any], title: str, cut: Cut, records: Records) -> Section:
    """How far demands climbed: the ladder as it is drawn, and its numbers as a table."""
    steps = queries.ladder(cut)
    rows = [
        Row(
            say(step.level.name),
            "",
            [climbed_cell(key, step, cut, records) for key in section["measures"]],
        )
        for step in steps
    ]
    empty = empty_section(BOARD, section, title, cut)
    return replace(empty, rows=rows, funnel=ladder_of(steps, cut, records))


def report_typed(row: Report) -> dict[str, Any]:
    """A report as its form shows it."""
    values: dict[str, Any] = {}
    push_label(values, "title", row.title)
    push_label(values, "summary", row.summary)
    return values

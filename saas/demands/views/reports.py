"""A defined report over one period, from the figures that everybody can open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from babel.dates import format_skeleton

from saas.demands import words
from saas.demands.models import Report
from saas.demands.package.report_words import heading_of
from saas.demands.package.reports import LADDER_DIVIDED, UNDIVIDED
from saas.demands.queries import figures
from saas.demands.queries.figures import Cut, Group
from saas.demands.rules import Period
from saas.demands.views.figures import Cell, Records, Row, cells_of, ladder_of, name_of, rates_of
from saas.demands.views.narrowing import facts_of
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code, say
from saas.kernel.schemas import push_label
from saas.web import charts
from saas.web.charts import Bar, Bars, Funnel, Plot, Point, RatePair, Tile

#: Measures that are shares; they come in pairs, on both denominators.
_PAIRS = {
    "resolved": ("resolved_all", "resolved_reasonable"),
    "in_time": ("in_time_all", "in_time_of_reasonable"),
}
_MOST_SERIES = 3


@dataclass(frozen=True, slots=True)
class Section:
    """One section, ready to be shown: a table or tiles, and the chart that fits them.

    ``narrowed`` says what it is narrowed down to. ``heads`` are the headings of ``rows``.
    """

    title: str
    by: str
    narrowed: str
    heads: list[str]
    rows: list[Row]
    total: Row | None = None
    tiles: list[Tile] = field(default_factory=list)
    rates: list[RatePair] = field(default_factory=list)
    bars: Bars | None = None
    columns: Plot | None = None
    funnel: Funnel | None = None


def section_of(
    section: Mapping[str, Any], cut: Cut, records: Records, within: Callable[[Cut, str], str]
) -> Section:
    """A section of a report as it is now; ``within`` is the page of figures of a cut."""
    own = replace(cut, **{name: section.get(name, "") for name in ("level", "kind", "category")})
    if section["by"] == LADDER_DIVIDED:
        return _climbing(section, own, records)
    by = "month" if section["by"] == UNDIVIDED else section["by"]
    total, groups = figures.table(own, by)
    cells = _picked(cells_of(total, own, records), section)
    if section["by"] == UNDIVIDED:
        pairs = [
            rates_of(total, part, own, records)
            for part, pair in _PAIRS.items()
            if {*pair} & {*section["measures"]}
        ]
        tiles = [_tile(cell) for cell in cells if not cell.rate]
        return _section(section, own, [Row(_("All"), "", cells)], tiles=tiles, rates=pairs)
    rows = [
        Row(
            name_of(one),
            within(one.cut, by),
            _picked(cells_of(one.line, one.cut, records), section),
        )
        for one in groups
    ]
    return _section(
        section, own, rows, total=Row(_("All"), "", cells), **_chart(section, groups, rows)
    )


def _section(section: Mapping[str, Any], cut: Cut, rows: list[Row], **more: Any) -> Section:
    heads = [str(words.definition_of(key).name) for key in section["measures"]]
    told = _(", ").join(value for _name, value in facts_of(cut)[1:])
    return Section(heading_of(section), section["by"], told, heads, rows, **more)


def _picked(cells: list[Cell], section: Mapping[str, Any]) -> list[Cell]:
    """The cells of a section's measures, in its order."""
    by_key = {cell.key: cell for cell in cells}
    return [by_key[key] for key in section["measures"]]


def _tile(cell: Cell) -> Tile:
    told = words.definition_of(cell.key)
    return charts.tile(str(told.name), cell.value, url=cell.url, definition=str(told.text))


def _chart(section: Mapping[str, Any], groups: list[Group], rows: list[Row]) -> dict[str, Any]:
    """Counts over months as columns, anything else by its first count as bars."""
    counted = [key for key in section["measures"] if key in words.MEASURE]
    if not counted or not rows:
        return {}
    names = [str(words.MEASURE[key].name) for key in counted[:_MOST_SERIES]]
    picked = [[c for c in row.cells if c.key in counted[:_MOST_SERIES]] for row in rows]
    if section["by"] == "month":
        points = [
            Point.month(_first(group), tuple(c.value for c in cells), tuple(c.url for c in cells))
            for group, cells in zip(groups, picked, strict=True)
        ]
        return {"columns": charts.columns(points, heading_of(section), _("demands"), names)}
    bars = [
        Bar(row.name, cells[0].value, cells[0].url) for row, cells in zip(rows, picked, strict=True)
    ]
    return {"bars": charts.bars(bars, names[0], _("demands"))}


def _first(group: Group) -> date:
    assert isinstance(group.name, date)
    return group.name


def _climbing(section: Mapping[str, Any], cut: Cut, records: Records) -> Section:
    """How far demands climbed: the ladder as it is drawn, and its numbers as a table."""
    overview = figures.overview(cut)
    rows = []
    for step in overview.ladder:
        at = cut.at_peak(step.level.code)
        cells = [
            Cell(key, getattr(step, key), charts.number(getattr(step, key)), records(key, at))
            for key in section["measures"]
        ]
        rows.append(Row(say(step.level.name), "", cells))
    return _section(section, cut, rows, funnel=ladder_of(overview, cut, records))


def period_name(period: Period) -> str:
    """October 2026, the fourth quarter of 2026, or 2026, in the reader's language."""
    pattern = {"month": "yMMMM", "quarter": "yQQQQ", "year": "y"}[period.kind]
    return str(format_skeleton(pattern, period.start, locale=locale_code()))


def report_typed(row: Report) -> dict[str, Any]:
    """A report as its form shows it."""
    values: dict[str, Any] = {}
    push_label(values, "title", row.title)
    push_label(values, "summary", row.summary)
    return values

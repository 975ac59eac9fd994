"""A section of a report over one period: a table of its figures, and the chart that fits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from babel.dates import format_skeleton

from saas.figures.board import Board, Group
from saas.figures.cut import Cut
from saas.figures.reports import UNDIVIDED, Period
from saas.figures.views.tables import (
    Records,
    Row,
    Within,
    cells_of,
    facts_of,
    name_of,
    total_of,
)
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code
from saas.web import charts
from saas.web.charts import Bars, Funnel, Point, RatePair, Tile

_MOST_SERIES: Final = 3


@dataclass(frozen=True, slots=True)
class Section:
    """One section, ready to be shown: a table or tiles, and a chart. ``narrowed`` says what it is
    narrowed down to. ``heads`` are the headings of ``rows``.
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
    funnel: Funnel | None = None


def divided_section(
    board: Board,
    section: Mapping[str, Any],
    title: str,
    cut: Cut,
    records: Records,
    within: Within,
) -> Section:
    """A section that is divided by one of the board's groupings, or not at all."""
    by = "month" if section["by"] == UNDIVIDED else section["by"]
    total, groups = board.table(cut, by)
    whole = _picked(total_of(board, total, cut, records), section)
    empty = empty_section(board, section, title, cut)
    if section["by"] == UNDIVIDED:
        tiles = [
            charts.tile(cell.name, cell.value, url=cell.url, definition=_text(board, cell.key))
            for cell in whole.cells
            if not cell.rate
        ]
        return replace(empty, rows=[whole], tiles=tiles)
    rows = [
        _picked(
            Row(name_of(one), within(one.cut, by), cells_of(board, one.line, one.cut, records)),
            section,
        )
        for one in groups
    ]
    return replace(empty, rows=rows, total=whole, bars=_chart(board, section, title, groups, rows))


def empty_section(board: Board, section: Mapping[str, Any], title: str, cut: Cut) -> Section:
    """A section with its headings and without rows."""
    heads = [str(board.definition(key).name) for key in section["measures"]]
    narrowed = _(", ").join(value for _name, value in facts_of(board, cut)[1:])
    return Section(title, section["by"], narrowed, heads, [])


def _text(board: Board, key: str) -> str:
    return str(board.definition(key).text)


def _picked(row: Row, section: Mapping[str, Any]) -> Row:
    """The cells of a section's measures, in its order."""
    by_key = {cell.key: cell for cell in row.cells}
    return replace(row, cells=[by_key[key] for key in section["measures"]])


def _chart(
    board: Board, section: Mapping[str, Any], title: str, groups: list[Group], rows: list[Row]
) -> Bars | None:
    """Counts over months as columns, anything else by its first count as bars."""
    months = section["by"] == "month"
    counted = [key for key in section["measures"] if key in board.measures]
    counted = counted[: _MOST_SERIES if months else 1]
    if not counted or not rows:
        return None
    names = [str(board.definition(key).name) for key in counted]
    points = []
    for group, row in zip(groups, rows, strict=True):
        cells = [cell for cell in row.cells if cell.key in counted]
        values = tuple(cell.value for cell in cells), tuple(cell.url for cell in cells)
        first = group.name
        points.append(
            Point.month(first, *values) if isinstance(first, date) else Point(row.name, *values)
        )
    unit = str(next(iter(board.measures.values())).unit)
    if months:
        return charts.columns(points, title, unit, names)
    return charts.bars(points, names[0], unit)


def period_name(period: Period) -> str:
    """October 2026, the fourth quarter of 2026, or 2026, in the reader's language."""
    pattern = {"month": "yMMMM", "quarter": "yQQQQ", "year": "y"}[period.kind]
    return str(format_skeleton(pattern, period.start, locale=locale_code()))

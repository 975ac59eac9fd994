"""Figures and records as files that people go on working with.

Numbers are numbers. Whatever is text is written as text: a name that begins like a formula stays
a name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from saas.figures.board import Board
from saas.figures.cut import Cut
from saas.figures.views.reports import Section
from saas.figures.views.tables import Cell, Row, cells_of, facts_of, row_of, total_of
from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say, short_datetime
from saas.kernel.separated import harmless

NAME_WIDTH, _COLUMN_WIDTH, _TEXT_WIDTH = 28, 14, 100


class Sheet:
    """A worksheet that is written row by row."""

    def __init__(self, book: Workbook, name: str, *widths: int) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.bold: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.rate: Format = book.add_format({"num_format": "0.0%"})
        self.row = 0
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def line(self, *values: object, bold: bool = False) -> None:
        """One row: texts as texts, numbers as numbers, `Cell` shares as percentages."""
        for column, value in enumerate(values):
            self._put(column, value, bold)
        self.row += 1

    def table(self, heading: str, heads: Sequence[str], rows: Iterable[Row]) -> None:
        """Headings that stay in sight, then a row each; what comes last is the whole."""
        self.sheet.set_column(0, 0, NAME_WIDTH)
        self.sheet.set_column(1, len(heads), _COLUMN_WIDTH)
        self.sheet.freeze_panes(1, 1)
        self.line(heading, *heads, bold=True)
        for row in rows:
            self.line(row.name, *row.cells, bold=not row.url)

    def _put(self, column: int, value: object, bold: bool) -> None:
        rate = isinstance(value, Cell) and value.rate
        plain = value.value if isinstance(value, Cell) else value
        if plain is None:
            return
        if isinstance(plain, int | float):
            self.sheet.write_number(self.row, column, plain, self.rate if rate else None)
        else:
            style = self.bold if bold else self.wrapped
            self.sheet.write_string(self.row, column, str(plain), style)


def written(fill: Callable[[Workbook], None]) -> bytes:
    """A workbook that ``fill`` has filled."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    fill(book)
    book.close()
    return out.getvalue()


def add_tables(book: Workbook, board: Board, cut: Cut, now: datetime) -> None:
    """An overview, and a sheet for everything that the figures can be divided by."""
    first = Sheet(book, _("Overview"), NAME_WIDTH, NAME_WIDTH)
    found = {by: board.table(cut, by) for by in board.facts.groupings}
    total = next(iter(found.values()))[0]
    first.line(str(board.title), say(current_tenant().name), bold=True)
    for name, value in (*facts_of(board, cut), _counted_at(now)):
        first.line(name, value)
    first.row += 1
    for key, one in board.measures.items():
        first.line(str(one.words.name), total[key])
    for cell in cells_of(board, total, cut, _nowhere):
        if cell.key in board.derived:
            first.line(cell.name, cell)
    heads = [str(board.definition(key).name) for key in board.columns]
    for by, (whole, groups) in found.items():
        heading = str(board.facts.groupings[by].name)
        rows = [row_of(board, group, by, _nowhere, _somewhere) for group in groups]
        last = [total_of(board, whole, cut, _nowhere)] if rows else []
        Sheet(book, heading).table(heading, heads, [*rows, *last])


def add_definitions(book: Workbook, board: Board) -> None:
    """What each number means, and where all of them come from."""
    sheet = Sheet(book, _("Definitions"), NAME_WIDTH, _TEXT_WIDTH)
    for one in (*board.definitions, *board.further.values()):
        sheet.line(str(one.name), str(one.text))
    sheet.line(_("Source"), str(board.source))


def report_book(
    board: Board, title: str, period: str, sections: Sequence[Section], now: datetime
) -> bytes:
    """An issue of a report: what it is, a sheet for each section, what each number means."""

    def fill(book: Workbook) -> None:
        first = Sheet(book, _("Overview"), NAME_WIDTH, NAME_WIDTH)
        for line in (
            (title, period),
            (_("District"), say(current_tenant().name)),
            _counted_at(now),
        ):
            first.line(*line)
        for number, one in enumerate(sections, start=1):
            first.line(number, one.title, one.narrowed)
            last = [one.total] if one.total else []
            Sheet(book, str(number)).table(one.title, one.heads, [*one.rows, *last])
        add_definitions(book, board)

    return written(fill)


def _counted_at(now: datetime) -> tuple[str, str]:
    return _("Counted at"), short_datetime(now, current_tenant().time_zone)


def _nowhere(measure: str, cut: Cut) -> str:
    """A workbook has no way back to the records: it is read where nobody is signed in."""
    return ""


def _somewhere(cut: Cut, by: str) -> str:
    """A group is a line like any other; the whole, which leads nowhere, is set in bold."""
    return by


def csv_of(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    """Lines for a spreadsheet; no text among them is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([harmless(v) if isinstance(v, str) else v for v in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")

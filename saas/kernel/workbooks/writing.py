"""Workbooks that are sent out: templates to fill in, and what came back with its faults marked.

Everything is written as text: a name that begins like a formula stays a name, and a code or a
telephone number keeps its zeros.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import xlsxwriter

from saas.kernel.workbooks.cells import Cell, cell_text, column_letters

_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEADING: Final = {"bold": True, "bg_color": "#EEEEEE", "border": 1, "text_wrap": True}
_FAULTY: Final = {"num_format": "@", "bg_color": "#FFC7CE", "border": 1, "border_color": "#C00000"}
#: More rows than this are not offered to be filled in, nor read.
MOST_ROWS: Final = 6000
_A4: Final = 9
_NARROWEST, _WIDEST = 10, 60
_NAME_LIMIT: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a template: heading, width in characters, what to write, and its choices."""

    heading: str
    width: int
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to fill in: its name, its columns, and rows that stand in it already."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A sheet as it came back: its cells, the row of its headings (from 0), the columns that are
    known by their place, and what is wrong, by row and column from 0.
    """

    name: str
    grid: Sequence[Sequence[Cell]]
    top: int = 0
    columns: Mapping[int, Column] = field(default_factory=dict)
    wrong: Mapping[tuple[int, int], str] = field(default_factory=dict)


def write_book(
    guide: tuple[str, Sequence[tuple[str, str]]],
    pages: Sequence[Page],
    lists: str,
    *,
    most_rows: int = MOST_ROWS,
) -> bytes:
    """A workbook to fill in: how to (name, and lines of word and sentence), the pages, a hidden
    sheet called ``lists`` with what can be chosen. The first page is in front when it is opened.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        _explain(book, *guide)
        sheets = [book.add_worksheet(page.name) for page in pages]
        choices = _Choices(book, lists, most_rows)
        heading, text = book.add_format(_HEADING), book.add_format({"num_format": "@"})
        for sheet, page in zip(sheets, pages, strict=True):
            _set_up(sheet, 0)
            for number, column in enumerate(page.columns):
                sheet.write_string(0, number, column.heading, heading)
                sheet.set_column(number, number, column.width, text)
                if column.help:
                    sheet.write_comment(0, number, column.help, {"x_scale": 2})
                choices.offer(sheet, 1, number, column)
            for row, cells in enumerate(page.rows, 1):
                for number, cell in enumerate(cells):
                    sheet.write_string(row, number, cell, text)
        sheets[0].activate()
    return out.getvalue()


def write_marked(sheets: Sequence[Marked], lists: str, *, most_rows: int = MOST_ROWS) -> bytes:
    """What came back, every faulty cell coloured and with a comment that says what to do."""
    out, names = io.BytesIO(), set[str]()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        written = [(book.add_worksheet(_free_name(one.name, names)), one) for one in sheets]
        choices = _Choices(book, _free_name(lists, names), most_rows)
        for sheet, one in written:
            _write_marked(book, sheet, one, choices)
        faulty = next((sheet for sheet, one in written if one.wrong), None)
        if faulty is not None:
            faulty.activate()
    return out.getvalue()


def _write_marked(book: Any, sheet: Any, one: Marked, choices: _Choices) -> None:
    heading, text = book.add_format(_HEADING), book.add_format({"num_format": "@"})
    red = book.add_format(_FAULTY)
    _set_up(sheet, one.top)
    for number, width in _widths(one).items():
        sheet.set_column(number, number, width, text)
    for row, cells in enumerate(one.grid):
        for number, cell in enumerate(cells):
            if said := cell_text(cell):
                style = heading if row == one.top else text
                sheet.write_string(row, number, said, style)
    for (row, number), sentence in one.wrong.items():
        cells = one.grid[row] if row < len(one.grid) else ()
        said = cell_text(cells[number]) if number < len(cells) else ""
        if said:
            sheet.write_string(row, number, said, red)
        else:
            sheet.write_blank(row, number, None, red)
        sheet.write_comment(row, number, sentence, {"x_scale": 2})
    for number, column in one.columns.items():
        choices.offer(sheet, one.top + 1, number, column)


def _widths(one: Marked) -> dict[int, int]:
    """How wide each column is: as in the template, else as its longest text wants it."""
    widths: dict[int, int] = {}
    for cells in one.grid:
        for number, cell in enumerate(cells):
            wide = sum(2 if ord(sign) > 0x2E80 else 1 for sign in cell_text(cell)[:_WIDEST])
            widths[number] = min(max(widths.get(number, _NARROWEST), wide), _WIDEST)
    return widths | {number: column.width for number, column in one.columns.items()}


def _free_name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have and no other one has, whatever letters it is written in."""
    clean = _NOT_IN_NAMES.sub(" ", wanted).strip(" '")[:_NAME_LIMIT] or "-"
    name, number = clean, 2
    while name.casefold() in taken:
        name, number = f"{clean[: _NAME_LIMIT - 4]} {number}", number + 1
    taken.add(name.casefold())
    return name


def _set_up(sheet: Any, top: int) -> None:
    """Headings that stay in sight, and paper: A4 across, as wide as one page."""
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _explain(book: Any, name: str, lines: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    for number, (word, sentence) in enumerate(lines):
        sheet.write_string(number, 0, word, bold)
        sheet.write_string(number, 1, sentence, wrapped)


class _Choices:
    """The hidden sheet with the lists to choose from; each list stands in a column of its own."""

    def __init__(self, book: Any, name: str, most_rows: int) -> None:
        self._name, self._most = name, most_rows
        self._sheet = book.add_worksheet(name)
        self._sheet.hide()
        self._used = 0

    def offer(self, sheet: Any, first: int, number: int, column: Column) -> None:
        """Let the cells of a column be chosen from its list; other words only make it warn."""
        if not column.choices:
            return
        letters = column_letters(self._used)
        for row, choice in enumerate(column.choices):
            self._sheet.write_string(row, self._used, choice)
        self._used += 1
        name = self._name.replace("'", "''")
        source = f"='{name}'!${letters}$1:${letters}${len(column.choices)}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(first, number, self._most, number, rule)

"""Figures and records as files that people go on working with.

Numbers are numbers. Whatever is text is written as text: a name that begins like a formula stays
a name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from saas.demands import queries, words
from saas.demands.queries.figures import Cut, Group, Line, Overview
from saas.demands.views.figures import COLUMNS, Cell, cells_of, name_of
from saas.demands.views.narrowing import facts_of
from saas.demands.views.reports import Section
from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say, short_datetime
from saas.territory import queries as territory

_Tables = Mapping[str, tuple[Line, list[Group]]]
_NAME_WIDTH, _COLUMN_WIDTH, _TEXT_WIDTH = 28, 14, 100
#: What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Sheet:
    """A worksheet that is written row by row."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.bold: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.rate: Format = book.add_format({"num_format": "0.0%"})
        self.row = 0

    def line(self, *values: object, bold: bool = False) -> None:
        """One row: texts as texts, numbers as numbers, `Cell` shares as percentages."""
        for column, value in enumerate(values):
            self._put(column, value, bold)
        self.row += 1

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


def workbook_of(cut: Cut, tables: _Tables, overview: Overview, now: datetime) -> bytes:
    """Every table of the figures, what they are narrowed down to, and what each number means."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    _overview(_Sheet(book, _("Overview")), cut, tables["unit"][0], now)
    for by, (total, groups) in tables.items():
        _table(_Sheet(book, str(words.GROUPED[by])), str(words.GROUPED[by]), total, groups)
    _ladder(_Sheet(book, _("How far they climbed")), overview)
    _definitions(_Sheet(book, _("Definitions")))
    book.close()
    return out.getvalue()


def _overview(sheet: _Sheet, cut: Cut, total: Line, now: datetime) -> None:
    tenant = current_tenant()
    sheet.sheet.set_column(0, 1, _NAME_WIDTH)
    sheet.line(_("Figures of demands"), say(tenant.name), bold=True)
    for name, value in facts_of(cut):
        sheet.line(name, value)
    sheet.line(_("Counted at"), short_datetime(now, tenant.time_zone))
    sheet.row += 1
    for name, definition in words.MEASURE.items():
        sheet.line(str(definition.name), total[name])
    for cell in cells_of(total, cut, _nowhere):
        if cell.key in words.DERIVED:
            sheet.line(str(words.DERIVED[cell.key].name), cell)


def _table(sheet: _Sheet, heading: str, total: Line, groups: Sequence[Group]) -> None:
    sheet.sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.sheet.set_column(1, len(COLUMNS), _COLUMN_WIDTH)
    sheet.sheet.freeze_panes(1, 1)
    sheet.line(heading, *(str(words.definition_of(key).name) for key in COLUMNS), bold=True)
    for group in groups:
        sheet.line(name_of(group), *cells_of(group.line, group.cut, _nowhere))
    if groups:
        sheet.line(_("All"), *cells_of(total, groups[0].cut, _nowhere), bold=True)


def _ladder(sheet: _Sheet, overview: Overview) -> None:
    sheet.sheet.set_column(0, 4, _NAME_WIDTH)
    sheet.line(_("Level"), *(str(one.name) for one in words.CLIMBED.values()), bold=True)
    for step in overview.ladder:
        sheet.line(say(step.level.name), step.reached, step.stopped, step.waits, step.went_on)


def _definitions(sheet: _Sheet) -> None:
    sheet.sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.sheet.set_column(1, 1, _TEXT_WIDTH)
    for one in (words.MEASURE | words.DERIVED | words.CLIMBED).values():
        sheet.line(str(one.name), str(one.text))
    sheet.line(_("Source"), str(words.SOURCE))


def report_book(title: str, period: str, sections: Sequence[Section], now: datetime) -> bytes:
    """An issue of a report: what it is, a sheet for each section, what each number means."""
    out, tenant = io.BytesIO(), current_tenant()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    first = _Sheet(book, _("Overview"))
    first.sheet.set_column(0, 1, _NAME_WIDTH)
    for line in (
        (title, period),
        (_("District"), say(tenant.name)),
        (_("Counted at"), short_datetime(now, tenant.time_zone)),
    ):
        first.line(*line)
    for number, section in enumerate(sections, start=1):
        first.line(number, section.title, section.narrowed)
        _report_section(_Sheet(book, str(number)), section)
    _definitions(_Sheet(book, _("Definitions")))
    book.close()
    return out.getvalue()


def _report_section(sheet: _Sheet, section: Section) -> None:
    sheet.sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.sheet.set_column(1, len(section.heads), _COLUMN_WIDTH)
    sheet.line(section.title, *section.heads, bold=True)
    for row in section.rows:
        sheet.line(row.name, *row.cells)
    if section.total:
        sheet.line(section.total.name, *section.total.cells, bold=True)


def _nowhere(measure: str, cut: Cut) -> str:
    """A workbook has no way back to the records: it is read where nobody is signed in."""
    return ""


def record_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows of `queries.figures.COLUMNS` for a spreadsheet: no words of residents, no names."""
    out, zone = io.StringIO(), current_tenant().time_zone
    writer = csv.writer(out)
    writer.writerow(
        [
            _("Code"), _("Kind"), _("Category"), _("Place"), _("Level"), _("Channel"), _("State"),
            _("Filed on"), _("Accepted on"), _("Finished on"), _("Working minutes"),
            _("Passed up"), _("Passed up by deadline"), _("Returned"), _("Reopened"), _("Stars"),
        ]
    )  # fmt: skip
    kinds = {kind.code: say(kind.name) for kind in queries.kinds()}
    levels = {level.code: say(level.name) for level in territory.ladder(queries.LADDER)}
    for code, kind, category, place, level, channel, state, *times_and_counts in rows:
        times, counts = times_and_counts[:3], times_and_counts[3:]
        where = (say(category), say(place), levels.get(level, level))
        told = (code, kinds.get(kind, kind), *where, words.CHANNEL[channel])
        dates = (short_datetime(moment, zone) for moment in times)
        writer.writerow([*map(_harmless, (*told, words.STATE[state])), *dates, *counts])
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text

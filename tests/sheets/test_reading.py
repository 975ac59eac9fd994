"""Workbooks are read in a process that may take little; one that dies of it is a plain fault."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter

from saas.sheets import Unreadable, read_workbook, reading


def _book(cells: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page, day = book.add_worksheet("list"), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        for number, row in enumerate(cells):
            for at, cell in enumerate(row):
                style = clock if isinstance(cell, time) else day if isinstance(cell, date) else None
                page.write(number, at, cell, style)
    return out.getvalue()


def _texts_of(cells: int) -> bytes:
    """A text of 900 kB, kept once, at which so many cells point."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_book([["x"]]))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                head, tail = data.split(b"<sheetData>")[0], data.split(b"</sheetData>")[1]
                row = b'<row r="1">' + b'<c t="s"><v>0</v></c>' * cells + b"</row>"
                data = head + b"<sheetData>" + row + b"</sheetData>" + tail
            if name.endswith("sharedStrings.xml"):
                data = b"<sst><si><t>" + b"y" * 900_000 + b"</t></si></sst>"
            target.writestr(name, data)
    return out.getvalue()


def test_what_stands_in_cells_comes_through_as_what_it_is() -> None:
    cells = ["文字", 13800138000.0, 1.5, True, date(2026, 11, 22), datetime(2026, 11, 22, 9, 30)]
    (sheet,) = read_workbook(io.BytesIO(_book([[], [None, *cells]])))
    assert sheet.name == "list"
    assert sheet.grid[0] == [""] * 7, "rows and columns are counted from the first"
    assert sheet.grid[1][1:5] == cells[:4]
    assert str(sheet.grid[1][5])[:10] == "2026-11-22"
    assert sheet.grid[1][6] == cells[5]


def test_what_wants_more_memory_than_a_workbook_needs_dies_alone() -> None:
    with pytest.raises(Unreadable) as refused:
        read_workbook(io.BytesIO(_texts_of(2000)))
    assert refused.value.key == "too_much_inside"


def test_empty_cells_with_a_border_far_below_are_no_rows() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "here")
        page.write_blank(6999, 0, None, book.add_format({"border": 1}))
    assert [len(sheet.grid) for sheet in read_workbook(io.BytesIO(out.getvalue()))] == [1]


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.01)
    with pytest.raises(Unreadable) as refused:
        read_workbook(io.BytesIO(_book([["x"]])))
    assert refused.value.key == "too_long"

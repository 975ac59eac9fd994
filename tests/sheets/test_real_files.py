"""Workbooks as other programs and other hands leave them: what is seen there is what is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from saas.sheets import read_workbook

Write = Callable[[Any, Any], object]


def _book(write: Write, **options: object) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        page = book.add_worksheet("list")
        page.write(0, 0, "here")
        write(book, page)
    return out.getvalue()


def _with(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The same file with other words in its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            for old, new in changes:
                text = text.replace(old, new)
            target.writestr(name, text)
    return out.getvalue()


def _grid(data: bytes) -> list[list[Any]]:
    (sheet,) = read_workbook(io.BytesIO(data))
    return sheet.grid


@pytest.mark.parametrize(
    "write",
    [
        lambda book, page: page.write_blank(6999, 0, None, book.add_format({"border": 1})),
        lambda book, page: page.write_blank(1048575, 0, None, book.add_format({"border": 1})),
        lambda _, page: page.set_row(1048575, 30),
    ],
    ids=["a border", "a border at the very end", "a height at the very end"],
)
def test_what_is_empty_far_below_is_no_row(write: Write) -> None:
    assert _grid(_book(write)) == [["here"]]


def test_a_formula_that_failed_is_an_empty_cell_and_no_number() -> None:
    def write(_: Any, page: Any) -> None:
        page.write_formula(0, 1, "=NA()", None, "#N/A")
        page.write_formula(0, 2, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
        page.write(0, 3, "behind")

    assert [cell or "" for cell in _grid(_book(write))[0]] == ["here", "", "", "behind"]


def test_days_counted_from_1904_are_the_days_that_are_shown() -> None:
    def write(book: Any, page: Any) -> None:
        page.write_datetime(0, 1, date(2026, 11, 20), book.add_format({"num_format": "yyyy-mm-dd"}))

    assert str(_grid(_book(write, date_1904=True))[0][1])[:10] == "2026-11-20"


def test_how_a_name_is_pronounced_is_no_part_of_it() -> None:
    named = _book(lambda _, page: page.write(0, 1, "百合测试"))
    guide = '<t>百合测试</t><rPh sb="0" eb="2"><t>BAI HE</t></rPh>'
    assert _grid(_with(named, ("<t>百合测试</t>", guide)))[0][1] == "百合测试"


def test_the_strict_form_of_the_format_is_read_too() -> None:
    strict = _with(
        _book(lambda _, page: page.write(0, 1, "百合")),
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip
    assert _grid(strict) == [["here", "百合"]]


def test_links_remarks_locks_filters_and_formulas_change_nothing_of_what_is_read() -> None:
    def write(_: Any, page: Any) -> None:
        page.write_url(0, 1, "https://example.com/", string="linked")
        page.write_comment(0, 0, "a remark")
        page.write_formula(0, 2, "=A1", None, "")
        page.write(0, 3, "behind")
        page.write(1, 0, "below")
        page.autofilter(0, 0, 1, 3)
        page.set_row(1, None, None, {"hidden": True})
        page.protect("secret")

    first, second = _grid(_book(write))
    assert [cell or "" for cell in first] == ["here", "linked", "", "behind"]
    assert second[0] == "below"

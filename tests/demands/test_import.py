"""Workbooks of demands: every fault told, nothing stored before it is clean, nothing made twice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from saas.demands.case.models import Demand
from saas.demands.doors.workbook.jobs import forget_imports, take_over
from saas.demands.doors.workbook.models import Import
from saas.demands.doors.workbook.rules import read_rows
from saas.demands.doors.workbook.words import ROWS
from saas.kernel import clock
from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.workbooks import cell_date, cell_text, plain
from saas.sheets import Given, Sheet, Unreadable, read_sheets, read_workbook
from tests.support import District, Visitor

ENGLISH = [
    "Your number", "Category", "Place", "What is the matter", "Exact spot", "Received on",
    "Caller's name", "Phone", "Hide the name",
]  # fmt: skip
ROW = [
    "A-1",
    "垃圾清运",
    "courtyard_one",
    "桶满了",
    "东门",
    "2026-11-02",
    "李阿姨",
    "13800138000",
    "",
]
Fill = Callable[[Any], None]


def _book(rows: Sequence[Sequence[Any]], *, head: Sequence[str] = ENGLISH, more: Fill | None = None,
          sheet: str = "list") -> bytes:  # fmt: skip
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, cells in enumerate([head, *rows]):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    page.write_datetime(number, column, cell, day)
                else:
                    page.write(number, column, cell)
        if more:
            more(page)
    return out.getvalue()


def _send(visitor: Visitor, data: bytes, name: str = "list.xlsx") -> Any:
    return visitor.post("/demands/import", file=(io.BytesIO(data), name))


def _confirm(district: District, visitor: Visitor) -> None:
    with district.work():
        token = session.scalars(sa.select(Import.token)).one()
    assert visitor.post("/demands/import/confirm", token=token).status_code == 302
    with district.app.test_request_context(), entering(district.tenant):
        take_over.run(token=token)


def _demands(district: District) -> list[Demand]:
    with district.work():
        found = list(session.scalars(sa.select(Demand).order_by(Demand.id)))
        for demand in found:
            session.expunge(demand)
    return found


def test_a_clean_workbook_is_looked_at_then_taken_over_and_never_twice(alpha: District) -> None:
    desk = alpha.client("street")
    book = _book([ROW, ["A-2", *ROW[1:]]])
    assert _send(desk, book).status_code == 302
    assert _demands(alpha) == [], "nothing before it is confirmed"
    assert "桶满了" in desk.get("/demands/import").text
    _confirm(alpha, desk)
    made = _demands(alpha)
    assert [(d.category, d.channel, d.spot) for d in made] == [("rubbish", "workbook", "东门")] * 2
    assert (made[0].caller_name, made[0].caller_phone) == ("李阿姨", "13800138000")
    assert made[0].received_on == date(2026, 11, 2)
    again = alpha.client("community")
    assert _send(again, book).status_code == 302, "another one's turn"
    again.get("/language/en")
    assert "0 new demands" in again.get("/demands/import").text
    assert _send(desk, book).status_code == 302
    assert len(_demands(alpha)) == 2


def test_what_the_template_gives_is_taken_as_it_is(alpha: District) -> None:
    desk = alpha.client("street")
    desk.get("/language/en")
    answer = desk.get("/demands/import/template")
    assert answer.status_code == 200
    sheets = {sheet.name: sheet.grid for sheet in read_workbook(io.BytesIO(answer.data))}
    assert sheets["Demands"][0] == ENGLISH
    empty = _send(desk, answer.data)
    assert empty.status_code == 422
    assert "no filled-in row" in empty.text


@pytest.mark.parametrize(
    "said", ["13800138000", 13800138000, "１３８００１３８０００", " 138 0013 8000 "]
)
@pytest.mark.parametrize(
    "day", ["2026-11-02", "2026/11/2", "2026年11月2日", 46328, date(2026, 11, 2), "20261102"]
)
def test_cells_are_read_as_people_write_them(alpha: District, said: object, day: object) -> None:
    desk = alpha.client("street")
    row = [" A-1 ", "　垃圾清运 ", "Courtyard one", " 桶满了\u200b ", "", day, "", said, "是"]
    assert _send(desk, _book([row])).status_code == 302, desk.get("/demands/import").text
    _confirm(alpha, desk)
    (made,) = _demands(alpha)
    assert made.words == "桶满了"
    assert made.received_on == date(2026, 11, 2)
    assert plain(made.caller_phone or "") == "13800138000"
    assert made.anonymous


def test_every_fault_is_told_with_its_place_and_nothing_is_kept(alpha: District) -> None:
    rows = [
        ["1", "无此类别", "courtyard_one", "一", "", "", "", "", ""],
        ["2", "垃圾清运", "no such place", "二", "", "", "", "", ""],
        ["3", "垃圾清运", "courtyard_one", "", "", "", "", "", ""],
        ["4", "垃圾清运", "courtyard_one", "四", "", "yesterday", "", "", ""],
        ["5", "垃圾清运", "courtyard_one", "五", "", "2999-01-01", "", "", ""],
        ["6", "垃圾清运", "courtyard_one", "六", "", "", "", "12", ""],
        ["7", "垃圾清运", "courtyard_one", "七", "", "", "", "", "perhaps"],
        ["8", "垃圾清运", "courtyard_one", "字" * 2001, "", "", "", "", ""],
        ["9", "垃圾清运", "courtyard_one", "九", "", "", "", "", ""],
        ["9", "垃圾清运", "courtyard_one", "九九", "", "", "", "", ""],
    ]
    desk = alpha.client("street")
    desk.get("/language/en")
    answer = _send(desk, _book(rows, more=lambda page: page.merge_range("A20:B21", "x")))
    assert answer.status_code == 422
    for number in (2, 3, 4, 5, 6, 7, 8, 9, 11, 20):
        assert f"list, row {number}<" in answer.text, number
    assert "13 things to mend" in answer.text
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count(Import.id))) == 0


def test_a_place_outside_the_reach_is_no_place(alpha: District) -> None:
    assert _send(alpha.client("courtyard"), _book([ROW])).status_code == 302
    row = [*ROW[:2], "compound_one", *ROW[3:]]
    assert _send(alpha.client("courtyard"), _book([row])).status_code == 422
    for who in ("resident", "auditor"):
        assert _send(alpha.client(who), _book([ROW])).status_code == 403


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _sheet_xml(cells: bytes) -> bytes:
    """A real workbook whose only sheet is swapped for one with these cells."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_book([]))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                head, tail = data.split(b"<sheetData>")[0], data.split(b"</sheetData>")[1]
                data = head + b"<sheetData>" + cells + b"</sheetData>" + tail
            target.writestr(member.filename, data)
    return out.getvalue()


def _swapped(book: bytes, members: dict[str, bytes]) -> bytes:
    """A workbook with other members in place of some of its own."""
    with zipfile.ZipFile(io.BytesIO(book)) as source:
        return _zipped({name: source.read(name) for name in source.namelist()} | members)


_KEPT = "xl/sharedStrings.xml"
_POINTS = _sheet_xml(b'<row r="1">' + b'<c t="s"><v>0</v></c>' * 100 + b"</row>")
_LONG = b"<t>" + b"y" * 900_000 + b"</t>"


def _copied(text: bytes, head: bytes = b"") -> bytes:
    """A hundred cells that point at the first of the texts that are kept."""
    return _swapped(_POINTS, {_KEPT: head + b"<sst>" + text + b"</sst>"})


def _lying() -> bytes:
    """A bomb that says of itself that it is small."""
    data = bytearray(_zipped({"xl/workbook.xml": b"0" * (60 * 1024 * 1024)}))
    real = (60 * 1024 * 1024).to_bytes(4, "little")
    for at in (data.find(real), data.rfind(real)):
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


_FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
_WIDE = b'<row r="1"><c r="XFD1"><v>1</v></c></row>'
HOSTILE = {
    "nothing": (b"", "nothing"),
    "text": ("编号,类别\n1,垃圾".encode(), "not_a_workbook"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_format"),
    "zip of something": (_zipped({"a.txt": b"a"}), "not_a_workbook"),
    "broken zip": (b"PK\x03\x04" + b"x" * 100, "damaged"),
    "bomb": (_zipped({"xl/workbook.xml": b"0" * (60 * 1024 * 1024)}), "too_much_inside"),
    "steep": (_zipped({"xl/workbook.xml": b"0" * (5 * 1024 * 1024)}), "too_much_inside"),
    "lying bomb": (_lying(), None),
    "many members": (
        _zipped({"xl/workbook.xml": b"", **{f"{n}": b"" for n in range(600)}}), "too_much_inside",
    ),
    "a cell far below": (_sheet_xml(_FAR), "too_many_rows"),
    "a cell far out": (_sheet_xml(_WIDE), "too_many_columns"),
    "cells without end": (_sheet_xml(b"<row>" + b"<c/>" * 500_000 + b"</row>"), "too_much_inside"),
    "one text in every cell": (_copied(b"<si>" + _LONG + b"</si>"), "too_much_inside"),
    "one text in pieces": (
        _copied(b"<!--<si>--><si><r>" + _LONG + b"</r></si><si/>"), "too_much_inside",
    ),
    "a text out of nothing": (
        _copied(b"<si><t>&a;</t></si>", b'<!DOCTYPE sst [<!ENTITY a "yyy">]>'), "damaged",
    ),
    "a sheet that says it is none": (
        _swapped(_POINTS, {"xl/sheet1.bin": b" " * 262_140 + b"<sheetData/>"}), "damaged",
    ),
    "hollow": (_zipped({"xl/workbook.xml": b"<workbook/>"}), "damaged"),
    "too large": (b"PK\x03\x04" + b"\0" * (5 * 1024 * 1024), "too_large"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_workbook_or_a_trap_is_refused_with_a_sentence(
    alpha: District, what: str
) -> None:
    data, key = HOSTILE[what]
    if data:
        with pytest.raises(Unreadable) as refused:
            read_workbook(io.BytesIO(data))
        assert key is None or refused.value.key == key
    answer = _send(alpha.client("street"), data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_formula_is_never_run_and_no_text_becomes_one(alpha: District) -> None:
    def more(page: Any) -> None:
        page.write_formula(1, 3, '=HYPERLINK("http://evil","x")', None, "来自公式的值")

    desk = alpha.client("street")
    row = ["A-1", "垃圾清运", "courtyard_one", "", "=1+1", "", "", "", ""]
    assert _send(desk, _book([row], more=more)).status_code == 302
    _confirm(alpha, desk)
    (made,) = _demands(alpha)
    assert (made.words, made.spot) == ("来自公式的值", "=1+1")


def test_five_thousand_rows_are_read_and_one_more_is_refused(alpha: District) -> None:
    rows = [[f"R{n}", *ROW[1:]] for n in range(5001)]
    desk = alpha.client("street")
    assert _send(desk, _book(rows)).status_code == 422
    assert _send(desk, _book(rows[:5000])).status_code == 302
    with alpha.work():
        assert session.scalars(sa.select(Import.total)).one() == 5000


def test_a_workbook_is_its_senders_alone_and_its_time_ends(alpha: District) -> None:
    desk = alpha.client("street")
    _send(desk, _book([ROW]))
    with alpha.work():
        held = session.scalars(sa.select(Import)).one()
        token, sealed = (
            held.token,
            session.execute(sa.text("SELECT rows FROM demand_imports")).scalar(),
        )
        assert "李阿姨".encode() not in bytes(sealed)
    other = alpha.client("community")
    assert other.post("/demands/import/confirm", token=token).status_code == 404
    assert "桶满了" not in other.get("/demands/import").text
    with clock.turned(timedelta(hours=3)):
        assert desk.post("/demands/import/confirm", token=token).status_code in {302, 404}
        with alpha.work():
            forget_imports.run()
            assert session.scalar(sa.select(sa.func.count(Import.id))) == 0
    assert _demands(alpha) == []


def test_what_is_not_wanted_is_forgotten(alpha: District) -> None:
    desk = alpha.client("street")
    _send(desk, _book([ROW]))
    assert desk.post("/demands/import/confirm", drop="1").status_code == 302
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count(Import.id))) == 0


# The reader of rows

_GIVEN = Given(
    date(2026, 11, 22),
    {
        "category": {"rubbish": "rubbish"}.get,
        "unit": lambda text: {"here": "here"}.get(plain(text)),
        "phone": lambda text: text,
        "flag": {"yes": True}.get,
    },
)
_HEAD = ["category", "unit", "words", "received_on", "reference"]
_CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.floats(), st.integers(), st.booleans(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(),
    st.sampled_from(["rubbish", "here", " ＨＥＲＥ ", "category", "unit"]),
)  # fmt: skip


@given(st.lists(st.lists(_CELLS, max_size=6), max_size=8))
def test_no_cell_breaks_the_reader_and_every_row_is_read_or_has_a_fault(grid: list) -> None:
    draft = read_sheets(
        [Sheet("s", [_HEAD, *grid], [])], [(ROWS, {plain(name): name for name in _HEAD})]
    )
    rows, faults = read_rows(draft.rows["rows"], _GIVEN)
    places = {row.row for row in rows}
    assert places.isdisjoint(fault.row for fault in faults)
    for row in rows:
        assert (row.category, row.unit) == ("rubbish", "here")
        assert row.words
        assert row.received_on is None or row.received_on <= _GIVEN.today


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_date_is_the_same_however_it_stands_there(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    moment = datetime.combine(day, datetime.min.time())
    ways = [day, moment, serial, float(serial), f"{day}", f"{day:%Y/%m/%d}", f"{day:%Y%m%d}"]
    ways += [f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}"]
    assert {cell_date(way) for way in ways} == {day}


@given(st.text())
def test_a_text_is_read_without_control_characters(text: str) -> None:
    read = cell_text(text)
    assert "\x00" not in read
    assert read == read.strip()


def test_a_number_that_lost_its_end_and_a_text_made_a_date_are_told(alpha: District) -> None:
    row = [20260305000123400, *ROW[1:4], date(2026, 3, 2), *ROW[5:]]
    desk = alpha.client("street")
    desk.get("/language/en")
    answer = _send(desk, _book([row]))
    assert answer.status_code == 422
    assert answer.text.count("was made a date or cut short") == 2


def test_a_number_that_stands_at_another_matter_is_told_and_nothing_is_passed_over(
    alpha: District,
) -> None:
    desk, other = alpha.client("street"), [*ROW]
    desk.get("/language/en")
    other[3], other[4], other[7] = "路灯不亮", "西门", "13800138009"
    twice = _send(desk, _book([ROW, other]))
    assert twice.status_code == 422
    assert "row 2 too, at another matter" in twice.text
    _send(desk, _book([ROW]))
    _confirm(alpha, desk)
    used = _send(desk, _book([other]))
    assert used.status_code == 422
    assert "stands at another demand here already" in used.text
    again = [*ROW]
    again[3] = "桶又满了"
    assert _send(desk, _book([again])).status_code == 302, "the same caller at the same spot"


def test_a_title_across_the_top_is_no_fault(alpha: District) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("list")
        page.merge_range("A1:I1", "诉求台账（2026年11月）")
        for number, cells in enumerate([ENGLISH, ROW], 1):
            page.write_row(number, 0, cells)
    assert _send(alpha.client("street"), out.getvalue()).status_code == 302

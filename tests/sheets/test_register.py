"""A third user of sheets: a register of three columns, whole in a few lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest

from saas import sheets
from saas.sheets import (
    CELL,
    FILE,
    Column,
    Given,
    Planned,
    Row,
    Table,
    found,
    read_workbook,
    receive,
    text,
)
from tests.support import District

KINDS = {"shop": "店铺", "school": "学校"}
TABLE = Table("register", "登记", (
    Column("code", "编号", 12, "", needed=True),
    Column("name", "名称", 20, "必填。", text(10), needed=True),
    Column("kind", "类别", 10, "", found("kind", "no_such_kind"), needed=True),
    Column("since", "成立日期", 12, "", sheets.past_day),
))  # fmt: skip
FAULTS = {**CELL, "no_such_kind": "没有这个类别"}
SENTENCES = {**FILE, "no_heading": "缺表头", "no_rows": "没有内容", "rows": "太多"}
GIVEN = Given(date(2026, 11, 22), {"kind": {name: key for key, name in KINDS.items()}.get})
HERE = {
    "a": {"code": "a", "name": "甲　1号", "kind": "店铺", "since": "2026-11-02"},
    "b": {"code": "b", "name": "乙", "kind": "学校"},
}


@pytest.fixture(autouse=True)
def request_(alpha: District) -> Iterator[None]:
    with alpha.app.test_request_context():
        yield


def _given_out(rows: dict[str, dict[str, str]]) -> bytes:
    page = sheets.page_of(TABLE, {("register", "kind"): tuple(KINDS.values())}, rows.values())
    return sheets.book_of([page], "说明", sheets.guide_of([page]), "选项")


def _states(data: bytes) -> list[tuple[str, int]]:
    _, draft = receive(io.BytesIO(data), [TABLE], SENTENCES)
    rows: list[Row] = draft.rows["register"]
    assert not [fault for row in rows for fault in row.values(GIVEN)[1]]
    plan = [sheets.compared(row, HERE.get(row.get("code"))) for row in rows]
    return [(state, len(changes)) for state, changes in plan]


def test_what_goes_out_comes_back_and_changes_nothing() -> None:
    assert _states(_given_out(HERE)) == [("same", 0), ("same", 0)]


def test_a_changed_cell_and_a_new_row_are_all_that_is_planned() -> None:
    rows = {**HERE, "b": {**HERE["b"], "name": "丙"}, "c": {**HERE["b"], "code": "c"}}
    assert _states(_given_out(rows)) == [("same", 0), ("change", 1), ("add", 0)]


def test_what_would_be_done_is_shown_before_and_after() -> None:
    rows = {"b": {**HERE["b"], "name": "丙"}, "c": {**HERE["b"], "code": "c"}}
    _, draft = receive(io.BytesIO(_given_out(rows)), [TABLE], SENTENCES)
    planned = [
        Planned(row, state, row.get("name"), changes)
        for row in draft.rows["register"]
        for state, changes in [sheets.compared(row, HERE.get(row.get("code")))]
    ]
    shown = sheets.preview_of(TABLE, planned, 10)
    assert (shown.added, shown.changed, shown.same) == (1, 1, 0)
    assert shown.lines[0].details[0].endswith("乙 → 丙")


def test_every_fault_stands_at_its_cell_in_the_marked_copy() -> None:
    wrong = {"a": {"code": "x", "name": "", "kind": "庙", "since": "2999-01-01"}}
    sent, draft = receive(io.BytesIO(_given_out(wrong)), [TABLE], SENTENCES)
    faults = draft.rows["register"][0].values(GIVEN)[1]
    shown = sheets.faults_of(faults, FAULTS, 10)
    assert [(line.row, line.column) for line in shown.lines] == [(2, "B"), (2, "C"), (2, "D")]
    assert shown.lines[1].text.endswith("没有这个类别")
    marked = sheets.marked_of([sent[-1]], [TABLE], faults, FAULTS, {}, "选项")
    assert read_workbook(io.BytesIO(marked))[0].grid[1][2] == "庙"

"""Sessions that were, as a workbook: in and out, every fault at its cell, no names; and what a
person-time cost.
"""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from saas import sheets
from saas.activities.models import Activity, Session
from saas.attendance import commands, workbook
from saas.attendance.commands import PastCount
from saas.attendance.measures import MEASURES
from saas.figures.counting import count_measures
from saas.figures.cut import Cut
from saas.kernel.db import session
from saas.rooms import commands as rooms
from saas.rooms import queries
from saas.sheets import receive
from tests.activities.making import actor_of, opened, past
from tests.attendance.making import begun, counted
from tests.support import District, Visitor

_PATH = "/console/activities/workbook"
_NEW = {
    "street": "street_one", "title": "重阳敬老", "place": "桂圆院坝", "on": "2020-10-25",
    "start": "14:30", "end": "16:00", "adult": "12", "elder": "30", "listed": "3",
}  # fmt: skip


def _book(*rows: dict[str, str]) -> bytes:
    return sheets.book_of([sheets.page_of(workbook.TABLE, {}, rows)], "x", [], "Lists")


def _looked(alpha: District, *rows: dict[str, str]) -> tuple[list[Any], list[Any]]:
    _sheets, draft = receive(io.BytesIO(_book(*rows)), [workbook.TABLE], workbook.FILE)
    return workbook.looked_at(draft.rows["past_sessions"], actor_of(alpha, "street"))


def _faults(alpha: District, **other: str) -> set[tuple[str, str]]:
    _planned, faults = _looked(alpha, _NEW | other)
    return {(one.column, one.key) for one in faults}


def _street(alpha: District) -> dict[str, str]:
    return {"street": alpha.unit("street").code}


def test_the_342_and_their_likes_go_out_and_in_and_nothing_changes(alpha: District) -> None:
    with alpha.work():
        number = past(alpha)
        commands.take_over([PastCount("past0", 7, {"child": 20})], actor=actor_of(alpha, "street"))
        rows = workbook.filled(actor_of(alpha, "street"))
        assert len(rows) == number >= 342
        planned, faults = _looked(alpha, *rows)
        assert faults == []
        assert {one.state for one in planned} == {"same"}
        assert len(planned) == number


def test_new_rows_become_closed_sessions_with_counts_and_one_activity(alpha: District) -> None:
    with alpha.work():
        room = opened(alpha).room
        street, place, there = _street(alpha)["street"], room.name["zh"], room.id
    first = _NEW | {"street": street}
    second = first | {"on": "2020-10-26", "place": place, "child": "5", "start": "9:30"}
    desk = alpha.client("street")
    assert desk.get(f"{_PATH}/file").status_code == 200
    page = _send(desk, _book(first, second))
    assert "重阳敬老" in page
    rows = re.search(r'name="rows" value="([^"]+)"', page)
    assert rows
    for _ in ("pressed", "pressed once more"):
        assert desk.post(f"{_PATH}/confirm", form=_PATH, rows=rows[1]).status_code == 302
    with alpha.work():
        found = session.scalars(sa.select(Session).order_by(Session.starts_at)).all()
        assert [one.state for one in found] == ["closed", "closed"]
        assert [one.room_id for one in found] == [None, there]
        assert session.scalar(sa.select(sa.func.count()).select_from(Activity)) == 1
        got = workbook.filled(actor_of(alpha, "street"))
        assert [(row["listed"], row["adult"], row["elder"], row["child"]) for row in got] == [
            ("3", "12", "30", ""), ("3", "12", "30", "5"),
        ]  # fmt: skip
        assert {"name", "phone"} & {column.key for column in workbook.TABLE.columns} == set()
    again = _send(desk, _book(first), 422)
    assert "已经有了" in again, "the same once more is refused at its cell"


def _send(desk: Visitor, book: bytes, status: int = 200) -> str:
    file = FileStorage(io.BytesIO(book), "book.xlsx")
    answer = desk.post(_PATH, form=_PATH, file=(file.stream, "book.xlsx"))
    assert answer.status_code == status, answer.text[:2000]
    return answer.text


def test_every_fault_stands_at_its_cell(alpha: District) -> None:
    with alpha.work():
        here = _street(alpha)
        assert _faults(alpha, **here) == set()
        head = {column.key: str(column.heading) for column in workbook.TABLE.columns}
        for cell, value, key in (
            ("street", "nowhere", "no_street"), ("start", "half past", "no_time"),
            ("end", "13:00", "ends"), ("on", "2999-01-01", "in_the_future"),
            ("adult", "many", "no_number_of"), ("elder", "5001", "no_number_of"),
            ("kind", "nonsense", "no_kind"), ("number", "nobody", "no_session"),
        ):  # fmt: skip
            assert (head[cell], key) in _faults(alpha, **here | {cell: value}), cell
        _planned, twice = _looked(alpha, _NEW | here, _NEW | here)
        assert [one.key for one in twice] == ["twice"]


def test_what_is_written_down_is_not_changed_by_a_workbook(alpha: District) -> None:
    with alpha.work():
        past(alpha)
        row = workbook.filled(actor_of(alpha, "street"))[0]
        for other in ({"adult": "10"}, {"title": "别的"}):
            _planned, faults = _looked(alpha, row | other)
            assert [one.key for one in faults] == ["fixed"], other


def test_who_does_not_work_there_gets_no_list(alpha: District, beta: District) -> None:
    with alpha.work():
        past(alpha)
    for who in ("resident", "auditor", None):
        assert alpha.client(who).get(f"{_PATH}/file").status_code != 200
    with beta.work():
        assert workbook.filled(actor_of(beta, "street")) == []


def test_a_person_time_costs_what_was_spent_over_who_came_and_unknown_is_not_0(
    alpha: District,
) -> None:
    known = {one.code: one for one in MEASURES}["attendance_cost"]
    with alpha.work():
        cut = Cut((alpha.unit("root").path,))
        assert count_measures([known], cut) == {}, "nothing is known"
    page = alpha.client().get("/figures").text
    assert 'data-measure="attendance_cost"' not in page, "never 0"
    assert "不清楚：没有记录花费" in page
    with alpha.work():
        street, actor = alpha.unit("street"), actor_of(alpha, "admin")
        counted(alpha, begun(alpha), adult=40)
        assert count_measures([known], cut) == {}, "nobody wrote down what was spent"
        venue = rooms.add_venue(street, name={"zh": "支持中心"}, facts={}, actor=actor)
        for amount in ("900.00", "100.00"):
            rooms.add_spending(street, venue, on=date(2020, 5, 1), what="装修", source="财政",
                               amount_yuan=Decimal(amount), actor=actor)  # fmt: skip
        assert count_measures([known], cut) == {"attendance_cost": Decimal(25)}
        wrong = max(one.id for one in _spent(venue))
        rooms.void_spending(street, venue, wrong, actor=actor)
        assert count_measures([known], cut) == {"attendance_cost": Decimal("22.5")}
    assert "22.50" in alpha.client().get("/figures").text


def _spent(venue: Any) -> Any:
    return queries.spendings_of(venue)

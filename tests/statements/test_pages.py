"""Statements through the doors that people use; a planted name that must appear nowhere else."""

from __future__ import annotations

import csv
import io
import logging
import re
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from saas import sheets
from saas.funds.models import Gift
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.statements import queries, workbook
from saas.statements.models import Month
from tests.statements.making import (
    JULY,
    JUNE,
    banked,
    by_bank,
    closed,
    match,
    read,
    sure,
)
from tests.support import District, Visitor, form_on

PLANTED = "欧阳植名"
_NEW = "/funds/statements/new"
_ROWS = (
    {"on": "2026-06-03", "came": "50", "after": "60", "reference": "S-1", "words": PLANTED},
    {"on": "2026-06-09", "went": "0.50", "after": "59.50", "reference": "", "words": "手续费"},
)
_ASKED = {"month": "2026-06", "opening": "10.00", "closing": "59.50"}


def _open(page: Visitor, path: str, status: int = 200) -> str:
    answer = page.get(path)
    assert answer.status_code == status, answer.text[:3000]
    return answer.text


def _book(*rows: dict[str, str]) -> bytes:
    return sheets.book_of([sheets.page_of(workbook.TABLE, {}, rows)], "x", [], "Lists")


def _send(desk: Visitor, data: bytes, name: str = "june.xlsx", **asked: str) -> Any:
    return desk.post(_NEW, form=_NEW, file=(io.BytesIO(data), name), **{**_ASKED, **asked})


def _sealed(text: str) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', text)
    assert found, text[:3000]
    return found[1]


def test_a_workbook_is_looked_at_and_taken_over_once(alpha: District) -> None:
    desk = alpha.client("street")
    assert desk.get(f"{_NEW}/file").status_code == 200
    page = _send(desk, _book(*_ROWS))
    assert page.status_code == 200, page.text[:3000]
    with alpha.work():
        assert not session.scalar(sa.select(Month.id)), "nothing is stored before"
    for _ in ("pressed", "pressed once more"):
        desk.post(f"{_NEW}/confirm", form=_NEW, rows=_sealed(page.text))
    with alpha.work():
        (month,) = queries.months()
        assert [one.amount for one in queries.lines_of(month)] == [50, Decimal("-0.50")]
        assert queries.party_of(queries.line_of(month, 1)) == PLANTED
    again = _send(desk, _book(*_ROWS))
    assert again.status_code == 422
    assert "已经导入" in again.text
    assert "2026-06" in _open(desk, "/funds/statements")


def test_a_file_of_the_bank_is_read_as_it_is(alpha: District) -> None:
    lines = [
        ["账号", "6222"],
        ["交易日期", "贷方发生额", "借方发生额", "账户余额", "交易流水号", "对方户名"],
        ["20260603", "50.00", "0.00", "60.00", "S-1", PLANTED],
        ["2026-06-09 10:20:30", "", "0.50", "59.50", "", "手续费"],
    ]  # fmt: skip
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    desk = alpha.client("street")
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        page = _send(desk, text.getvalue().encode(encoding), "june.csv")
        assert page.status_code == 200, (encoding, page.text[:3000])
        assert "+50.00" in page.text
    assert _send(desk, b"\x00\x01\x02", "june.csv").status_code == 422
    assert _send(desk, b"", "june.csv").status_code == 422


@pytest.mark.parametrize(("wrong", "said"), [
    ({"came": "-50"}, "小于 0"), ({"came": "0.005"}, "不是金额"), ({"after": "61"}, "对不上"),
    ({"on": "2026-07-03"}, "不在对账单的月份"), ({"on": "2999-06-03"}, "在今天之后"),
    ({"on": "x"}, "日期"),
    ({"went": "50"}, "只填一列"), ({"came": ""}, "只填一列"), ({"after": ""}, "没有填写"),
])  # fmt: skip
def test_every_fault_stands_at_its_cell_and_nothing_is_stored(
    alpha: District, wrong: dict[str, str], said: str
) -> None:
    page = _send(alpha.client("street"), _book(_ROWS[0] | wrong, _ROWS[1]))
    assert page.status_code == 422
    assert said in page.text
    assert PLANTED not in page.text
    with alpha.work():
        assert not session.scalar(sa.select(Month.id))


@pytest.mark.parametrize(("asked", "at"), [
    ({"closing": "59.51"}, "closing"), ({"opening": "-1"}, "opening"),
    ({"month": "2999-01"}, "month"),
    ({"month": ""}, "month"), ({"closing": "59.505"}, "closing"),
])  # fmt: skip
def test_what_stands_on_the_paper_must_fit(alpha: District, asked: dict[str, str], at: str) -> None:
    page = _send(alpha.client("street"), _book(*_ROWS), **asked)
    assert page.status_code == 422
    assert f'id="e-{at}"' in page.text


def test_lines_are_said_and_the_month_is_closed_through_the_pages(alpha: District) -> None:
    with alpha.work():
        banked(alpha, "S-1", "50")
        made = by_bank(alpha, "8", 9)
        gift, code = made.id, made.code
        read(alpha, (3, "50", "S-1"), (9, "8", "B"), (10, "3", "C"), (30, "-0.50", ""))
    street, admin, home = alpha.client("street"), alpha.client("admin"), "/funds/statements/2026-06"
    page = _open(street, home)
    assert "一次核对2笔" in page
    assert street.post(f"{home}/sure", form=home).status_code == 302
    line = f"{home}/rows/3"
    sent = form_on(_open(street, f"{line}/gift"), f"{line}/gift")
    for missing in ("purpose", "shown_as"):
        given = {"purpose": "elders", "shown_as": "anonymous"} | {missing: ""}
        silent = street.post(f"{line}/gift", **{**sent, **given})
        assert silent.status_code == 422
        assert f'id="e-{missing}"' in silent.text
    taken = street.post(f"{line}/gift", **{**sent, "shown_as": "anonymous", "purpose": "elders"})
    assert "/funds/gift/" in taken.headers["Location"]
    assert street.post(f"{home}/rows/4", form=line, kind="interest").status_code == 422
    assert street.post(f"{home}/rows/4", form=line, kind="fee").status_code == 302
    assert f"/funds/gift/{code}" in _open(street, f"{home}/rows/2"), "from a line to what it is"
    assert street.post(f"{home}/rows/2/back", form=line, reason="认错").status_code == 302
    assert "认错" in _open(street, home)
    street.post(f"{home}/close", form=home)
    assert "未对账" in _open(street, home), "who matched cannot close"
    assert street.post(f"{home}/rows/2", form=line, thing=f"gift:{gift}").status_code == 302
    assert "已与托管方" not in _open(alpha.client(), "/funds")
    admin.post(f"{home}/close", form=home)
    assert "已对账" in _open(street, home)
    assert "核对至2026-06-30" in _open(alpha.client(), "/funds")
    text = street.get(f"{home}/file.csv").data.decode("utf-8-sig")
    _title, _head, *rows = csv.reader(io.StringIO(text))
    assert sum(Decimal(row[4]) for row in rows) == Decimal(rows[-1][5]) == Decimal("60.50")


def test_what_is_on_its_way_is_said_for_what_was_ticked(alpha: District) -> None:
    with alpha.work():
        banked(alpha, "S-1", "50", day=30)
        read(alpha)
    street, home = alpha.client("street"), "/funds/statements/2026-06"
    assert "S-1" in _open(street, home)
    street.post(f"{home}/wait", form=home, words="明天到账")
    with alpha.work():
        assert not queries.waits_of(queries.month_of("2026-06"))
    street.post(f"{home}/wait", form=home, **{"things[]": "slip:S-1", "words": "明天到账"})
    with alpha.work():
        month = queries.month_of("2026-06")
        assert queries.waits_of(month) == {"slip:S-1": "明天到账"}
        closed(alpha, month)


def test_who_stands_on_the_other_side_is_read_at_the_line_alone(
    alpha: District, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with alpha.work():
        by_bank(alpha, "5", 3)
        month = read(alpha, (3, "5", "B-1"), (4, "1", "B-2"), words=PLANTED)
        assert sure(alpha, month) == 1
        match(alpha, month, 2, kind="interest")
    every, admin = "/funds/statements", alpha.client("admin")
    home = f"{every}/2026-06"
    for path in (every, home, f"{home}/file.csv", f"{every}?as=csv", "/audit", "/funds", "/work",
                 f"/api/v1{every}", f"/api/v1{home}"):  # fmt: skip
        assert PLANTED not in admin.get(path).text, path
    for sheet in sheets.read_workbook(io.BytesIO(admin.get("/funds/statements?as=xlsx").data)):
        assert PLANTED not in str(sheet.grid)
    for path in (f"/search?q={PLANTED}", f"/funds/statements?q={PLANTED}"):
        assert PLANTED not in admin.get(path).text.replace(f'value="{PLANTED}"', "").replace(
            f"“{PLANTED}”", "")  # fmt: skip
    assert PLANTED in _open(admin, f"{home}/rows/1"), "who matches sees it at the line"
    with alpha.work():
        entries = session.execute(sa.select(AuditEntry)).scalars().all()
        assert not any(PLANTED in str(vars(one)) for one in entries)
        closed(alpha, queries.month_of("2026-06"))
    assert PLANTED not in caplog.text
    for who in ("keeper", "resident", "auditor", None):
        assert alpha.client(who).get(f"{home}/rows/1").status_code != 200


def test_the_same_references_in_two_districts_never_meet(alpha: District, beta: District) -> None:
    for one in (alpha, beta):
        with one.work():
            by_bank(one, "5", 3)
            month = read(one, (3, "5", "B-1"), words=PLANTED)
    with alpha.work():
        month = queries.month_of("2026-06")
        assert sure(alpha, month) == 1
        closed(alpha, month)
    with beta.work():
        month = queries.month_of("2026-06")
        assert month.month == JUNE
        assert queries.matches([one.id for one in queries.lines_of(month)]) == {}
        assert queries.closing_of(month) is None
        assert sure(beta, month) == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(Gift)) == 1


def test_the_start_page_says_what_is_not_reconciled(alpha: District) -> None:
    with alpha.work():
        by_bank(alpha, "5", 3)
    assert "2026-10的对账单还没有导入" in _open(alpha.client("street"), "/work")
    with alpha.work():
        read(alpha)
    page = _open(alpha.client("street"), "/work")
    assert "2026-06尚未对账" in page
    assert "还没有导入" not in page, "the book has nothing since then"
    with alpha.work():
        by_bank(alpha, "5", 3, JULY)
    page = _open(alpha.client("street"), "/work")
    assert "2026-07的对账单还没有导入" in page
    found = alpha.client("street").get("/search?q=2026-06")
    assert "/funds/statements/2026-06" in found.text


def test_what_stays_confirmed_without_its_line_stands_over_the_months(alpha: District) -> None:
    with alpha.work():
        gift = by_bank(alpha, "5", 3)
        month = read(alpha, (3, "5", "a"))
        match(alpha, month, 1, thing=f"gift:{gift.id}")
        number, code = gift.number, gift.code
    desk = alpha.client("street")
    assert f"№ {number}" not in _open(desk, "/funds/statements")
    back = "/funds/statements/2026-06/rows/1"
    assert desk.post(f"{back}/back", form=back, reason="认错了").status_code == 302
    page = _open(desk, "/funds/statements")
    assert f"№ {number}" in page
    assert f"/funds/gift/{code}" in page

"""Visits through the doors that people use."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest

from saas.kernel import clock
from saas.sheets import read_workbook
from saas.visits import commands, jobs, queries
from tests.bookings.making import on
from tests.support import District, Visitor
from tests.visits.making import PDF, act, asked, checked, confirmed, in_days


def _letter() -> tuple[io.BytesIO, str]:
    return io.BytesIO(PDF), "letter.pdf"


def _open(page: Visitor, path: str, status: int = 200) -> str:
    answer = page.get(path)
    assert answer.status_code == status, answer.text[:3000]
    return answer.text


def _asks(alpha: District, **given: Any) -> dict[str, Any]:
    with alpha.work():
        day = f"{in_days(3):%Y-%m-%d}"
    return {
        "from_org": "邻县社会工作部", "level": "peers", "guests_n": "12", "purpose": "学习",
        "day": day, "start": "09:00", "end": "12:00", "contact_name": "李同志",
        "contact_phone": "13900139333", "submission": "a-delegation-asks-1", **given,
    }  # fmt: skip


def test_a_delegation_asks_on_a_phone_and_comes_back_with_its_slip(alpha: District) -> None:
    guest = alpha.client()
    assert "凭公函" in _open(guest, "/visits/ask")
    wrong = guest.post("/visits/ask", **_asks(alpha, end="08:30", contact_phone="12"))
    assert wrong.status_code == 422
    assert 'id="e-end"' in wrong.text
    made = guest.post("/visits/ask", **_asks(alpha), letter=_letter())
    assert made.status_code == 302, made.text
    code = made.headers["Location"].split("/")[-2]
    again = guest.post("/visits/ask", **_asks(alpha))
    assert code in again.headers["Location"]
    slip = _open(guest, f"/visits/{code}/slip?made=1")
    assert "李同志" not in slip
    assert "邻县" not in slip
    page = _open(guest, f"/visits/{code}")
    assert "13900139333" in page
    assert guest.get(f"/visits/{code}/letter/1").status_code in (302, 401, 403, 404)
    changed = guest.post(f"/visits/{code}/change", **_asks(alpha, guests_n="20"))
    assert changed.status_code == 302, changed.text
    other = alpha.client()
    _open(other, f"/visits/{code}", 404)
    assert other.post("/visits/find", form="/visits/find", code="ABCDE").status_code == 422
    found = other.post("/visits/find", form="/visits/find", code=code.lower())
    assert found.status_code == 302
    assert other.post(f"/visits/{code}", verb="cancel", reason="改期").status_code == 302
    assert "来访方已取消" in _open(guest, f"/visits/{code}")


def test_who_asked_reads_no_note_and_no_words_of_the_party_secretary(alpha: District) -> None:
    with alpha.work():
        visit = checked(alpha)
        act(alpha, visit, "note", reason="带队的是老熟人")
        code = visit.code
    guest = alpha.client()
    assert guest.get(f"/visits/open/{code}").status_code == 302
    page = _open(guest, f"/visits/{code}")
    assert "公函已核对" in page
    for words in ("书记同意", "老熟人", "alpha street"):
        assert words not in page
        assert words in _open(alpha.client("street"), f"/visits/{code}")


def test_so_many_may_be_asked_for_from_one_address(alpha: District) -> None:
    guest = alpha.client()
    for number in range(5):
        made = guest.post("/visits/ask", **_asks(alpha, submission=f"a-delegation-no-{number:03}"))
        assert made.status_code == 302, made.text
    assert guest.post("/visits/ask", **_asks(alpha)).status_code == 429


def test_the_office_checks_lays_confirms_and_follows_up(alpha: District) -> None:
    with alpha.work():
        visit = asked(alpha, letter_no="")
        code, guide = visit.code, str(alpha.people["community"])
    street = alpha.client("street")
    assert code in _open(street, "/console/visits?state=asked")
    assert code in _open(street, "/console/visits/week")
    here = f"/visits/{code}"
    bare = street.post(here, verb="check", letter_no="〔2026〕7号")
    assert bare.status_code == 422
    assert "请附上公函" in bare.text
    assert (
        street.post(here, verb="check", letter_no="〔2026〕7号", letter=_letter()).status_code
        == 302
    )
    assert street.get(f"{here}/letter/1").data == PDF
    _open(street, f"{here}/stops/new")
    early = street.post(f"{here}/stops/new", start="09:00", end="09:00", place="桂苑", guide=guide)
    assert 'id="e-end"' in early.text
    given = {"start": "09:00", "end": "09:30", "place": "桂苑", "guide": guide}
    assert street.post(f"{here}/stops/new", **given).status_code == 302
    assert "要留一站" in _open(street, here)
    own = {"start": "09:30", "end": "10:00", "chosen": "1", "guide": guide}
    assert street.post(f"{here}/stops/new", **own).status_code == 302
    assert street.post(f"{here}/stops/1", **given | {"place": "桂苑1号院"}).status_code == 302
    assert street.post(here, verb="confirm").status_code == 302
    with alpha.work():
        ahead = on(3, 9, 10) - clock.now()
        day = queries.by_slip(code).day_code  # type: ignore[union-attr]
    with clock.turned(ahead):
        guests = alpha.client()
        assert "现在：桂苑1号院" in _open(guests, f"/visits/v/{day}")
        said = {"choose": {"place": "茶馆"}, "ask": {"words": "钱从哪里来？"},
                "rate": {"useful": "5", "missing": "想看账本"}}  # fmt: skip
        for what, given in said.items():
            assert guests.post(f"/visits/v/{day}/{what}", **given).status_code == 302
        page = _open(guests, f"/visits/v/{day}")
        assert "茶馆" in page
        assert "李同志" not in page
        mine = alpha.client("community")
        assert "邻县社会工作部" in _open(mine, "/visits/today")
        assert "13900139333" not in _open(mine, here)
        question = re.search(r"/questions/(\d+)", _open(mine, here))
        assert question
        assert mine.post(f"{here}{question[0]}", answer="社区基金。").status_code == 302
        assert mine.post(here, verb="hold").status_code == 302
        public = street.post(f"{here}{question[0]}", answer="社区基金。", publish="1")
        assert public.status_code == 302
        assert "社区基金。" in _open(guests, "/visits/questions")
        wrong = street.post(f"{here}/guests", guests="李某", escorts_n="3")
        assert "每行一位" in wrong.text
        assert (
            street.post(f"{here}/guests", guests="李某，副部长", escorts_n="3").status_code == 302
        )
        street.post(f"{here}/costs", what="工作餐", yuan="360.50")
        assert street.post(here, verb="follow").status_code == 302
    shown = _open(street, f"{here}/list")
    assert "360.50" in shown
    assert "李某" in shown
    assert "不上酒" in shown
    book = read_workbook(io.BytesIO(street.get(f"{here}/list?as=xlsx").data))
    cells = {str(cell) for sheet in book for row in sheet.grid for cell in row}
    assert {"李某", "360.50", "〔2026〕7号"} <= cells
    assert "想看账本" in _open(street, here)


def test_the_day_is_opened_by_its_code_alone_once_it_is_confirmed(alpha: District) -> None:
    with alpha.work():
        early, sure = asked(alpha).day_code, confirmed(alpha).day_code
    guest = alpha.client()
    _open(guest, f"/visits/v/{early}", 404)
    _open(guest, "/visits/v/ABCDEFGHJK", 404)
    assert "客人自选" in _open(guest, f"/visits/v/{sure.lower()}")


@pytest.mark.parametrize("who", ["auditor", "courtyard", "resident", "keeper", "community"])
def test_who_does_not_work_on_visits_sees_none(alpha: District, who: str) -> None:
    with alpha.work():
        code = asked(alpha).code
    client = alpha.client(who)
    _open(client, f"/visits/{code}", 404)
    assert client.get("/console/visits").status_code == 403
    assert client.get(f"/visits/{code}/list").status_code == 403


def test_the_start_page_says_what_waits_and_whom_one_guides(alpha: District) -> None:
    with alpha.work():
        asked(alpha)
        confirmed(alpha)
        ahead = on(3, 8) - clock.now()
    assert "待核对的来访申请" in _open(alpha.client("street"), "/work")
    with clock.turned(ahead):
        assert "今天我讲解" in _open(alpha.client("community"), "/work")


def test_the_night_forgets_who_was_here(alpha: District) -> None:
    with alpha.work():
        visit = confirmed(alpha)
        commands.set_guests(visit, guests=[("李某", "副部长")], actor=alpha.actor("street"))
        code, ahead = visit.code, timedelta(days=94)
    with clock.turned(ahead):
        with alpha.work():
            commands.forget_guests()
        page = _open(alpha.client("street"), f"/visits/{code}/list")
        assert "李某" not in page
        assert "已清除" in page
        assert "13900139333" not in _open(alpha.client("street"), f"/visits/{code}")
    assert jobs.forget

"""Goods through the doors that people use; a planted name that must appear nowhere."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.goods import queries
from saas.goods.models import Giver, Goods
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.kernel.shortcodes import shown_code
from tests.goods.making import answered, asked, came, given, voided
from tests.support import District, Visitor, form_on

PLANTED = "欧阳植名"
_NEW = "/console/funds/goods/new"


def _open(page: Visitor, path: str, status: int = 200) -> str:
    answer = page.get(path)
    assert answer.status_code == status, answer.text[:3000]
    return answer.text


def _milk(keeper: Visitor, **more: str) -> dict[str, str]:
    return {**form_on(_open(keeper, _NEW), _NEW), "what": "纯牛奶", "kind": "food",
            "quantity": "20", "unit": "box", "condition": "new", "source": "invoice",
            "worth": "1200.50", "place": "爱心库房", "purpose": "elders",
            "best_before": "2027-01-31", **more}  # fmt: skip


def test_goods_at_the_desk_give_a_receipt_that_everybody_can_look_up(alpha: District) -> None:
    keeper, guest = alpha.client("keeper"), alpha.client()
    milk = _milk(keeper)
    table = {"purpose": "", "worth": "0.005", "quantity": "1.5", "best_before": "", "what": " "}
    for field, text in table.items():
        wrong = keeper.post(_NEW, **{**milk, field: text})
        assert wrong.status_code == 422
        assert f'id="e-{field}"' in wrong.text, field
    made, again = keeper.post(_NEW, **milk), keeper.post(_NEW, **milk)
    assert made.status_code == 302, made.text
    assert made.headers["Location"] == again.headers["Location"]
    code = made.headers["Location"].split("/")[-1].partition("?")[0]
    page = _open(guest, f"/funds/goods/{code.lower()}")
    assert "纯牛奶" in page
    assert "20 箱" in page
    assert "1,200.50 元" in page
    assert "不是钱款" in page
    found = guest.post("/funds/find", form="/funds/find", code=shown_code(code))
    assert found.headers["Location"].endswith(f"/funds/goods/{code}")
    assert guest.get("/console/funds/goods").status_code == 302


def test_a_receipt_says_what_a_gift_did_and_not_to_which_few(alpha: District) -> None:
    with alpha.work():
        goods, wrong = came(alpha, 10), came(alpha, 10)
        given(alpha, goods, 6, words_="重阳慰问")
        given(alpha, goods, 1, words_="临时救急", heads=1)
        voided(alpha, wrong)
        code, void = goods.code, wrong.code
    page = _open(alpha.client(), f"/funds/goods/{code}")
    assert "已发放（共 10 袋）" in page
    assert "7 袋" in page
    assert "重阳慰问 · 6 户" in page
    assert "临时救急" not in page
    assert "此凭条已作废" in _open(alpha.client(), f"/funds/goods/{void}")
    everybody = _open(alpha.client(), "/funds/goods")
    assert "重阳慰问" in everybody
    assert "临时救急" not in everybody
    assert code not in everybody, "a code is for who has the receipt"
    assert "/funds/goods" in _open(alpha.client(), "/funds")


def test_who_keeps_goods_gives_out_asks_and_another_confirms(alpha: District) -> None:
    keeper, street = alpha.client("keeper"), alpha.client("street")
    with alpha.work():
        code = came(alpha, 10).code
    home = f"/console/funds/goods/{code}"
    out = {"quantity": "4", "words": "困难家庭", "heads": "4", "heads_as": "household"}
    form = f"{home}/out"
    too_many = keeper.post(form, form=form, **{**out, "quantity": "11"})
    assert too_many.status_code == 422
    assert "只剩 10 袋" in too_many.text
    assert "困难家庭" in too_many.text, "nothing that was typed is lost"
    assert "不写姓名" in too_many.text
    assert keeper.post(form, form=form, **out).status_code == 302
    form = f"{home}/off"
    assert keeper.post(form, form=form, quantity="2", why="spoiled",
                       words="受潮").status_code == 302  # fmt: skip
    with alpha.work():
        (one,) = queries.asked(queries.goods_by_code(code))
        answer = f"{home}/asked/{one.id}"
    assert "由另一个人确认" in _open(keeper, home)
    keeper.post(answer, form=form, confirm="1")
    assert "6 袋" in _open(keeper, home)
    assert "受潮" in _open(street, home)
    street.post(answer, form=home, confirm="1")
    page = _open(keeper, home)
    assert "4 袋" in page
    assert "作废这一笔" not in page, "some of it was given out"
    _open(keeper, f"{home}/nothing", 404)
    assert "2026" in keeper.get("/console/funds/goods?as=csv").text


def test_what_is_past_its_day_stands_red_on_the_list_and_on_the_start_page(
    alpha: District,
) -> None:
    with alpha.work():
        old = came(alpha, 3, best_before=clock.today() - timedelta(days=1), what="旧牛奶")
        came(alpha, 3, what="新大米")
        asked(alpha, old)
    keeper = alpha.client("keeper")
    page = _open(keeper, "/console/funds/goods?due=past")
    assert "旧牛奶" in page
    assert "新大米" not in page
    assert "已过保质期" in page
    assert "旧牛奶" in _open(keeper, "/console/funds/goods?waits=1")
    assert "/console/funds/goods?due=past" in _open(keeper, "/work")


def test_the_name_of_a_giver_appears_nowhere(
    alpha: District, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keeper, admin = alpha.client("keeper"), alpha.client("admin")
    made = keeper.post(_NEW, **_milk(keeper, name=PLANTED, phone="13800000000"))
    code = made.headers["Location"].split("/")[-1].partition("?")[0]
    with alpha.work():
        goods = queries.goods_by_code(code)
        given(alpha, goods, 6)
        answered(alpha, goods, asked(alpha, goods))
    for page, path in (
        (alpha.client(), f"/funds/goods/{code}"), (alpha.client(), "/funds/goods"),
        (admin, f"/console/funds/goods/{code}"), (admin, "/console/funds/goods"),
        (admin, f"/search?q={PLANTED}"), (admin, "/audit"),
        (admin, "/console/funds/goods?as=csv"),
    ):  # fmt: skip
        text = _open(page, path).replace(f'value="{PLANTED}"', "")
        assert "13800000000" not in text
        if "/search" not in path:
            assert PLANTED not in text, path
    assert code not in _open(admin, f"/search?q={PLANTED}")
    assert f"/console/funds/goods/{code}" in _open(admin, f"/search?q={code}")
    with alpha.work():
        rows = session.scalars(sa.select(AuditEntry)).all()
        assert PLANTED not in repr([vars(one) for one in rows])
        assert session.scalar(sa.select(Giver.name)) == PLANTED, "sealed, and still there"
        stored = session.execute(sa.text("SELECT name FROM goods_givers")).scalar()
        assert PLANTED.encode() not in bytes(stored or b"")
    assert PLANTED not in caplog.text


def test_a_neighbour_sees_nothing_of_it(alpha: District, beta: District) -> None:
    with alpha.work():
        code = came(alpha, 10, what="邻区大米").code
    _open(alpha.client(), f"/funds/goods/{code}")
    for path in (f"/funds/goods/{code}", f"/console/funds/goods/{code}"):
        _open(beta.client("street"), path, 404)
    guest = beta.client()
    assert guest.post("/funds/find", form="/funds/find", code=code).status_code == 422
    for path in ("/funds/goods", "/console/funds/goods"):
        assert "邻区大米" not in _open(beta.client("street"), path)
    with beta.work():
        assert session.scalar(sa.select(sa.func.count()).select_from(Goods)) == 0


def test_the_interface_gives_goods_and_their_totals(alpha: District) -> None:
    with alpha.work():
        goods = came(alpha, 10)
        given(alpha, goods, 4)
    street = alpha.client("street")
    (one,) = street.get("/api/v1/funds/goods?state=there").get_json()["items"]
    assert (one["came"], one["given_out"], one["left"], one["worth"]) == (10, 4, 6, None)
    (total,) = street.get("/api/v1/funds/goods/totals").get_json()["items"]
    assert (total["came"], total["out"], total["left"]) == (10, 4, 6)
    assert alpha.client("resident").get("/api/v1/funds/goods").status_code == 403

"""The fund's committee: an evening with somebody who steps aside, seen on the public page at last;
an inspector follows any yuan; an administrator finds no way to change what is booked.
"""

from __future__ import annotations

import json
import re
import time
from typing import Any

import psycopg
import pytest
from playwright.sync_api import expect
from psycopg import sql

from tests.journeys.conftest import DESK, PHONE, Product, Walk
from tests.journeys.steps import ledger, pick

_OFFICE, _SENDER, _ADMIN, _CHAIR, _INSPECTOR = 5, 6, 8, 4, 9
#: Who votes on the telephone: who sits there, and how.
_VOTES = ((_CHAIR, "yes"), (3, "recused"), (2, "yes"), (7, "yes"))
_FUND = "/d/daan/funds"


def _fill(walk: Walk, path: str, **given: str) -> None:
    """A form by its fields, sent by its main button."""
    walk.go(path)
    for name, value in given.items():
        field = walk.page.locator(f"#f-{name}")
        if field.evaluate("field => field.localName") == "select":
            field.select_option(value)
        else:
            field.fill(value)
    with walk.page.expect_navigation():
        walk.page.locator("main form.form .buttons button[type=submit]").first.click()


def _small(walk: Walk, action: str, **given: str) -> None:
    """A small form of the page, by where it goes."""
    form = walk.page.locator(f"main form[action$='{action}']").first
    for name, value in given.items():
        form.locator(f"[name={name}]").evaluate("(f, value) => { f.value = value }", value)
    with walk.page.expect_navigation():
        form.evaluate("form => form.submit()")
    expect(walk.page.locator("[role=alert]")).to_have_count(0)


def _from_the_box(desk: Walk) -> str:
    """Ten yuan out of a box, counted by two, to the bank and seen by the host; the code of the slip
    that stands on the box's gift.
    """
    desk.go(f"{_FUND}/desk")
    _small(desk, "/funds/boxes", code="B1519", place="食坊门口（样例）", purpose="elders")
    desk.go(f"{_FUND}/boxes/B1519/open")
    _small(desk, "/boxes/B1519/open", second="xie_yulan", n_1000="1")
    code = desk.page.locator(".slip__code").inner_text()
    desk.go(f"{_FUND}/desk")
    _small(desk, "/funds/desk/bank", slip="1519", amount="10")
    desk.go(f"{_FUND}/desk")
    desk.press("确认")
    return code


def _act(walk: Walk, person: int, path: str, verb: str, **given: str) -> None:
    """An act on a payout, by whose it is."""
    walk.enter(person)
    walk.go(path)
    form = walk.page.locator(f"form:has(input[name=verb][value={verb}])")
    for name, value in given.items():
        form.locator(f"[name={name}]").evaluate("(f, value) => { f.value = value }", value)
    with walk.page.expect_navigation():
        form.evaluate("form => form.submit()")
    expect(walk.page.locator("[role=alert]")).to_have_count(0)


@pytest.fixture(autouse=True)
def _filled(product: Product) -> None:
    """A job gives the demo its fund; until then nothing may be given to it."""
    until = time.monotonic() + 600
    with ledger(product, "daan") as books:
        while not books.count("fund_postings"):
            assert time.monotonic() < until
            time.sleep(0.5)


def test_an_evening_of_the_committee_turns_ten_yuan_of_a_box_into_a_lunch(walk: Any) -> None:
    desk, phone = walk(DESK), walk(PHONE)
    desk.enter(_OFFICE)
    code = _from_the_box(desk)
    _fill(desk, f"{_FUND}/desk", amount="90", purpose="elders", way="bank")
    desk.go(f"{_FUND}/desk")
    desk.press("确认")
    _fill(desk, "/d/daan/console/funds/payouts/new", amount="80", purpose="elders",
          what="重阳午餐（样例）", payee="长者食坊（样例）")  # fmt: skip
    payout = desk.page.url.removeprefix(desk.url)
    desk.go(_FUND)
    today = re.search(r"\d{4}-\d\d-\d\d", desk.page.locator(".fund-check + p").inner_text())
    assert today is not None

    desk.enter(_CHAIR)
    _fill(desk, f"{_FUND}/committee/new", on=today[0], hour="19:00", place="议事坊（样例）")
    evening = desk.page.url.removeprefix(desk.url)
    desk.press("列入")
    for _seat in range(4):
        desk.press("到了")
    desk.press("开始会议")
    desk.look("agenda")
    for person, vote in _VOTES:
        phone.enter(person)
        phone.go(evening)
        expect(phone.page.locator(".fund-sums")).to_contain_text("100.00")
        if person == _CHAIR:
            phone.look("vote")
        pick(phone.page.locator(f"input[name=vote][value={vote}]"))
        phone.press("提交表决（不可更改）")
    desk.go(evening)
    desk.press("记录决议")
    desk.press("结束会议")

    for person, verb in ((_INSPECTOR, "check"), (_SENDER, "send"), (_OFFICE, "post")):
        _act(desk, person, payout, verb)
    _act(desk, _OFFICE, payout, "tell", reason="二十份重阳午餐（样例）", heads="20")
    guest = walk(PHONE)
    guest.go(_FUND)
    expect(guest.page.locator("main")).to_contain_text("二十份重阳午餐")
    with guest.page.expect_navigation():
        guest.page.locator("a[href*='/funds/minutes/']").first.click()
    expect(guest.page.locator("main")).to_contain_text("赞成 3")
    expect(guest.page.locator("main")).not_to_contain_text("徐秀英")
    guest.look("minutes")
    guest.go(_FUND)
    guest.page.locator("main input[name=code]").fill(code)
    with guest.page.expect_navigation():
        guest.page.keyboard.press("Enter")
    expect(guest.page.locator("main")).to_contain_text("二十份重阳午餐")
    guest.look("my-yuan")


def test_an_inspector_follows_any_yuan_in_two_clicks(walk: Any) -> None:
    inspector = walk(DESK)
    inspector.enter(_INSPECTOR)
    inspector.go("/d/daan/work")
    inspector.press("管委会")
    inspector.press("随机查一元")
    assert "/funds/gift/" in inspector.page.url
    expect(inspector.page.locator("main")).to_contain_text("做了什么")


def test_an_administrator_finds_no_way_to_change_what_is_booked(
    walk: Any, product: Product
) -> None:
    admin = walk(DESK)
    admin.enter(_ADMIN)
    admin.go(f"{_FUND}/random")
    gift = admin.page.url
    forms = admin.page.locator("main form").evaluate_all(
        "all => all.map(form => form.getAttribute('action'))"
    )
    assert {path.rpartition("/")[2] for path in forms} <= {"note", "back"}, "both add a row"
    token = admin.page.locator("input[name=csrf_token]").first.input_value()
    for path in (gift, f"{admin.url}{_FUND}/accounts/fund:elders.csv"):
        forged = {"csrf_token": token, "amount": "1"}
        answer = admin.page.context.request.post(path, form=forged, headers={"Referer": gift})
        assert answer.status == 405, path
    with ledger(product, "daan") as books:
        schema = books.connection.execute("SELECT current_schema()").fetchone()
    login = json.loads((product.folder / "running.json").read_text())["SAAS_DATABASE_URL"]
    assert schema is not None
    with psycopg.connect(login, autocommit=True) as runtime:
        runtime.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(schema[0])))
        runtime.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema[0])))
        assert runtime.execute("SELECT count(*) FROM fund_entries").fetchone() != (0,)
        for statement in (b"UPDATE fund_entries SET amount = 1", b"DELETE FROM fund_entries",
                          b"UPDATE fund_votes SET vote = 'no'"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                runtime.execute(statement)

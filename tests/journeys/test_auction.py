"""An auction with a bid in the last minutes: it extends the end, and who was ahead is told.

Somebody at the desk bids by the keeper's hand; who wins is told when the clock went past the end.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, Product, Walk
from tests.journeys.steps import Ledger, ledger, turn

_OFFICE, _CHECKER, _FIRST, _SECOND = 5, 8, 1, 2
#: What the model says: a bid within so much of the end extends it by as much.
_WINDOW = timedelta(minutes=2)
#: The lot ends so long after it is written down: a slow machine has it up before the window opens.
_OPEN = 2 * _WINDOW


def _now(books: Ledger) -> datetime:
    """What the demo's clock shows."""
    query = "SELECT clock_shift FROM hub.tenants WHERE code = 'daan'"
    found = books.connection.execute(query).fetchone()
    assert found is not None
    shown: datetime = datetime.now(UTC) + found[0]
    return shown.astimezone(ZoneInfo("Asia/Shanghai"))


def _fill(walk: Walk, **given: str) -> None:
    """The form of the page by its fields; of a list, where "" is asked for, the first choice."""
    for name, value in given.items():
        field = walk.page.locator(f"#f-{name}")
        if field.evaluate("field => field.localName") != "select":
            field.fill(value)
        elif value:
            field.select_option(value)
        else:
            field.select_option(index=1)


def _send(walk: Walk, form: str = "main form.form:has(.btn--main)") -> None:
    """Send a form of the page; it has to be accepted."""
    with walk.page.expect_navigation():
        walk.page.locator(form).first.locator("button[type=submit]").last.click()
    expect(walk.page.locator("[data-error-summary]")).to_have_count(0)


def _act(walk: Walk, verb: str) -> None:
    with walk.page.expect_navigation():
        walk.page.locator(f"form:has(input[name=verb][value={verb}])").evaluate(
            "form => form.submit()"
        )


def _published(desk: Walk, day: str) -> str:
    """A campaign that one has written and another has checked; its address for the office."""
    desk.enter(_OFFICE)
    desk.go("/d/daan/console/campaigns/new")
    _fill(desk, name_zh="六一义拍（样例）", words_zh="所得用于儿童（样例）。", purpose="children",
          basis="mutual_help", unit="", since=day, until=day)  # fmt: skip
    _send(desk)
    record = desk.page.url.removeprefix(desk.url)
    _fill(desk, p_decision="样例1号", p_advice="样例2号")
    desk.press("保存证明")
    desk.enter(_CHECKER)
    for verb in ("check", "publish"):
        desk.go(record)
        _act(desk, verb)
    return record


def _lot(desk: Walk, record: str, opens: datetime, closes: datetime) -> str:
    """A lot of it; its public address."""
    desk.go(f"{record}/lots/new")
    _fill(desk, name_zh="紫砂壶（样例）", day=f"{closes:%Y-%m-%d}", start=f"{opens:%H:%M}",
          end=f"{closes:%H:%M}")  # fmt: skip
    _send(desk)
    found = desk.page.locator("main a[href*='/campaigns/lots/']").first.get_attribute("href")
    assert found is not None
    return found


def _extended(walk: Walk) -> int:
    """How often the page says that the end was put off."""
    told = re.search(r"现已顺延 (\d+) 次", walk.page.locator("main").inner_text())
    assert told is not None
    return int(told[1])


def _bid(walk: Walk, lot: str, amount: str) -> None:
    walk.go(lot)
    walk.page.fill("#f-amount", amount)
    walk.press("出价，不可撤回")


def _told(walk: Walk, words: str) -> None:
    """The inbox says it; notices may be a moment on their way."""
    until = time.monotonic() + 60
    while True:
        walk.go("/d/daan/inbox")
        if walk.page.locator("main", has_text=words).count():
            return
        assert time.monotonic() < until, words
        walk.page.wait_for_timeout(500)


@pytest.fixture
def books(product: Product) -> Any:
    """The demo's own tables, once its fund is filled."""
    until = time.monotonic() + 600
    with ledger(product, "daan") as found:
        while not found.count("fund_postings"):
            assert time.monotonic() < until
            time.sleep(0.5)
        yield found


def test_a_bid_in_the_last_minutes_extends_the_auction_and_the_winner_is_told(
    walk: Any, books: Ledger
) -> None:
    desk, first, second = walk(DESK), walk(PHONE), walk(PHONE)
    if (_now(books) + 4 * _OPEN).date() != _now(books).date():
        turn(desk, "daan", 8)  # so that the lot opens and ends on one day
    opens = _now(books)
    record = _published(desk, f"{opens:%Y-%m-%d}")
    first.enter(_FIRST)
    second.enter(_SECOND)
    opens = _now(books)
    closes = (opens + _OPEN + timedelta(minutes=1)).replace(second=0)
    lot = _lot(desk, record, opens, closes)
    _bid(first, lot, "5")
    expect(first.page.locator("main")).to_contain_text("暂时领先")
    before = _extended(first)
    first.look("ahead")

    second.go(lot)
    wait = (closes - _WINDOW - _now(books)).total_seconds() + 2
    second.page.wait_for_timeout(max(wait, 0) * 1000)
    _bid(second, lot, "6")
    assert _extended(second) == before + 1
    later = f"{closes + (before + 1) * _WINDOW:%H:%M}"
    expect(second.page.locator("main .facts, main dl").first).to_contain_text(later)
    second.look("extended")
    _told(first, "有人出价比您高")
    first.look("told")

    desk.enter(_OFFICE)
    desk.go(lot)
    desk.page.locator("summary", has_text="发放号牌").click()
    desk.page.fill("#f-name", "到场居民样例")
    desk.page.fill("#f-phone", "100-0000-0009")
    desk.press("发放号牌")
    desk.page.fill("#f-paddle", "3")
    desk.page.fill("#f-desk", "8")
    desk.press("登记出价")
    expect(desk.page.locator("main")).to_contain_text("3 号领先")
    desk.look("at-the-desk")
    _told(second, "有人出价比您高")
    _bid(first, lot, "7")
    expect(first.page.locator("[data-error-summary]")).to_contain_text("至少出 9.00 元")
    _bid(first, lot, "10")
    guest = walk(PHONE)
    guest.go(lot)
    assert "到场居民" not in guest.page.content(), "others see a number"

    turn(desk, "daan", 8)
    _told(first, "您拍得了")
    first.look("won")
    first.go(lot)
    expect(first.page.locator("main")).to_contain_text(re.compile("1 号拍得|您是 1 号"))
    desk.go(lot)
    desk.press("已在此付款，登记为捐款")
    desk.press("拍品已交付")
    desk.look("handed-over")
    _banked(desk)


def _banked(desk: Walk) -> None:
    """What was paid goes to the bank, and the desk is left as it was found."""
    desk.go("/d/daan/funds/desk")
    _fill(desk, slip="拍1", sum="10")
    _send(desk, "main form[action$='/funds/desk/bank']")
    desk.go("/d/daan/funds/desk")
    desk.press("确认")
    expect(desk.page.locator("main form[action$='/funds/desk/bank']")).to_have_count(0)

"""A stranger's phone loses its signal: what is there to read, and what waits until it is back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Walk

HOME = "/d/daan/"
WORDS = "没有信号时写的：楼道灯不亮，晚上看不见台阶。"
OWN = "我自己的事，不给下一个用这台机器的人看。"
_KEPT = """async () => { const found = [];
    for (const name of await caches.keys())
        for (const one of await (await caches.open(name)).keys())
            found.push(name + ' ' + new URL(one.url).pathname);
    return found; }"""


def _kept(page: Page) -> list[str]:
    """What lies in all caches of the browser, as ``<cache> <path>``."""
    found: list[str] = page.evaluate(_KEPT)
    return found


def _settles(page: Page) -> None:
    """The worker has come, and has kept what the first page was made of."""
    page.wait_for_function(
        "async () => (await caches.match(location.href)) && (await caches.match('/d/daan/offline'))"
        " && navigator.serviceWorker.controller"
    )


def _open_a_walk(stranger: Walk) -> str:
    """An evening's walk is looked at while there is a signal; returns its address."""
    stranger.go("/d/daan/walks")
    with stranger.page.expect_navigation():
        stranger.page.locator("main a[href*='/walks/']").first.click()
    stranger.look("walk")
    return stranger.page.url


def test_without_a_signal_pages_are_read_and_a_demand_waits_until_it_goes_once(walk: Any) -> None:
    stranger: Walk = walk(PHONE)
    page, phone = stranger.page, stranger.page.context
    stranger.go(HOME)
    _settles(page)
    walk_on = _open_a_walk(stranger)
    stranger.go("/d/daan/demands/new/rubbish/longjing")
    page.fill("#f-words", WORDS)
    page.fill("#f-caller_phone", "13800138000")
    expect(page.locator("[data-draft-kept]")).to_be_visible()
    assert "13800138000" not in page.evaluate("JSON.stringify(localStorage)")

    phone.set_offline(True)
    page.locator("form.form[data-who] button[type=submit]").last.click()
    expect(page.locator("[data-kept-here=true]")).to_be_visible()
    stranger.look("waits")

    page.goto(stranger.url + HOME)
    expect(page.locator("[data-kept-line]")).to_contain_text("没有网络")
    expect(page.locator("[data-waiting]")).to_contain_text(WORDS[:20])
    stranger.look("home-offline")
    page.goto(walk_on)
    expect(page.locator("main ol li, main table tr").first).to_be_visible()
    assert page.pdf(format="A4"), "it prints without a signal too"
    page.goto(stranger.url + "/d/daan/figures")
    expect(page.locator("h1")).to_have_text("没有网络")
    stranger.look("offline")

    page.goto(stranger.url + HOME)
    phone.set_offline(False)
    expect(page.locator("[data-waiting] [data-state=sent]")).to_be_visible()
    stranger.look("sent")
    stranger.go("/d/daan/track")
    expect(page.locator("main a.link-row", has_text=WORDS[:10])).to_have_count(1)
    page.locator("[data-keep]").click()
    expect(page.locator("[data-remove]")).to_be_visible()
    stranger.look("slips")
    assert "mine /d/daan/ /d/daan/track" in _kept(page)

    stranger.enter(1)
    for path in ("demands/mine", "me", "rooms", ""):
        stranger.go(HOME + path)
    assert not [one for one in _kept(page) if one.startswith("mine ") or "/mine" in one]
    assert not [one for one in _kept(page) if one.endswith("/me")]
    stranger.go("/d/daan/demands/new/rubbish/longjing")
    page.fill("#f-words", OWN)
    expect(page.locator("[data-draft-kept]")).to_be_visible()
    assert OWN in page.evaluate("JSON.stringify(localStorage)")
    with page.expect_navigation():
        page.locator("form[action$='/sign-out'] button").first.evaluate(
            "b => b.form.requestSubmit()"
        )
    page.wait_for_function("async () => !(await caches.match('/d/daan/rooms'))")
    assert OWN not in page.evaluate("JSON.stringify(localStorage)"), "whoever comes next"
    stranger.faults = [one for one in stranger.faults if "ERR_INTERNET_DISCONNECTED" not in one]

"""Somebody whom nobody here knows scans a room's poster, files, is told, answers and confirms."""

from __future__ import annotations

import re
import time
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Walk
from tests.journeys.steps import pick

_STREET, _ADMIN = 5, 8
_WORDS = "活动室的插座松了，一插就冒火花。"
_QUESTION, _ANSWER, _DONE = "是靠窗的那个插座吗？", "是的，靠窗左边那个。", "插座已换新，试过了"
#: What filing from a poster may take, whoever does it.
_MOST_TAPS, _MOST_SECONDS = 8, 60


class _Thumb:
    """A thumb that counts: a field is tapped before something is written into it."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: str, *, leads: bool = True) -> None:
        self.taps += 1
        if not leads:
            return self.page.locator(what).first.click()
        with self.page.expect_navigation():
            self.page.locator(what).first.click()
        return None

    def write(self, field: str, text: str) -> None:
        self.taps += 1
        self.page.fill(field, text)


def _keep_short_texts(admin: Walk) -> None:
    """Short texts go to the outbox at any hour."""
    admin.enter(_ADMIN)
    admin.go("/d/daan/channels/sms")
    pick(admin.page.locator("input[name=kind][value=test]"))
    for edge in ("quiet_from", "quiet_to"):
        admin.page.fill(f"#f-{edge}", "")
    with admin.page.expect_navigation():
        admin.page.locator("main form.form button[type=submit]").click()


def _file(stranger: Walk) -> str:
    """From the poster's address to the slip; returns the code of the demand."""
    page = stranger.page
    stranger.go("/d/daan/rooms/longjing/homework")
    stranger.look("room")
    thumb, began = _Thumb(page), time.monotonic()
    thumb.tap("a[href*='/demands/new?']")
    thumb.tap("a.entrance[href*='kind=demands']")
    thumb.tap("details.fold summary", leads=False)
    thumb.tap("details[open] a.link-row")
    assert "/demands/new/" in page.url, "the room has said the place already"
    stranger.look("words")
    thumb.write("#f-words", _WORDS)
    thumb.write("#f-caller_phone", "10000001519")
    thumb.tap("form.form[data-draft] button[type=submit]")
    took = time.monotonic() - began
    print(f"filed from a poster with {thumb.taps} taps in {took:.1f} s of the product's own time")
    assert thumb.taps <= _MOST_TAPS
    assert took <= _MOST_SECONDS
    stranger.look("slip")
    return page.url.split("/demands/")[1].split("/")[0].split("?")[0]


def _act(walk: Walk, code: str, verb: str, words: str = "") -> None:
    walk.go(f"/d/daan/demands/{code}")
    form = walk.page.locator(f"form:has(input[name=verb][value={verb}])")
    fold = walk.page.locator(f"details:has(input[name=verb][value={verb}])")
    if fold.count() and not fold.first.evaluate("fold => fold.open"):
        fold.first.locator("> summary").click()
    if words:
        form.locator("textarea").fill(words)
    with walk.page.expect_navigation():
        form.locator("button[type=submit]").first.click()


def _texts(admin: Walk, number: str, most: int) -> list[str]:
    """The short texts about a demand, the newest first, once there are so many in the outbox."""
    rows = admin.page.locator("main tbody tr", has_text=number)
    for _ in range(60):
        admin.go("/d/daan/channels/outbox")
        if rows.count() >= most:
            break
        admin.page.wait_for_timeout(500)
    expect(rows).to_have_count(most)
    return rows.all_inner_texts()


def test_a_stranger_files_from_a_poster_is_told_answers_and_confirms(walk: Any) -> None:
    admin: Walk = walk(DESK)
    _keep_short_texts(admin)
    stranger: Walk = walk(PHONE)
    code = _file(stranger)
    number = re.search(r"\d{4}-\d{4}-\d", stranger.page.content())
    assert number, "the slip says a number"

    officer: Walk = walk(DESK)
    officer.enter(_STREET)
    _act(officer, code, "accept")
    _act(officer, code, "ask", _QUESTION)
    (asked,) = _texts(admin, number[0], 1)
    assert _WORDS not in asked
    admin.look("outbox")

    stranger.go("/d/daan/track")
    with stranger.page.expect_navigation():
        stranger.page.locator("main a.link-row", has_text=_WORDS[:8]).first.click()
    expect(stranger.page.locator("main")).to_contain_text(_QUESTION)
    stranger.look("asked")
    _act(stranger, code, "answer", _ANSWER)

    _act(officer, code, "resolve", _DONE)
    assert "看看办好没有" in _texts(admin, number[0], 2)[0]
    stranger.go(f"/d/daan/demands/{code}")
    expect(stranger.page.locator("main")).to_contain_text(_DONE)
    stranger.look("done")
    _act(stranger, code, "confirm")
    stranger.look("confirmed")
    officer.go(f"/d/daan/demands/{code}")
    expect(officer.page.locator(".timeline")).to_contain_text(_ANSWER)

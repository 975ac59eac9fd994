"""A clerk's day: what is typed at the desk is where it is filed; a hundred go by the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, Walk

_CLERK = 4
_DEMANDS = 20
#: What they took when they were counted last, and a tenth more.
_MOST_KEYS = 139
_ANSWER = "已办好"
_OFFICE = {"width": 1366, "height": 768}
_FILE_SOME = """async ([number, words]) => {
  const form = document.querySelector("form[data-draft]");
  for (let n = 0; n < number; n++) {
    const data = new FormData(form);
    data.set("category", form.querySelector("input[name=category]").value);
    data.set("words", `${words} ${n}`);
    data.set("submission", `${words}-${n}-0123456789`.replace(/[^0-9a-z-]/g, "x"));
    data.set("looked", "1");
    const answer = await fetch(form.action, { method: "POST", body: data });
    if (!answer.url.includes("/slip")) throw new Error(await answer.text());
  }
}"""


@pytest.mark.parametrize("way", ["Enter", "Tab"])
def test_what_is_typed_at_the_desk_is_where_it_is_filed_however_quick(walk: Any, way: str) -> None:
    clerk: Walk = walk(_OFFICE)
    clerk.enter(_CLERK)
    page = clerk.page
    for wait in (0, 100, 300, 600):
        clerk.go("/d/daan/demands/enter?channel=desk")
        page.click("#f-category input[type=search]")
        page.keyboard.type("路灯")
        page.keyboard.press("Enter")
        page.click("#f-unit input[type=search]")
        page.keyboard.type("梧桐1号院")
        page.wait_for_timeout(wait)
        page.keyboard.press(way)
        page.fill("#f-words", f"{way} {wait}")
        button = page.locator(".entry__foot button")
        box = button.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= _OFFICE["height"], "the button is below the fold"
        _send(page)
        for _ in range(2):  # not ticked yet, and then one of those before may be the same
            if "/slip" in page.url:
                break
            picked = page.locator("[data-picked=f-unit] strong")
            if not picked.count():  # left before the list came: refused at its field
                page.fill("#f-unit input[type=search]", "梧桐1号院")
                page.press("#f-unit input[type=search]", "Enter")
            expect(picked).to_contain_text("梧桐1号院")
            _send(page)
        assert page.locator("dd", has_text="梧桐1号院").count(), f"{way} after {wait} ms"
        assert not page.locator("dd", has_text="红苕地社区").count(), f"{way} after {wait} ms"


def _send(page: Any) -> None:
    with page.expect_navigation():
        page.locator(".entry__foot button").click()


class _Keys:
    """A keyboard that counts; a key that is held counts too."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def __call__(self, *keys: str, leads: bool = False) -> None:
        for key in keys[:-1]:
            self._press(key)
        if leads:
            with self.page.expect_navigation():
                self._press(keys[-1])
        else:
            self._press(keys[-1])

    def _press(self, key: str) -> None:
        self.pressed += key.count("+") + 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.pressed += len(text)
        self.page.keyboard.type(text)


def test_a_clerk_accepts_and_answers_twenty_by_the_keyboard_alone(walk: Any) -> None:
    clerk: Walk = walk(DESK)
    clerk.enter(_CLERK)
    page = clerk.page
    clerk.go("/d/daan/demands/enter?channel=phone")
    clerk.look("desk")
    page.evaluate(_FILE_SOME, [_DEMANDS, "twenty"])
    clerk.go("/d/daan/demands?sort=-filed")
    keys = _Keys(page)
    keys("?")
    clerk.look("keys")
    keys("Escape", "X", "a", leads=True)
    expect(page.locator("button[autofocus]")).to_be_focused()
    keys("Enter", leads=True)
    assert f"已完成：{_DEMANDS} 项" in page.content()
    clerk.look("accepted")
    keys("j", "Enter", leads=True)
    keys("n", leads=True)
    clerk.look("one-of-twenty")
    for _ in range(_DEMANDS):
        keys("a")
        keys.type(_ANSWER)
        keys("Control+Enter", leads=True)
        assert "办结。" in page.content()
    mine = page.locator("h1").inner_text()
    print(f"{_DEMANDS} demands accepted and answered with {keys.pressed} keys, then: {mine}")
    assert keys.pressed <= _MOST_KEYS
    clerk.go("/d/daan/demands?list=ended&q=twenty")
    assert page.locator("a.row-link").count() == _DEMANDS
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.hasAttribute('data-search')")

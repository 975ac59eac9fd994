"""A street officer changes many rooms in one table by hand and by paste, and takes it back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE

_OFFICER = 5
GRID = "/d/daan/console/rooms/longjing/grid"
_PASTE = """(cell) => {
  const data = new DataTransfer();
  data.setData("text/plain", "甲坊\\tRoom A\\n乙坊\\tRoom B\\n");
  cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""


def test_the_table_by_keyboard_and_paste(walk: Any) -> None:
    officer = walk()
    officer.enter(_OFFICER)
    officer.go(GRID)
    page = officer.page
    first = page.locator("[data-row]").first.locator("[data-cell]").first
    second = page.locator("[data-row]").nth(1).locator("[data-cell]").first
    before = first.input_value(), second.input_value()
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(first).to_be_focused()
    first.evaluate(_PASTE)
    expect(first).to_have_value("甲坊")
    expect(second).to_have_value("乙坊")
    expect(page.locator("td.is-changed")).to_have_count(4)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        officer.look("table")
    with page.expect_navigation():
        page.locator(".grid-foot button[type=submit]").click()
    expect(page.get_by_text("甲坊").first).to_be_visible()
    with page.expect_navigation():
        page.locator("form[action$='/undo'] button").click()
    officer.go(GRID)
    expect(page.locator("[data-row]").first.locator("[data-cell]").first).to_have_value(before[0])
    for path in ("settings", "preview", "posters", "copy"):
        officer.go(f"/d/daan/console/rooms/longjing/{path}")
        officer.look(path)
    officer.go("/d/daan/demands/streets/longjing/times")
    officer.look("times")

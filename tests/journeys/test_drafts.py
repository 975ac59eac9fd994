"""What was typed comes back over filled fields, says only what it did, and overwrites nobody."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import DESK, Walk
from tests.journeys.test_rooms import _OFFICER, STREET

NOTE = "[data-draft-note]"
ROOM = f"{STREET}/room/arts"


def test_a_draft_restores_prefilled_fields_and_two_editors_lose_nothing(walk: Any) -> None:
    officer: Walk = walk(DESK)
    page = officer.page
    officer.enter(_OFFICER)

    officer.go(f"{STREET}/grid")
    cell = page.locator("[data-cell=contact]").first
    before = cell.input_value()
    cell.fill("0813-7654321")
    officer.go(f"{STREET}/grid")
    expect(cell).to_have_value("0813-7654321")
    expect(page.locator(NOTE)).to_be_visible()
    expect(page.locator("[data-grid-count]")).to_contain_text("1")
    cell.fill(before)
    officer.go(f"{STREET}/grid")
    expect(page.locator(NOTE)).to_be_hidden()

    officer.go(ROOM)
    purpose = page.locator("#f-purpose_zh")
    stored = purpose.input_value()
    purpose.fill("写字画画都在这里")
    other: Walk = walk(DESK)
    other.enter(_OFFICER)
    other.go(ROOM)
    other.page.fill("#f-purpose_zh", "书法和国画")
    with other.page.expect_navigation():
        other.page.locator("#room-form .buttons button").click()
    expect(other.page.locator(NOTE)).to_be_hidden()
    expect(other.page.locator("#f-purpose_zh")).to_have_value("书法和国画")

    officer.go(ROOM)
    expect(purpose).to_have_value("写字画画都在这里")
    expect(page.locator(NOTE)).to_be_visible()
    with page.expect_navigation():
        page.locator("#room-form .buttons button").click()
    expect(page.locator("#n-purpose_zh")).to_contain_text("书法和国画")
    expect(purpose).to_have_value("写字画画都在这里")
    officer.faults.clear()  # a refusal is what was asked for
    officer.look("told")
    purpose.fill(stored)
    with page.expect_navigation():
        page.locator("#room-form .buttons button").click()
    officer.go(ROOM)
    expect(purpose).to_have_value(stored)
    expect(page.locator(NOTE)).to_be_hidden()

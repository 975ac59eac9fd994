"""Somebody does not know how: help opens beside the page, is read, and gives the page back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE

_STEWARD = 4


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_help_opens_beside_the_page_and_leads_on_inside(walk: Any, size: dict[str, int]) -> None:
    made = walk(size)
    made.enter(_STEWARD)
    made.go("/d/daan/demands")
    page = made.page
    here, opener, panel = page.url, page.locator("a[data-help]"), page.locator(".help-panel")
    expect(panel).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(panel.locator("h2").first).to_be_focused()
    made.look("panel")
    if size is PHONE:
        box = panel.bounding_box()
        assert box is not None
        assert box["width"] == size["width"]
    title = panel.locator("h2").first.inner_text()
    panel.locator(".help-text a").last.click()
    expect(panel.locator("h2").first).not_to_have_text(title)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    assert page.url == here


def test_help_is_found_listed_and_read_as_pages(walk: Any) -> None:
    made = walk(PHONE)
    made.go("/d/daan/help")
    made.look("list")
    made.page.locator("main input[name=q]").fill("编号")
    made.page.keyboard.press("Enter")
    made.page.locator(".help-list a").first.wait_for()
    with made.page.expect_navigation():
        made.page.locator(".help-list a").first.click()
    made.look("text")

"""Every page that can be opened without an argument, for every role, in both looks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import DESK, PHONE, Walk

_STAFF = ("/work", "/demands", "/demands?list=area", "/demands?list=ended", "/console/rooms",
          "/units", "/ladders", "/workdays", "/workdays/week", "/people", "/tokens", "/roles",
          "/audit", "/setup/district", "/me", "/rooms", "/inbox", "/inbox/settings", "/deliveries",
          "/webhooks", "/webhooks/new", "/demands/gaps", "/demands/figures",
          "/demands/records?measure=received", "/demands/enter", "/demands/import",
          "/demands/knowledge",
          "/demands/knowledge/templates", "/demands/settings", "/demands/settings/categories",
          "/demands/settings/terms", "/setup/import", "/setup/import/divisions",
          "/figures/claims", "/figures/claims/new")  # fmt: skip
_PUBLIC = ("/", "/figures", "/rooms", "/sign-in", "/api/v1/docs", "/track", "/answers",
           "/guides/senior_card", "/culture", "/culture/calendar",
           "/culture/routes/evening_circle")  # fmt: skip


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_administrators_pages(walk: Any, size: dict[str, int]) -> None:
    admin: Walk = walk(size)
    admin.enter(8)
    for path in _STAFF:
        admin.go(f"/d/daan{path}")
        admin.look(path.strip("/").replace("/", "-").replace("?", "-") or "home")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_public_pages(walk: Any, size: dict[str, int]) -> None:
    visitor: Walk = walk(size)
    for path in _PUBLIC:
        visitor.go(f"/d/daan{path}")
        visitor.look(path.strip("/").replace("/", "-") or "home")
    visitor.go("/d/daan/rooms")
    with visitor.page.expect_navigation():
        visitor.page.locator("[data-room] a").first.click()
    visitor.look("room")
    visitor.go("/")
    visitor.look("service")


def test_no_character_is_an_empty_box(walk: Any) -> None:
    visitor: Walk = walk(DESK)
    visitor.go("/d/daan/")
    drawn = visitor.page.evaluate(
        """() => ['龙', '井', '\\u{10FFFE}'].map(c => {
            const canvas = document.createElement('canvas'); canvas.width = canvas.height = 40;
            const pen = canvas.getContext('2d');
            pen.font = '32px ' + getComputedStyle(document.body).fontFamily;
            pen.fillText(c, 2, 34); return canvas.toDataURL(); })"""
    )
    assert len(set(drawn)) == 3

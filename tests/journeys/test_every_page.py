"""Every page that can be opened without an argument, for every role, in both looks."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import DESK, PHONE, SMALL, Walk

_STAFF = ("/work", "/demands", "/demands?list=area", "/demands?list=ended", "/console/rooms",
          "/units", "/ladders", "/workdays", "/workdays/week", "/people", "/tokens", "/roles",
          "/audit", "/audit/seals", "/setup/district", "/me", "/rooms", "/inbox", "/inbox/settings",
          "/deliveries", "/webhooks", "/webhooks/new", "/demands/gaps", "/demands/figures",
          "/demands/records?measure=received", "/demands/enter", "/demands/import",
          "/demands/knowledge",
          "/demands/knowledge/templates", "/demands/settings", "/demands/settings/categories",
          "/demands/settings/terms", "/setup/import", "/setup/import/divisions",
          "/figures/claims", "/figures/claims/new", "/console/activities",
          "/console/activities/year", "/console/activities/new", "/console/pages",
          "/console/pages/new")  # fmt: skip
_PUBLIC = ("/", "/figures", "/rooms", "/sign-in", "/api/v1/docs", "/track", "/answers",
           "/activities", "/guides/senior_card", "/culture", "/culture/calendar",
           "/culture/routes/evening_circle", "/pages")  # fmt: skip


def test_the_administrators_pages(walk: Any) -> None:
    admin: Walk = walk(PHONE)
    admin.enter(8)
    for path in _STAFF:
        admin.go(f"/d/daan{path}")
        admin.both(path.strip("/").replace("/", "-").replace("?", "-") or "home")


def test_the_public_pages(walk: Any) -> None:
    visitor: Walk = walk(PHONE)
    for path in _PUBLIC:
        visitor.go(f"/d/daan{path}")
        visitor.both(path.strip("/").replace("/", "-") or "home")
    visitor.go("/d/daan/rooms")
    with visitor.page.expect_navigation():
        visitor.page.locator("[data-room] a").first.click()
    visitor.both("room")
    visitor.go("/")
    visitor.both("service")


#: From the header down to the bar at the bottom; and whether the header is one row of whole parts.
_ROOM = """() => {
    const box = each => document.querySelector(each).getBoundingClientRect();
    const bar = box('.bottombar'), row = box('.masthead__row');
    const parts = [...document.querySelectorAll('.masthead__row > *, .masthead__ends > *')]
        .map(each => each.getBoundingClientRect()).filter(each => each.width);
    return {content: (bar.height ? bar.top : innerHeight) - box('.masthead').bottom,
        oneRow: parts.every(each => each.top < row.top + row.height / 2
            && each.bottom > row.top + row.height / 2 && each.right <= row.right + 1),
        apart: parts.slice(1).every((each, i) => each.left >= parts[i].left)}}"""
_MENUS = """() => [...document.querySelectorAll('details.menu')]
    .filter(menu => menu.checkVisibility()).map(menu => {
        menu.open = true; menu.dispatchEvent(new Event('toggle'));
        const list = menu.querySelector('.menu__list').getBoundingClientRect();
        menu.open = false; return [list.left >= 0, list.right <= innerWidth, list.width > 100]})"""
_SIZES = (SMALL, PHONE, {"width": 768, "height": 1024}, {"width": 1024, "height": 900}, DESK)


def test_the_header_is_one_row_everywhere_and_large_letters_leave_room_for_the_page(
    walk: Any,
) -> None:
    resident: Walk = walk(SMALL)
    resident.enter(1)
    page = resident.page
    for language in ("zh_Hans_CN", "en"):
        resident.go(f"/d/daan/language/{language}")
        for letters in ("normal", "large"):
            for size in _SIZES:
                page.set_viewport_size(size)  # type: ignore[arg-type]
                room, menus = page.evaluate(_ROOM), page.evaluate(_MENUS)
                assert room["oneRow"], (language, letters, size, room)
                assert room["content"] >= 400, (language, letters, size, room)
                assert len(menus) >= 3
                assert all(all(each) for each in menus), (language, letters, size, menus)
                assert page.locator(".plan__drawing:visible").count() == 1
            page.set_viewport_size(SMALL)  # type: ignore[arg-type]
            resident.look(f"home-{letters}-{language}")
            resident.go("/d/daan/letters")


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

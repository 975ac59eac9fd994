"""An administrator who has never seen it prepares a district by hand and lets it go live."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Product, Walk
from tests.journeys.steps import invitations, pick, until_open
from tests.journeys.test_operator import sign_in

SECRET = "a sentence to remember"
STREETS = "龙井街道 | Longjing Street\n凉高山街道"


def _ask_for_district(operator: Walk, product: Product, code: str) -> str:
    """The operator's short form; returns the first administrator's invitation."""
    sign_in(operator, product)
    page = operator.page
    operator.go("/hub/new")
    operator.both("short-form")
    page.fill("#f-name_zh", "宜宾试区")
    page.fill("#f-code", code)
    page.fill("#f-administrator", "王管理")
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(f"**/hub/districts/{code}")
    invitation = page.locator("input[readonly]")
    expect(invitation).to_be_visible()
    operator.both("being-prepared")
    return invitation.input_value()


def _welcome(walk: Walk, path: str) -> None:
    walk.go(path)
    walk.page.fill("#f-password", SECRET)
    _send(walk.page, "form.form button[type=submit]")


def _send(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


def _on(page: Page, step: str) -> None:
    with page.expect_navigation():
        page.locator(".setup-foot .btn--main").click()
    assert page.url.endswith(f"/setup/{step}"), page.url


def test_a_district_is_prepared_by_hand_on_a_phone_and_goes_live(
    walk: Any, product: Product
) -> None:
    """Every page is looked at as a desk shows it, too."""
    code = "byphone"
    address = _ask_for_district(walk(PHONE), product, code)
    root = f"/d/{code}"
    stranger: Walk = walk(PHONE)
    closed = stranger.page.goto(f"{product.url}{root}/rooms")
    assert closed is not None
    assert closed.status == 404
    assert "宜宾" in stranger.page.content(), "who was told of it sees that it is coming"
    stranger.look("not-yet")

    me: Walk = walk(PHONE)
    page = me.page
    _welcome(me, address.removeprefix(product.url))
    me.go(f"{root}/setup")
    assert page.url.endswith("/setup/package")
    me.both("package")
    _on(page, "streets")
    page.fill("#f-lines", STREETS)
    _send(page, "form.form button[type=submit]")
    me.both("streets")
    _on(page, "units")
    for lines in ("同心社区\n马冲口社区", "盐都小区", "一号院\n二号院"):
        page.fill("#f-lines", lines)
        value = page.locator("#f-parent option").filter(has_text=_PARENT[lines[:2]]).first
        page.select_option("#f-parent", value.get_attribute("value"))
        _send(page, "form.form button[type=submit]")
    me.both("units")
    _on(page, "people")
    _fill_people(page)
    _send(page, "form.form--wide button[type=submit]")
    me.both("people")
    me.go(f"{root}/setup/people?second=1")
    page.fill("#f-name-0", "副管理")
    page.fill("#f-phone-0", "13900001999")
    _send(page, "form.form--wide button[type=submit]")
    _send(page, "form[action$='/setup/people/invitations'] button")
    me.both("invitations")
    links = invitations(page)
    me.go(f"{root}/setup/people")
    _on(page, "rooms")
    _open_a_room(page)
    me.both("rooms")
    _on(page, "terms")
    me.both("terms")
    _send(page, "form.form--wide button[type=submit]")
    _on(page, "culture")
    me.both("culture")
    pick(page.locator("input[name=look][value=daan]"))
    _send(page, "form.form--wide button[type=submit]")
    _on(page, "check")
    _send(page, "form[action$='/setup/check/run'] button")
    me.both("checklist-with-gaps")

    deputy: Walk = walk(PHONE)
    _welcome(deputy, links["副管理"].removeprefix(product.url))
    deputy.go(f"{root}/setup")
    assert deputy.page.url.endswith("/setup/check"), "the other administrator finds it where it is"
    _accept_everything(page)
    _send(page, "form[action$='/setup/check/run'] button")
    me.both("checklist-in-order")
    me.go(f"{root}/setup/live")
    me.both("go-live")
    pick(page.locator("#f-sure"))
    _send(page, "form.confirm button[type=submit]")
    assert page.url.endswith("/setup/opened")
    me.both("opened")
    until_open(stranger, f"{root}/rooms")
    assert "宜宾试区" in stranger.page.content()
    stranger.look("open")


_PARENT = {"同心": "龙井街道", "盐都": "同心社区", "一号": "盐都小区"}
_ROOM = re.compile(r"^open-")


def _fill_people(page: Page) -> None:
    """Somebody for every row that stands there with a unit."""
    for number in range(12):
        if not page.locator(f"#f-unit-{number}").input_value():
            break
        page.fill(f"#f-name-{number}", f"同事{number}")
        page.fill(f"#f-phone-{number}", f"1390000{number:04}")


def _open_a_room(page: Page) -> None:
    box = page.locator("input[type=checkbox][name^=open-]").first
    code = _ROOM.sub("", box.get_attribute("name") or "")
    pick(box)
    page.locator(f"#f-keeper-{code}").select_option(index=1)
    page.select_option(f"#f-days-{code}", "1-5")
    page.fill(f"#f-opens-{code}", "09:00")
    page.fill(f"#f-closes-{code}", "17:30")
    page.fill(f"#f-place-{code}", "一号院一楼")
    _send(page, "form.form--wide button[type=submit]")


def _accept_everything(page: Page) -> None:
    """Each gap that may stay is ticked, with a reason."""
    while page.locator("form[action$='/setup/check/accept']").count():
        form = page.locator("form[action$='/setup/check/accept']").first
        for box in form.locator("input[type=checkbox]").all():
            pick(box)
        form.locator("input[name=reason]").fill("年底前补齐")
        with page.expect_navigation():
            form.locator("button[type=submit]").click()

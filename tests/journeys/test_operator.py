"""An operator brings a district in, its administrator enters, the operator closes it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, Product, Walk
from tests.journeys.steps import until_status


def sign_in(walk: Walk, product: Product) -> None:
    """The operator comes in."""
    walk.go("/hub/")
    walk.page.fill("#f-login", "operator")
    walk.page.fill("#f-password", product.password)
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Enter")
    assert walk.page.url == f"{product.url}/hub/"


def test_an_operator_creates_a_district_and_its_administrator_comes_in(
    walk: Any, product: Product
) -> None:
    operator: Walk = walk(DESK)
    sign_in(operator, product)
    operator.look("districts")
    operator.go("/hub/new")
    operator.look("form")
    page = operator.page
    page.fill("#f-code", "hub")
    with page.expect_navigation():
        page.locator("form.form button[type=submit]").click()
    page.wait_for_selector("[role=alert]")
    operator.look("faults")
    assert page.input_value("#f-code") == "hub"

    page.fill("#f-name_zh", "荣县")
    page.fill("#f-name_en", "Rong County")
    page.fill("#f-code", "rongxian")
    page.locator("form.form details").evaluate("details => details.open = true")
    page.fill("#f-official_code", "510321")
    page.locator("input[name=package][value='139']").check(force=True)
    page.fill("#f-administrator", "样本管理员")
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url("**/hub/districts/rongxian")
    invitation = page.locator("input[readonly]")
    expect(invitation).to_be_visible()
    expect(page.locator("#progress")).to_have_count(0)
    operator.look("in-service")
    address = invitation.input_value()

    administrator: Walk = walk(PHONE)
    administrator.go(address.removeprefix(product.url))
    administrator.look("welcome")
    administrator.page.fill("#f-password", "short")
    with administrator.page.expect_navigation():
        administrator.page.keyboard.press("Enter")
    administrator.page.wait_for_selector("[role=alert]")
    administrator.page.fill("#f-password", "a sentence to remember")
    with administrator.page.expect_navigation():
        administrator.page.keyboard.press("Enter")
    assert "/welcome/" not in administrator.page.url
    administrator.go("/d/rongxian/setup/package")
    assert administrator.page.locator(".seal-row li").count() == 9
    administrator.look("package-139")
    answer = administrator.page.goto(address)
    assert answer is not None
    assert answer.status == 404, "an invitation works once"


def test_a_suspended_district_says_so_and_comes_back(walk: Any, product: Product) -> None:
    operator: Walk = walk(DESK)
    sign_in(operator, product)
    page = operator.page
    operator.go("/hub/new")
    page.fill("#f-name_zh", "停用区")
    page.fill("#f-code", "paused")
    page.fill("#f-administrator", "样本管理员")
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url("**/hub/districts/paused")
    expect(page.locator("input[readonly]")).to_be_visible()
    expect(page.locator("#progress")).to_have_count(0)
    operator.go("/hub/districts/paused/suspend")
    operator.look("suspend")
    page.fill("#f-reason", "合同到期")
    with page.expect_navigation():
        page.locator("form.confirm button[type=submit]").click()
    operator.look("suspended")

    visitor: Walk = walk(PHONE)
    answer = visitor.page.goto(product.url + "/d/paused/")
    assert answer is not None
    assert answer.status == 423
    assert "合同到期" in visitor.page.content()
    visitor.look("closed")
    with page.expect_navigation():
        page.locator("form[action$='/resume'] button").click()
    # It has never gone live, and does not by being resumed.
    until_status(visitor, "/d/paused/", 404)

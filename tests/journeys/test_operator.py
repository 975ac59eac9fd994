"""An operator brings a district in, its administrator enters, the operator closes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, ROOT, Product, Walk
from tests.journeys.steps import pick, until_status


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
    pick(page.locator("input[name=package][value='139']"))
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


def _saas(product: Product, *words: str) -> str:
    """What the operator types in a terminal beside the running product."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SAAS_", "DATABASE_"))}
    env |= {"SAAS_DATA_DIR": str(product.folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "saas", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _archived(operator: Walk, times: int) -> None:
    """Have an archive written, and see it in the list."""
    with operator.page.expect_navigation():
        operator.page.locator("form[action$='/leaving/archive'] button").click()
    expect(operator.page.locator("tbody a[href*='/archives/']")).to_have_count(times)


def test_a_district_leaves_and_comes_back(walk: Any, product: Product, tmp_path: Path) -> None:
    """The one of the story above: archived, held against what came out of the archive, deleted with
    a certificate, and brought back.
    """
    operator: Walk = walk(DESK)
    sign_in(operator, product)
    page, key, at = operator.page, tmp_path / "paused.key", "/hub/districts/paused/leaving"
    _saas(product, "tenant", "key", "paused", str(key))
    operator.go(at)
    _archived(operator, 1)
    operator.look("archived")
    with page.expect_download() as caught:
        page.locator("tbody a[href*='/archives/']").first.click()
    caught.value.save_as(tmp_path / "paused.age")
    told = _saas(product, "tenant", "restore", str(tmp_path / "paused.age"),
                 "--key", str(key), "--code", "beside")  # fmt: skip
    assert "beside is suspended" in told
    operator.go(f"{at}/beside")
    page.select_option("#f-other", "beside")
    with page.expect_navigation():
        page.locator("form[action$='/leaving/compare'] button[type=submit]").click()
    expect(page.locator("form[action$='/leaving/swap']")).to_be_visible()
    operator.look("compared")

    operator.go(at)
    page.fill("#f-reason", "并入邻区")
    with page.expect_navigation():
        page.locator("form[action$='/leaving/close'] button[type=submit]").click()
    assert "并入邻区" in _text_of(walk, "/d/paused/")
    with page.expect_navigation():
        page.locator("form[action$='/leaving/keep'] button").click()
    operator.go("/hub/districts/paused")
    with page.expect_navigation():
        page.locator("form[action$='/resume'] button").click()
    assert "停用区" in _text_of(walk, "/d/paused/sign-in")


def _text_of(walk: Any, path: str) -> str:
    """What a stranger reads there."""
    stranger: Walk = walk(PHONE)
    stranger.page.goto(stranger.url + path)
    return stranger.page.inner_text("body")

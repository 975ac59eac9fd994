"""A guest gets a demo under the name of his district on a telephone, plays three people, turns his
own clock, takes the package home and asks for more; an operator makes it a real district.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE, Product, Walk
from tests.journeys.steps import turn
from tests.journeys.test_operator import sign_in

#: The first one waits for the sample, which is made of a year of stories.
_MADE = 240_000
_STREETS = "510105017 草堂街道\n510105018 浣花街道"


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").click()


def _ask(guest: Walk) -> str:
    """From the first page to his own demo; returns its code."""
    guest.go("/")
    guest.press("建一个自己的体验区")
    guest.look("ask")
    guest.page.fill("#f-name", "<b>")
    _send(guest.page)
    guest.page.wait_for_selector("[role=alert]")
    guest.page.fill("#f-name", "青羊区")
    guest.page.fill("#f-streets", _STREETS)
    _send(guest.page)
    guest.page.wait_for_url(re.compile(r"/d/demo-\w+/$"), timeout=_MADE)
    return guest.page.url.rstrip("/").rpartition("/")[2]


def _turn_clock(guest: Walk, code: str) -> None:
    guest.go(f"/d/{code}/front")
    shown = guest.page.locator(".sample .sample__word").nth(1).inner_text()
    turn(guest, code, 168)
    assert guest.page.locator(".sample .sample__word").nth(1).inner_text() != shown


def _take_home(guest: Walk, code: str, folder: Path) -> None:
    """One file, which opens from a folder and asks for nothing outside it."""
    guest.go(f"/d/{code}/take-home")
    guest.look("take-home")
    with guest.page.expect_download() as taken:
        guest.page.locator("main a.btn--main").click()
    with zipfile.ZipFile(taken.value.path()) as packed:
        packed.extractall(folder)
    page, asked = guest.page.context.new_page(), list[str]()
    page.on("request", lambda one: asked.append(one.url))
    page.on("pageerror", lambda error: guest.faults.append(str(error)))
    for name in ("index.html", "zh/tour.html", "zh/guide.html", "en/figures.html"):
        page.goto((folder / name).as_uri())
        assert page.locator("h1").count() == 1
    assert all(url.startswith("file:") for url in asked)
    page.close()


def test_a_guest_gets_a_demo_of_his_own_and_it_becomes_a_district(
    walk: Any, product: Product, tmp_path: Path
) -> None:
    guest: Walk = walk(PHONE)
    code = _ask(guest)
    guest.look("demo")
    assert "草堂街道" in guest.page.content()
    for number in (1, 2, 5):
        guest.enter(number, code)
    _turn_clock(guest, code)
    guest.go(f"/d/{code}/tour")
    guest.look("tour")
    with guest.page.expect_navigation():
        guest.page.locator("main .btn--main").click()
    guest.look("step")
    _take_home(guest, code, tmp_path)
    guest.go(f"/d/{code}/demo/want")
    guest.page.fill("#f-contact", "社会工作部 100-0000-0001")
    _send(guest.page)

    operator: Walk = walk(DESK)
    sign_in(operator, product)
    operator.go("/hub/demos")
    operator.look("way")
    for step in ("opened", "played", "taken", "wanted"):
        assert int(operator.page.locator(f"[data-step={step}]").inner_text()) >= 1, step
    operator.press("转为正式区县")
    operator.page.fill("#f-code", "qingyang")
    operator.page.fill("#f-administrator", "样本管理员")
    operator.look("real")
    _send(operator.page)
    operator.page.wait_for_url("**/hub/districts/qingyang")
    operator.go("/hub/demos")
    assert int(operator.page.locator("[data-step=made]").inner_text()) >= 1

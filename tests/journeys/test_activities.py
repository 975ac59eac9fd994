"""The dumpling afternoon: from the culture calendar to counted people, with a list that moves, a
keeper without a signal, and a correction that leaves both rows.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, SMALL, Walk

_RESIDENT, _OFFICER, _ADMIN = 1, 5, 8
_LIST = "/d/daan/console/activities"


def _post(walk: Walk, button: str = "main form.form .buttons button[type=submit]") -> None:
    with walk.page.expect_navigation():
        walk.page.locator(button).first.click()


def _plan(walk: Walk) -> str:
    """Two presses from the culture; two places, tomorrow. Returns the code of the session."""
    walk.go(f"{_LIST}/culture")
    walk.look("culture")
    with walk.page.expect_navigation():
        walk.page.locator("main .acts-cell a.btn").first.click()
    page = walk.page
    assert page.input_value("[name=title_zh]"), "the culture has filled it in"
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=1)
    page.fill("[name=day]", f"{tomorrow:%Y-%m-%d}")
    page.select_option("[name=room]", "")
    page.fill("[name=address_zh]", "桂圆院坝")
    page.fill("[name=max_people]", "2")
    walk.look("plan")
    _post(walk)
    code = re.findall(r"/s/([a-z0-9]+)$", page.url)[0]
    _post(walk, "main form:has(input[value=publish]) button")
    walk.look("published")
    return str(code)


def _sign_up(walk: Walk, code: str, party: int) -> None:
    walk.go(f"/d/daan/activities/s/{code}")
    walk.look("session")
    walk.go(f"/d/daan/activities/s/{code}/sign-up")
    walk.page.check(f"[name=party][value='{party}']", force=True)
    walk.page.check("[name=photo_consent][value=no]", force=True)
    walk.look("sign-up")
    _post(walk)
    walk.look("signed")


def _enter(walk: Walk, code: str) -> str:
    """Somebody at the desk; returns the code on the slip."""
    walk.go(f"/d/daan/activities/s/{code}/enter")
    walk.page.fill("[name=guest_name]", "样例周大爷")
    walk.page.fill("[name=guest_phone]", "13900000077")
    walk.page.check("[name=party][value='1']", force=True)
    _post(walk)
    walk.look("slip")
    return walk.page.locator(".slip__code").inner_text()


def _turn(walk: Walk) -> None:
    """Two days on: it has begun."""
    walk.page.locator(".sample__roles:has(button[name=step]) > summary").click()
    for _ in range(2):
        walk.page.locator(".sample__roles:has(button[name=step])").evaluate(
            "one => one.open = true"
        )
        with walk.page.expect_navigation():
            walk.page.locator("button[name=step][value='hours-24']").click()


def _count(walk: Walk, code: str, slip: str) -> None:
    """By name with a signal; the pad twice without one; then all of it has arrived, once."""
    page, at = walk.page, f"{_LIST}/s/{code}/count"
    walk.go(f"{at}?q=样例周")
    walk.look("found")
    with page.expect_navigation():
        page.locator(".came button").first.click()
    walk.go(at)
    walk.look("pad")
    page.context.set_offline(True)
    for band in ("child", "elder"):
        for _ in range(3):
            page.locator(f"[data-for=f-{band}][data-step='1']").click()
        page.locator("#pad button[type=submit]").click()
        expect(page.locator(f"#f-{band}")).to_have_value("0")
    waiting = page.locator("[data-waiting] li")
    expect(waiting).to_have_count(2)
    page.context.set_offline(False)
    expect(waiting.locator("[data-state=sent]:visible")).to_have_count(2)
    walk.go(at)
    expect(page.locator(".tally--all dd")).to_have_text("7")
    page.fill("#f-slip", slip)
    _post(walk, "#by-slip button[type=submit]")
    expect(page.locator("[data-error-summary]")).to_be_visible()  # they are marked already


def test_the_dumpling_afternoon_from_the_culture_to_people_who_are_counted(walk: Any) -> None:
    officer: Walk = walk(DESK)
    officer.enter(_OFFICER)
    code = _plan(officer)
    resident: Walk = walk(PHONE)
    resident.enter(_RESIDENT)
    _sign_up(resident, code, party=2)
    slip = _enter(officer, code)
    assert officer.page.locator(".notice.tone--waiting").count(), "all places are taken"
    fold = resident.page.locator("details.fold:has(input[value=leave])")
    if fold.count():
        fold.locator("> summary").click()
    _post(resident, "form:has(input[value=leave]) button[type=submit]")
    officer.go("/d/daan/activities/find")
    officer.page.fill("[name=code]", slip)
    _post(officer)
    if officer.page.locator("form:has(input[value=accept])").count():
        _post(officer, "form:has(input[value=accept]) button[type=submit]")
    officer.look("moved up")
    _turn(officer)
    keeper: Walk = walk(SMALL)
    keeper.enter(_OFFICER)
    _count(keeper, code, slip)
    at = f"{_LIST}/s/{code}/count"
    keeper.go(at)
    _post(keeper, f"form[action$='{code}/count/hold'] button[type=submit]")
    keeper.look("over")
    admin: Walk = walk(DESK)
    admin.enter(_ADMIN)
    admin.go(at)
    _post(admin, f"form[action$='{code}/count/close'] button")
    admin.go(f"{at}/rows")
    admin.page.locator("td details.fold > summary").last.click()
    admin.page.locator("[name=cause]").last.fill("把路过的也数进去了")
    _post(admin, "td details[open] button[type=submit]")
    admin.look("rows")
    assert admin.page.locator("main s").count() == 1, "both rows stay"
    admin.go(at)
    expect(admin.page.locator(".tally--all dd")).to_have_text("4")
    admin.look("corrected")

"""The dumpling afternoon: from the culture calendar to counted people, with a list that moves, a
keeper without a signal, and a correction that leaves both rows.
"""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, SMALL, Walk
from tests.journeys.steps import pick, turn

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
    pick(walk.page.locator(f"[name=party][value='{party}']"))
    pick(walk.page.locator("[name=photo_consent][value=no]"))
    walk.look("sign-up")
    _post(walk)
    walk.look("signed")


def _enter(walk: Walk, code: str) -> str:
    """Somebody at the desk; returns the code on the slip."""
    walk.go(f"/d/daan/activities/s/{code}/enter")
    walk.page.fill("[name=guest_name]", "样例周大爷")
    walk.page.fill("[name=guest_phone]", "13900000077")
    pick(walk.page.locator("[name=party][value='1']"))
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


def _picture(keeper: Walk, stranger: Walk, code: str) -> None:
    """A face is covered before it is sent; a stranger does not want to be seen, and is not."""
    page, at = keeper.page, f"{_LIST}/s/{code}/pictures"
    keeper.go(at)
    face = io.BytesIO()
    Image.new("RGB", (300, 200), "#e2b48c").save(face, "PNG")
    file = {"name": "as-it-was.png", "mimeType": "image/png", "buffer": face.getvalue()}
    page.set_input_files("#f-photo", [file])  # type: ignore[list-item]
    expect(page.locator("[data-blur-canvas]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("[data-blur-said]")).to_contain_text("1")
    keeper.look("covered")
    assert page.evaluate("document.getElementById('f-photo').files[0].name") == "picture.jpg"
    pick(page.locator("[name=covered]"))
    _post(keeper, "form[enctype] .buttons button[type=submit]")
    stranger.go(f"/d/daan/activities/s/{code}")
    expect(stranger.page.locator("#album img")).to_have_count(1)
    stranger.go(f"/d/daan/activities/s/{code}/pictures")
    stranger.look("album")
    with stranger.page.expect_navigation():
        stranger.page.locator(".album__no").click()
    _post(stranger)
    expect(stranger.page.locator("#album img")).to_have_count(0)
    keeper.go(at)
    keeper.look("objected")
    _post(keeper, "form:has(input[value=removed]) button")
    expect(page.locator("main img")).to_have_count(0)


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
    _picture(keeper, walk(PHONE), code)
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


_ROOMS = ("arts", "workshop", "projects", "social_work", "neighbours", "volunteers", "homework")


def _by_day(walk: Walk) -> datetime:
    """What the clock of the demo says; it is turned on when that is no time at which rooms open."""
    while True:
        told = walk.page.locator(".sample__roles:has(button[name=step]) > summary").inner_text()
        now = datetime.fromisoformat(re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", told)[0])
        if 9 <= now.hour < 17:
            return now
        turn(walk, "daan", 8)


def _book_at_the_desk(officer: Walk) -> tuple[str, str]:
    """A room that is free from the next half hour on, for somebody without an account: the code on
    their slip, and where the code at the door leads.
    """
    page, now = officer.page, _by_day(officer)
    start = now + timedelta(minutes=30 - now.minute % 30)
    at = f"day={start:%Y-%m-%d}&start={start:%H:%M}&channel=desk"
    for room in _ROOMS:
        page.goto(f"{officer.url}/d/daan/rooms/longjing/{room}/book?{at}")
        page.select_option("[name=start]", f"{start:%H:%M}")
        page.select_option("[name=end]", f"{start + timedelta(minutes=30):%H:%M}")
        for name, words in (("guest_name", "样例吴阿姨"), ("guest_phone", "13900000088"),
                            ("purpose", "剪纸")):  # fmt: skip
            page.fill(f"[name={name}]", words)
        pick(page.locator("[name=outside]"))
        _post(officer)
        if page.locator("main .notice.tone--done").count():
            break
    officer.look("slip of a room")
    code = page.locator(".slip__code").inner_text()
    officer.go(f"/d/daan/rooms/longjing/{room}/door")
    return code, page.locator("main .slip p.muted").inner_text()


def test_a_guest_books_at_the_desk_and_begins_at_the_door(walk: Any) -> None:
    officer: Walk = walk(DESK)
    officer.enter(_OFFICER)
    code, door = _book_at_the_desk(officer)
    guest: Walk = walk(SMALL)
    guest.go("/d/" + door.partition("/d/")[2])
    guest.page.fill("[name=code]", code)
    _post(guest)
    guest.look("at the door")
    _post(guest, "form:has(input[value=start]) button")
    expect(guest.page.locator("form:has(input[value=end])")).to_have_count(1)

"""A resident files on a phone; five levels act; the resident sees the whole way."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import DESK, PHONE, SMALL, Walk

WORDS = "三号楼门口的井盖松了，一踩就响，怕老人绊倒。"
_LEVELS = (2, 3, 4, 5)
_DISTRICT = 6


def _file(resident: Walk) -> str:
    page = resident.page
    resident.enter(1)
    resident.look("home")
    resident.go("/d/daan/demands/new")
    resident.look("kinds")
    with page.expect_navigation():
        page.locator("a.entrance").last.click()
    resident.look("what")
    page.locator("details.fold summary").first.click()
    with page.expect_navigation():
        page.locator("details[open] a.link-row").first.click()
    resident.look("where")
    with page.expect_navigation():
        page.locator("main .links a.link-row").first.click()
    page.fill("#f-words", WORDS)
    page.reload()
    assert page.input_value("#f-words") == WORDS, "the draft is lost"
    resident.look("say")
    with page.expect_navigation():
        page.locator("form.form button[type=submit]").click()
    resident.look("sent")
    return page.url.split("/demands/")[1].split("?")[0]


def _act(walk: Walk, code: str, verb: str, reason: str = "") -> None:
    walk.go(f"/d/daan/demands/{code}")
    form = walk.page.locator(f"form:has(input[name=verb][value={verb}])")
    if reason:
        walk.page.locator(f"details:has(input[value={verb}]) > summary").click()
        form.locator("textarea").fill(reason)
    with walk.page.expect_navigation():
        form.locator("button[type=submit]").click()


def test_a_demand_is_filed_on_a_phone_and_climbs_five_levels(walk: Any) -> None:
    resident: Walk = walk(PHONE)
    code = _file(resident)
    for number in _LEVELS:
        clerk: Walk = walk(DESK)
        clerk.enter(number)
        clerk.go("/d/daan/demands")
        assert clerk.page.locator(f"a[href*='/{code}']").count(), f"not in the queue of {number}"
        if number == _LEVELS[0]:
            clerk.look("queue")
        _act(clerk, code, "accept")
        if number == 3:
            _act(clerk, code, "return_down", "请先核实是哪个井盖")
            steward: Walk = walk(DESK)
            steward.enter(2)
            _act(steward, code, "accept")
            _act(steward, code, "pass_up", "是三号楼东侧的井盖")
            _act(clerk, code, "accept")
        _act(clerk, code, "pass_up", "本级没有维修权限")
        clerk.look("passed-up")
    district: Walk = walk(DESK)
    district.enter(_DISTRICT)
    _act(district, code, "accept")
    district.look("at-the-top")
    _act(district, code, "resolve", "区城管局已更换井盖")
    district.look("resolved")
    resident.go(f"/d/daan/demands/{code}")
    content = resident.page.content()
    for told in ("请先核实是哪个井盖", "本级没有维修权限", "区城管局已更换井盖"):
        assert told in content
    resident.look("whole-way")
    resident.page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    resident.look("whole-way")


def test_large_letters_and_english_lose_nothing(walk: Any) -> None:
    resident: Walk = walk(SMALL)
    resident.enter(1)
    resident.go("/d/daan/letters")
    assert resident.page.locator("html.elder").count() == 1
    for path in ("/d/daan/", "/d/daan/rooms", "/d/daan/demands/new", "/d/daan/demands/mine"):
        resident.go(path)
        resident.look("large" + path.replace("/", "-"))
    resident.go("/d/daan/language/en")
    for path in ("/d/daan/", "/d/daan/demands/new", "/d/daan/demands/mine"):
        resident.go(path)
        assert resident.page.locator("html[lang=en]").count() == 1
        resident.look("english" + path.replace("/", "-"))

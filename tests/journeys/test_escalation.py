"""Demands cannot get lost: they climb by themselves, are handled together, and taken up again."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import DESK, PHONE, Walk
from tests.journeys.steps import pick

_RESIDENT, _COURTYARD, _STREET, _DISTRICT, _ADMIN, _CIVIL = 1, 2, 5, 6, 8, 10


def _file(resident: Walk, category: str, words: str) -> str:
    """File from the own home; returns the code."""
    resident.go(f"/d/daan/demands/new/{category}")
    with resident.page.expect_navigation():
        resident.page.locator("main .links a.link-row").first.click()
    resident.page.fill("#f-words", words)
    with resident.page.expect_navigation():
        resident.page.locator("form:has(#f-words) button[type=submit]").last.click()
    return resident.page.url.split("/demands/")[1].split("?")[0]


def _open(walk: Walk, code: str, verb: str) -> Any:
    """The form of a verb on a demand's page, unfolded."""
    walk.go(f"/d/daan/demands/{code}")
    fold = walk.page.locator(f"details.fold:has(input[name=verb][value={verb}])")
    if fold.count() and not fold.evaluate("fold => fold.open"):
        fold.locator("> summary").click()
    return walk.page.locator(f"form:has(input[name=verb][value={verb}])")


def _act(walk: Walk, code: str, verb: str, look: str = "", **said: str) -> None:
    """Do it; once more where the clock was quicker and the page says that something has changed."""
    for _again in range(2):
        _send(walk, code, verb, look, **said)
        refused = walk.page.locator("[data-error-summary]")
        if not refused.count():
            return
        said_why = refused.inner_text()
    raise AssertionError(f"{verb}: {said_why}")


def _send(walk: Walk, code: str, verb: str, look: str, **said: str) -> None:
    form = _open(walk, code, verb)
    for name, value in said.items():
        field = form.locator(f"[name={name}]").last
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            pick(form.locator(f"[name={name}][value='{value}']"))
        else:
            field.fill(value)
    if look:
        walk.look(look)
    with walk.page.expect_navigation():
        form.locator("button[type=submit]").click()


def _turn(walk: Walk, code: str) -> None:
    """Turn the demo's clock to the next time limit of this demand, in the banner."""
    walk.go(f"/d/daan/demands/{code}")
    walk.page.locator(".sample__roles:has(button[name=step]) > summary").click()
    with walk.page.expect_navigation():
        walk.page.locator(f"button[name=step][value='demand-{code}']").click()


def test_an_ignored_demand_climbs_all_five_levels_by_itself(walk: Any) -> None:
    resident: Walk = walk(PHONE)
    resident.enter(_RESIDENT)
    code = _file(resident, "street_lights", "后门的路灯灭了，晚上下夜班要摸黑走。")
    watcher: Walk = walk(DESK)
    watcher.enter(_DISTRICT)
    for turn in range(12):
        _turn(watcher, code)
        climbed = watcher.page.locator(".timeline strong", has_text="到期自动上报").count()
        watcher.look(f"turn-{turn}-climbed-{climbed}")
        if climbed == 4:
            break
    assert climbed == 4, "it did not climb from the courtyard to the district"
    assert watcher.page.locator(".ladder__dot").count() == 5
    watcher.go("/d/daan/inbox")
    assert watcher.page.get_by_text("自动上报给您").count()
    watcher.look("inbox-of-the-district")
    resident.go(f"/d/daan/demands/{code}")
    resident.look("what-the-resident-sees")
    watcher.go("/d/daan/demands?list=overdue")
    watcher.look("overdue")


def test_three_departments_handle_one_demand_together(walk: Any) -> None:
    resident: Walk = walk(PHONE)
    resident.enter(_RESIDENT)
    code = _file(resident, "hardship", "隔壁独居老人摔伤没人照顾，想请有关部门一起看看。")
    lead: Walk = walk(DESK)
    lead.enter(_COURTYARD)
    _act(lead, code, "accept")
    for number, department in enumerate(("civil_affairs", "justice", "human_resources")):
        look = "ask-to-join" if number == 0 else ""
        _act(lead, code, "join", look, unit=department, hours="8", reason="请上门看看能帮什么")
    refused = _open(lead, code, "resolve")
    assert refused.count() == 0, "the lead must hear the helpers first"
    lead.look("three-asked")
    civil: Walk = walk(DESK)
    civil.enter(_CIVIL)
    civil.go("/d/daan/demands?list=joint")
    assert civil.page.locator(f"a[href*='/{code}']").count()
    civil.look("joint-with-me")
    _act(civil, code, "contribute", "part", reason="已安排临时救助和助老员")
    district: Walk = walk(DESK)
    district.enter(_DISTRICT)
    for department in ("justice", "human_resources"):
        said = {"unit": department} if department == "justice" else {}
        _act(district, code, "contribute", reason="已完成", **said)
    _act(lead, code, "resolve", reason="三个部门都已上门，老人有人照顾了")
    lead.look("resolved-together")
    assert lead.page.get_by_text("已安排临时救助和助老员").count()


def test_a_resident_rates_and_reopens_in_elder_mode_and_in_english(walk: Any) -> None:
    resident: Walk = walk(PHONE)
    resident.enter(_RESIDENT)
    code = _file(resident, "pets", "楼下的狗从早叫到晚。")
    steward: Walk = walk(DESK)
    steward.enter(_COURTYARD)
    _act(steward, code, "accept")
    _act(steward, code, "ask", "ask-the-resident", reason="是几号楼的狗？")
    resident.go(f"/d/daan/demands/{code}")
    resident.look("your-turn")
    _act(resident, code, "answer", reason="二号楼一单元")
    _act(steward, code, "resolve", reason="已和狗主人谈好，白天送到亲戚家")
    resident.go(f"/d/daan/demands/{code}")
    resident.from_menu("大字版")
    resident.look("elder-resolved")
    _act(resident, code, "reopen", "elder-reopen", reason="第二天又开始叫了")
    _act(steward, code, "accept")
    _act(steward, code, "resolve", reason="狗已经送走")
    resident.go(f"/d/daan/demands/{code}")
    resident.look("elder-two-answers")
    with resident.page.expect_navigation():
        _open(resident, code, "confirm").locator("button[type=submit]").click()
    form = _open(resident, code, "rate")
    form.locator("input[name=rating][value='4']").evaluate("star => star.click()")
    resident.look("elder-stars")
    with resident.page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert resident.page.get_by_text("4 星").count()
    resident.from_menu("English")
    resident.look("english-confirmed")
    steward.go(f"/d/daan/demands/{code}")
    with steward.page.expect_navigation():
        steward.page.get_by_role("link", name="English").click()
    steward.look("english-story")


def test_a_holiday_that_the_district_sets_moves_the_deadline(walk: Any) -> None:
    resident: Walk = walk(PHONE)
    resident.enter(_RESIDENT)
    before = _file(resident, "greenery", "树枝压到电线了。")
    first = resident.page.locator(".where dd").nth(1).inner_text()
    admin: Walk = walk(DESK)
    admin.enter(_ADMIN)
    admin.go("/d/daan/workdays")
    admin.look("working-days")
    shown = resident.page.locator(".where dd").nth(1).inner_text()
    year, rest = shown.split("年", 1)
    month, rest = rest.split("月", 1)
    day = f"{year}-{int(month):02}-{int(rest.split('日')[0]):02}"
    admin.go(f"/d/daan/workdays/days/{day}")
    pick(admin.page.locator("input[name=works][value=off]").first)
    admin.page.locator("#f-name_zh").fill("区庆放假")
    admin.look("a-day-off")
    with admin.page.expect_navigation():
        admin.page.locator("form:has(#f-name_zh) button[type=submit]").first.click()
    after = _file(resident, "greenery", "另一棵树也压到电线了。")
    assert after != before
    second = resident.page.locator(".where dd").nth(1).inner_text()
    assert second != first, "the holiday did not move the deadline"
    resident.look("a-later-deadline")

"""A dance group: begun on a phone, filed, grown two stages by its records, asleep, awake, then
registered as a social organisation, and gone; its whole story stands on one page.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, SMALL, Walk

_RESIDENT, _COMMUNITY, _STREET, _DISTRICT, _ADMIN = 1, 4, 5, 6, 8
_USCC = "51510304MJXXX700XM"


def _act(walk: Walk, path: str, verb: str, **given: str) -> None:
    """An act by its own form on the page of the group."""
    walk.go(path)
    form = walk.page.locator(f"form:has(input[name=verb][value={verb}])")
    for name, value in given.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("field => field.localName") == "select":
            field.select_option(value, force=True)
        else:
            field.evaluate("(field, value) => { field.value = value }", value)
    with walk.page.expect_navigation():
        form.evaluate("form => form.submit()")
    expect(walk.page.locator("[role=alert]")).to_have_count(0)


def _add(walk: Walk, code: str, what: str, **given: str) -> None:
    walk.go(f"/d/daan/organisations/{code}/add/{what}")
    for name, value in given.items():
        walk.page.fill(f"#f-{name}", value)
    with walk.page.expect_navigation():
        walk.page.locator("main form.form .buttons button[type=submit]").first.click()


def test_a_dance_group_grows_up_on_one_page(walk: Any) -> None:
    leader, community, street, district, admin = (
        walk(size) for size in (PHONE, DESK, DESK, DESK, DESK)
    )
    for one, number in ((leader, _RESIDENT), (community, _COMMUNITY), (street, _STREET),
                        (district, _DISTRICT), (admin, _ADMIN)):  # fmt: skip
        one.enter(number)

    leader.go("/d/daan/groups")
    leader.look("groups")
    leader.go("/d/daan/organisations/start")
    leader.look("start")
    leader.page.fill("#f-name_zh", "桂苑坝坝舞队（示例）")
    leader.page.fill("#f-purpose", "晚饭后在院坝跳舞，谁都可以来。")
    leader.page.locator("input[name=type][value=community_organisation]").evaluate(
        "card => card.click()"
    )
    leader.page.fill("#f-members", "9")
    with leader.page.expect_navigation():
        leader.page.locator("main form.form .buttons button").first.click()
    code = leader.page.url.rpartition("/")[2]
    own, record = f"/d/daan/my/organisation/{code}", f"/d/daan/organisations/{code}"
    leader.look("proposed")

    _act(community, record, "advise", reason="队员稳定，支持备案")
    _act(street, record, "file", number="龙街备〔2026〕示例 1 号")
    for one in (street, district):
        _act(one, record, "enter")
    for one in (street, district):
        _act(one, record, "promote")
    leader.go(own)
    leader.look("growing")
    for words in ("坝坝舞展演", "教新队员", "重阳节演出"):
        _add(leader, code, "sign", words=words, people="20")
    for one in (street, district):
        _act(one, record, "promote")
    expect(district.page.locator(".record__facts")).to_contain_text("成长")
    district.look("record")

    for one in (street, district):
        _act(one, record, "sleep", **({"reason": "队长住院"} if one is street else {}))
    _act(leader, own, "prove", reason="昨晚又跳起来了")
    for one in (district, admin):
        given = {"to": "social_organisation", "number": _USCC} if one is district else {}
        _act(one, record, "transform", **given)
    _act(leader, own, "leave", exit="own_wish", reason="并入市舞蹈协会")
    for one in (district, admin):
        _act(one, record, "close")

    district.go(record)
    story = district.page.locator("#story .timeline__head strong").all_inner_texts()
    for did in ("已发起", "已申报备案", "社区已初审", "已备案", "进入培育", "已晋级", "转入休眠",
                "活动证明", "已转登记", "退出中", "已退出"):  # fmt: skip
        assert any(did in line for line in story), (did, story)
    assert story.count("已晋级") == 2
    district.look("story")


def test_groups_rings_and_the_register_fit_every_screen(walk: Any) -> None:
    visitor, admin = walk(SMALL), walk(DESK)
    admin.enter(8)
    for path in ("/groups", "/groups/rings", "/groups?type=courtyard_group"):
        for size in (SMALL, PHONE, DESK):
            visitor.page.set_viewport_size(size)
            visitor.go(f"/d/daan{path}")
            visitor.look("public")
    for path in ("/organisations", "/organisations/linkage", "/settings/organisations", "/plans",
                 "/organisations/workbook", "/console/rooms/longjing/premises"):  # fmt: skip
        for size in (PHONE, DESK):
            admin.page.set_viewport_size(size)
            admin.go(f"/d/daan{path}")
            admin.look(path.rpartition("/")[2])

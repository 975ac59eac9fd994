"""Organisations through the doors that people use."""

from __future__ import annotations

import io
import re
from typing import Any

from PIL import Image

from saas.organisations import commands, queries
from tests.organisations.making import act, filed, growing, started
from tests.support import District, Visitor

START = {
    "name_zh": "坝坝舞队（示例）", "purpose": "晚饭后一起跳舞。", "type": "community_organisation",
    "members": "9", "submission": "a-start-of-a-group-1",
}  # fmt: skip


def _open(page: Visitor, path: str, status: int = 200) -> str:
    answer = page.get(path)
    assert answer.status_code == status, answer.text[:3000]
    return answer.text


def _code(answer: Any) -> str:
    return str(answer.headers["Location"].rpartition("/")[2])


def test_a_resident_starts_a_group_on_one_page(alpha: District) -> None:
    resident = alpha.client("resident")
    _open(resident, "/organisations/start")
    answer = resident.post("/organisations/start", **START)
    assert answer.status_code == 302, answer.text
    again = resident.post("/organisations/start", **START)
    assert _code(again) == _code(answer)
    page = _open(resident, f"/my/organisation/{_code(answer)}")
    assert "坝坝舞队" in page
    assert "待备案" in page
    wrong = resident.post(
        "/organisations/start", **START | {"submission": "x" * 20, "members": "9999"}
    )
    assert wrong.status_code == 422


def test_staff_file_it_and_two_people_let_it_grow(alpha: District) -> None:
    with alpha.work():
        group = started(alpha)
        code, seen = group.code, group.acts
    path = f"/organisations/{code}"
    community, street, officer = (alpha.client(who) for who in ("community", "street", "officer"))
    assert community.post(path, verb="advise", seen=str(seen), reason="支持").status_code == 302
    assert street.post(path, verb="file", seen=str(seen + 1), number="1 号").status_code == 302
    late = street.post(path, verb="enter", seen=str(seen))
    assert late.status_code == 422
    assert street.post(path, verb="enter", seen=str(seen + 2)).status_code == 302
    page = _open(officer, path)
    assert "确认：" in page
    assert officer.post(path, verb="enter", seen=str(seen + 3)).status_code == 302
    assert "萌芽" in _open(officer, path)


def test_every_page_of_a_group_opens_for_who_may_see_it(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        code = group.code
        commands.add_station(
            alpha.unit("street"), name={"zh": "社工站"}, actor=alpha.actor("admin")
        )
    admin, resident, nobody = alpha.client("admin"), alpha.client("resident"), alpha.client()
    for path in ("/organisations", "/organisations/linkage", "/settings/organisations", "/plans",
                 "/organisations/workbook", f"/organisations/{code}/sheet", "/organisations/start",
                 "/settings/organisations/types/new",
                 "/settings/organisations/stages/com_seed"):  # fmt: skip
        _open(admin, path)
    for path in ("/groups", f"/groups/{code}", "/groups/rings", "/groups?q=坝坝舞"):
        assert "坝坝舞" in _open(nobody, path)
    for path in (f"/my/organisation/{code}", f"/my/organisation/{code}/plan", "/my/mentoring",
                 f"/organisations/{code}/change", f"/organisations/{code}/add/sign"):  # fmt: skip
        _open(resident, path)
    for what in ("sign", "roll", "member", "post", "credential", "area", "picture", "mentor",
                 "session", "link"):  # fmt: skip
        _open(admin, f"/organisations/{code}/add/{what}")
    for what in ("station", "worker", "branch", "pilot"):
        _open(admin, f"/organisations/linkage/{what}")
    _open(alpha.client("neighbour"), f"/my/organisation/{code}", 404)


def test_what_is_added_stands_on_the_page(alpha: District) -> None:
    with alpha.work():
        code = growing(alpha).code
    resident, street = alpha.client("resident"), alpha.client("street")
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(photo, "PNG")
    photo.seek(0)
    add = f"/organisations/{code}/add"
    for who, what, fields in (
        (resident, "sign", {"words": "广场展演", "kind": "activity", "people": "30"}),
        (resident, "roll", {"party": "2", "others": "10"}),
        (resident, "member", {"name": "示例甲", "consent": "1"}),
        (resident, "picture", {"photo": (photo, "a.png")}),
        (street, "credential", {"kind": "assessment", "number": "3A", "issuer": "民政局",
                                "valid_from": "2026-01-01", "valid_until": "2030-12-31"}),
        (street, "mentor", {"kind": "business", "login": "keeper", "hours": "20"}),
        (street, "area", {"name_zh": "邻县某社区", "people": "500"}),
    ):  # fmt: skip
        answer = who.post(f"{add}/{what}", **fields)
        assert answer.status_code == 302, (what, answer.text[-4000:])
    page = _open(street, f"/organisations/{code}")
    for word in ("广场展演", "3A", "邻县某社区", "20"):
        assert word in page
    keeper = alpha.client("keeper")
    assert keeper.post(f"/my/mentoring/{code}", minutes="90", topic="怎样排队形").status_code == 302
    own = _open(resident, f"/my/organisation/{code}")
    confirm = re.search(rf"/organisations/{code}/sessions/(\d+)/confirm", own)
    assert confirm
    assert resident.post(confirm[0]).status_code == 302
    with alpha.work():
        group = queries.group_by_code(code)
        assert queries.mentors_of(group)[0].confirmed == 1.5
    refused = resident.post(f"{add}/member", name="小朋友", consent="1", child="1")
    assert refused.status_code == 422


def test_who_taps_join_is_a_member_until_leaving(alpha: District) -> None:
    with alpha.work():
        code = filed(alpha).code
    neighbour = alpha.client("neighbour")
    assert neighbour.post(f"/groups/{code}/join").status_code == 302
    assert "您已是成员" in _open(neighbour, f"/groups/{code}")
    assert neighbour.post(f"/groups/{code}/leave").status_code == 302
    assert "您已是成员" not in _open(neighbour, f"/groups/{code}")


def test_drafts_are_nobodys_business_further_up(alpha: District) -> None:
    with alpha.work():
        group = started(alpha, propose=False)
        code = group.code
    _open(alpha.client("resident"), f"/my/organisation/{code}")
    assert code in _open(alpha.client("community"), "/organisations?standing=draft")
    _open(alpha.client("auditor"), f"/organisations/{code}", 404)
    _open(alpha.client(), f"/groups/{code}", 404)
    with alpha.work():
        act(alpha, queries.group_by_code(code), "propose", "resident")
    _open(alpha.client("auditor"), f"/organisations/{code}")

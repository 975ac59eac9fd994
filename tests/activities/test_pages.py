"""Activities by their pages: found, signed up for, entered at the desk, moved, cancelled."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.activities import queries
from saas.activities.models import Term
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from tests.activities.making import act, answered, guest, on, opened, planned, published, signed
from tests.organisations.making import filed
from tests.support import District, Visitor


def _open(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.text


def test_everybody_finds_what_is_published_and_nobody_a_draft(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16)).code
        draft = planned(alpha, on(3, 14), on(3, 16)).dates[0].code
    page = _open(alpha.client(), "/activities")
    assert "包汤圆" in page
    assert "4 个名额" in page or "4" in page
    assert draft not in page
    shown = _open(alpha.client(), f"/activities/s/{one}")
    assert 'property="og:title" content="包汤圆"' in shown
    assert alpha.client().get(f"/activities/s/{draft}").status_code == 404
    assert alpha.client("resident").get(f"/activities/s/{draft}").status_code == 404
    _open(alpha.client("street"), f"/activities/s/{draft}")
    ways = alpha.client().get(f"/activities/s/{one}/sign-up")
    assert ways.status_code == 302
    assert "/sign-in" in ways.location


def test_a_resident_signs_up_in_one_page_and_leaves_again(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16)).code
    me = alpha.client("resident")
    _open(me, f"/activities/s/{one}/sign-up")
    sent = {"party": "2", "photo_consent": "no", "submission": "a-submission-of-a-form"}
    made = me.post(f"/activities/s/{one}/sign-up", **sent)
    assert made.status_code == 302
    twice = me.post(f"/activities/s/{one}/sign-up", **sent)
    assert twice.location.partition("?")[0] == made.location.partition("?")[0]
    path = made.location.partition("?")[0].removeprefix(alpha.root)
    _open(me, path + "?made=1")
    _open(me, path + "/slip")
    _open(me, "/activities/mine")
    assert alpha.client("neighbour").get(path).status_code == 404
    assert alpha.client().get(path).status_code == 404
    left = me.post(path, verb="leave", seen="1")
    assert left.status_code == 302
    late = me.post(path, verb="leave", seen="1")
    assert late.status_code == 422
    assert "4" in _open(me, f"/activities/s/{one}")


def test_the_slip_of_a_guest_opens_the_sign_up_on_any_telephone(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16)).code
    desk = alpha.client("community")
    sent = {"party": "2", "photo_consent": "guardian", "guest_name": "刘婆婆", "channel": "desk",
            "guest_phone": "13900139111"}  # fmt: skip
    made = desk.post(f"/activities/s/{one}/enter", **sent)
    assert made.status_code == 302
    slip = _open(desk, made.location.removeprefix(alpha.root))
    assert "刘婆婆" not in slip
    code = re.search(r"/sign-ups/([A-Z0-9]+)/slip", made.location)
    assert code is not None
    phone = alpha.client()
    opened = phone.get(f"/a/{code[1]}")
    assert opened.status_code == 302
    page = _open(phone, opened.location.removeprefix(alpha.root))
    assert "刘婆婆" not in page
    assert phone.post(f"/activities/sign-ups/{code[1]}", verb="leave").status_code == 302
    wrong = alpha.client().post("/activities/find", code="AAAAA-AAAAA")
    assert wrong.status_code == 422
    typed = alpha.client().post("/activities/find", code=code[1].lower())
    assert typed.status_code == 302


@pytest.mark.parametrize("who", ["resident", "auditor", "courtyard"])
def test_nobody_else_enters_or_sees_who_comes(alpha: District, who: str) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16))
        guest(alpha, one, 1)
        one = one.code
    visitor = alpha.client(who)
    for path in ("/enter", "/sign-up"):
        answer = visitor.get(f"/activities/s/{one}{path}")
        assert "客人1" not in answer.text
    assert visitor.get(f"/activities/s/{one}/enter").status_code in (403, 404)
    assert visitor.get(f"/console/activities/s/{one}").status_code in (403, 404)


def test_a_street_plans_publishes_moves_and_cancels_by_its_pages(alpha: District) -> None:
    with alpha.work():
        planned(alpha, on(9, 9), on(9, 10))
        day, until = f"{on(3, 0):%Y-%m-%d}", f"{on(17, 0):%Y-%m-%d}"
    desk = alpha.client("street")
    _open(desk, "/console/activities/new")
    wanted = {
        "title_zh": "亲子阅读", "kind": "festival", "how": "series", "every": "week", "day": day,
        "start": "10:00", "end": "11:30", "until": until, "max_people": "12",
        "room": "deliberation", "resident_yuan": "5", "public": "1", "bring": "水杯\n童书",
        "submission": "plan-of-reading-hour",
    }  # fmt: skip
    assert desk.post("/console/activities/new", **{**wanted, "every": ""}).status_code == 422
    made = desk.post("/console/activities/new", **wanted)
    assert made.status_code == 302, made.text
    assert desk.post("/console/activities/new", **wanted).location == made.location, "pressed twice"
    path = made.location.removeprefix(alpha.root)
    page = _open(desk, path)
    assert "亲子阅读" in page
    assert "水杯" in page
    assert desk.post(path, verb="publish", seen="1").status_code == 302
    more = re.search(r'action="([^"]+/publish)"', page)
    assert more is not None
    listed = _open(desk, "/console/activities?state=published")
    assert "亲子阅读" in listed
    assert listed.count("亲子阅读") < _open(desk, "/console/activities").count("亲子阅读")
    _open(desk, f"{path}/move")
    moved = {"day": day, "start": "14:00", "end": "15:30", "room": "deliberation", "seen": "2"}
    assert desk.post(f"{path}/move", **moved).status_code == 302
    assert desk.post(f"{path}/move", **moved).status_code == 422
    assert "14:00–15:30" in _open(desk, path)
    assert desk.post(path, verb="cancel").status_code == 422
    gone = desk.post(path, verb="cancel", reason="下雨")
    assert gone.location.endswith("/ring")
    _open(desk, f"{path}/ring")
    assert "下雨" in _open(alpha.client(), path.replace("/console", ""))


def test_an_activity_is_edited_on_one_page_and_who_is_second_is_told(alpha: District) -> None:
    with alpha.work():
        made = planned(alpha, on(2, 14), on(2, 16))
        path = f"/console/activities/edit/{made.activity.code}"
        first = made.dates[0].code
    desk = alpha.client("street")
    assert "包汤圆" in _open(desk, path)
    sent = {"title_zh": "元宵包汤圆", "kind": "festival", "max_people": "6", "market_yuan": "10"}
    assert desk.post(path, **sent).status_code == 302
    assert "10 元" in _open(desk, f"/activities/s/{first}")
    assert "元宵包汤圆" in _open(desk, f"/console/activities/s/{first}")
    assert alpha.client("resident").get(path).status_code == 404


def test_a_district_without_kinds_of_its_own_plans_all_the_same(alpha: District) -> None:
    with alpha.work():
        session.execute(sa.delete(Term))
        opened(alpha)
        day = f"{on(4, 0):%Y-%m-%d}"
    wanted = {
        "title_zh": "院坝会", "how": "once", "day": day, "start": "10:00", "end": "11:00",
        "room": "deliberation", "public": "1", "submission": "plan-without-a-kind",
    }  # fmt: skip
    desk = alpha.client("street")
    assert desk.post("/console/activities/new", **wanted).status_code == 302
    assert "院坝会" in _open(desk, "/console/activities")


def test_who_leads_a_group_plans_its_activities_by_the_same_pages(alpha: District) -> None:
    with alpha.work():
        group = filed(alpha)
        planned(alpha, on(9, 9), on(9, 10))
        code, day = group.code, f"{on(4, 0):%Y-%m-%d}"
    me, path = alpha.client("resident"), "/console/activities/new"
    assert 'name="tag"' not in _open(me, path)
    wanted = {
        "title_zh": "坝坝舞公开课", "kind": "festival", "how": "once", "day": day, "start": "19:00",
        "end": "20:00", "address_zh": "桂圆院坝", "organisation": code, "public": "1",
        "tag": "micro_project", "submission": "plan-of-our-own-group",
    }  # fmt: skip
    assert me.post(path, **{**wanted, "organisation": ""}).status_code == 403
    made = me.post(path, **wanted)
    assert made.status_code == 302, made.text
    work = made.location.removeprefix(alpha.root)
    assert me.post(work, verb="publish").status_code == 302
    assert "坝坝舞公开课" in _open(me, "/activities/mine")
    assert "坝坝舞公开课" in _open(alpha.client(), f"/activities?by={code}")
    assert alpha.client("neighbour").get(path).status_code == 403
    with alpha.work():
        one = queries.by_code(work.rpartition("/")[2])
        assert queries.scene_of(one).activity.tag is None


def test_the_list_to_ring_shows_numbers_when_asked_and_writes_that_down(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16))
        guest(alpha, one, 7)
        path = f"/console/activities/s/{one.code}/ring"
    desk = alpha.client("street")
    assert "13900100007" not in _open(desk, path)
    assert "13900100007" in desk.post(path).text
    with alpha.work():
        last = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert last is not None
        assert last.action == "activities.show_numbers"
    assert alpha.client("resident").post(path).status_code == 404


def test_the_calendar_file_keeps_its_name_and_counts_its_changes(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16), room=False).code
        start = f"{on(2, 14):%Y%m%dT%H%M%S}"
    path = f"/activities/s/{one}/session.ics"
    first = _open(alpha.client(), path)
    assert f"UID:{one}@" in first
    assert "BEGIN:VTIMEZONE" in first
    assert "SEQUENCE:0" in first
    assert f"DTSTART;TZID=Asia/Shanghai:{start}" in first
    with alpha.work():
        act(alpha, queries.by_code(one), "cancel", "street", reason="雨")
    assert "STATUS:CANCELLED" in _open(alpha.client(), path)


def test_a_waiting_list_says_where_one_stands(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(5, 14), on(5, 16), places=2)
        first = guest(alpha, one, 1, 2)
        mine = signed(alpha, one, "resident", 2)
        assert mine.state == "waiting"
        path, first = f"/activities/sign-ups/{mine.code}", first.code
    me = alpha.client("resident")
    page = _open(me, path)
    assert "1" in page
    with alpha.work(), clock.turned(timedelta(hours=1)):
        answered(alpha, queries.signup_by_code(first), "take_out", "street")
    page = _open(me, path)
    assert 'value="accept"' in page
    assert me.post(path, verb="accept").status_code == 302


def test_the_first_page_says_what_happens_next_and_which_places_wait_for_an_answer(
    alpha: District,
) -> None:
    with alpha.work():
        one = published(alpha, on(5, 14), on(5, 16), places=2)
        first = guest(alpha, one, 1, 2)
        mine = signed(alpha, one, "resident", 2)
        code = mine.code
        with clock.turned(timedelta(hours=1)):
            answered(alpha, first, "take_out", "street")
    assert "包汤圆" in _open(alpha.client(), "/front")
    assert f"/activities/sign-ups/{code}" in _open(alpha.client("resident"), "/front")
    assert f"/activities/sign-ups/{code}" not in _open(alpha.client("neighbour"), "/front")

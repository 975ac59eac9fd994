"""The pages: what residents, who works there and strangers see."""

from __future__ import annotations

import re
from datetime import timedelta

from saas.kernel import clock
from saas.volunteers import commands, queries
from tests.activities.making import act, actor_of, planned
from tests.attendance.making import begun, soon
from tests.organisations.making import filed
from tests.support import District
from tests.volunteers.making import shift, taken, verified


def _asked(alpha: District) -> tuple[str, str]:
    """Codes of a session that is soon, and of the shift that it needs."""
    with alpha.work():
        one = soon(alpha)
        return one.code, shift(alpha, one, need=1).code


def test_a_resident_joins_takes_a_shift_and_gives_it_up(alpha: District) -> None:
    session, shift_code = _asked(alpha)
    guest, resident = alpha.client(), alpha.client("resident")
    assert "接待" in guest.get("/volunteers").text
    assert "登录后报名" in guest.get("/volunteers").text
    take = f"/volunteers/shifts/{shift_code}/take"
    assert resident.post(take, form="/volunteers").location.endswith("/volunteers/join")
    refused = resident.post("/volunteers/join", skills="书法")
    assert refused.status_code == 422
    assert "没有您的同意" in refused.text
    assert "书法" in refused.text, "what was typed stays"
    assert resident.post("/volunteers/join", skills="书法", consent="1").status_code == 302
    assert resident.post(take, form="/volunteers").location.endswith("/volunteers/me")
    assert "接待" in resident.get("/volunteers/me").text
    assert "人手够了" in guest.get("/volunteers").text
    resident.post(f"/volunteers/shifts/{shift_code}/give-up", form="/volunteers/me")
    assert "还差 1 人" in guest.get("/volunteers").text
    item = guest.get("/api/v1/shifts").get_json()["items"][0]
    assert (item["free"], item["session"]) == (1, session)


def _done(alpha: District) -> tuple[str, str, str]:
    """Codes of a session that has begun, of its shift, and of the resident who has it."""
    with alpha.work():
        one = begun(alpha)
        asked = shift(alpha, one)
        return one.code, asked.code, taken(alpha, one, asked).code


def test_who_runs_the_session_writes_hours_down_and_the_volunteer_shows_them(
    alpha: District,
) -> None:
    session, shift_code, volunteer = _done(alpha)
    at = f"/console/activities/s/{session}/helpers"
    street, resident = alpha.client("street"), alpha.client("resident")
    assert "按计划完成" in street.get(at).text
    sent = street.post(f"{at}/{shift_code}/verify", form=at, volunteer=volunteer, minutes="120")
    assert sent.status_code == 302
    page = street.post(f"{at}/{shift_code}/verify", form=at, volunteer=volunteer, minutes="60")
    assert page.status_code == 422
    assert "为什么" in page.text
    assert "2 小时" in resident.get("/volunteers/me").text
    paper = resident.post("/volunteers/me/certificate", form="/volunteers/me").location
    paper = paper.removeprefix(alpha.root)
    assert resident.get(paper).status_code == 200
    assert alpha.client("neighbour").get(paper).status_code == 404
    name = re.search(r"lead\">(.+?) 在", resident.get(paper).text)
    assert name is not None
    stranger = alpha.client().get(f"/verify/{paper.rsplit('/', 1)[1]}").text
    assert "真实" in stranger
    assert name[1] not in stranger, "the first character alone"
    assert f"{name[1][0]}*" in stranger
    assert alpha.client().get("/verify/AAAAAAAAAA").status_code == 404


def test_the_desk_enters_who_signed_on_paper_and_adds_who_helped(alpha: District) -> None:
    session, shift_code, _volunteer = _done(alpha)
    street = alpha.client("street")
    fields = {"name": "王桂香", "phone": "13900200001", "skills": "", "consent": "1"}
    assert street.post("/console/volunteers/enter", **fields).status_code == 302
    again = street.post("/console/volunteers/enter", **fields)
    assert again.status_code == 422
    assert "已经在名册上" in again.text
    roll = street.get("/console/volunteers/roll").text
    assert "王桂香" in roll
    assert "13900200001" not in roll, "masked"
    at = f"/console/activities/s/{session}/helpers"
    assert "王桂香" not in street.get(at).text, "no list to leaf through"
    found = street.get(f"{at}?q=桂香").text
    code = re.search(
        r'name="volunteer" value="(\w+)">\s*<button[^>]*>.{0,200}在这里帮忙', found, re.S
    )
    assert code is not None
    street.post(f"{at}/{shift_code}/add", form=at, volunteer=code[1])
    street.post(f"{at}/{shift_code}/verify", form=at, volunteer=code[1], minutes="30")
    listed = street.get("/console/volunteers").text
    assert "王桂香" in listed
    assert "30" in listed
    resident = alpha.client("resident")
    assert "王桂香" not in resident.get("/console/volunteers").text
    assert resident.get("/console/volunteers/roll").status_code in (403, 404)


def test_nobody_is_ranked_and_the_public_page_names_nobody(alpha: District) -> None:
    with alpha.work():
        one = begun(alpha)
        asked = shift(alpha, one)
        mine = taken(alpha, one, asked)
        verified(alpha, one, asked, mine)
        name = queries.names_of([mine])[mine.id]
        commands.leave(mine, actor=actor_of(alpha, "resident"))
    public = alpha.client().get("/volunteers").text
    assert "1 次" in public
    assert name not in public
    roll = alpha.client("street").get("/console/volunteers/roll").text
    assert "sort=hours" not in roll
    assert "sort=times" not in roll


def test_who_leads_a_group_writes_down_hours_at_its_own_sessions_alone(alpha: District) -> None:
    with alpha.work():
        group = filed(alpha)
        begin = clock.now() + timedelta(minutes=10)
        planned_ = planned(alpha, begin, begin + timedelta(hours=1), "resident", room=False,
                           organisation=group.code)  # fmt: skip
        one = planned_.dates[0]
        act(alpha, one, "publish", "street")
        asked = shift(alpha, one, "resident")
        helper = taken(alpha, one, asked, "neighbour").code
        act(alpha, one, "begin", "street")
        session, shift_code = one.code, asked.code
        other = commands.enter(alpha.unit("street"), name="不相干", phone="13900200002",
                               actor=actor_of(alpha, "street")).code  # fmt: skip
    leader, at = alpha.client("resident"), f"/console/activities/s/{session}/helpers"
    page = leader.get(at).text
    assert "按计划完成" in page
    assert "还有别人帮忙" not in page, "the roll is for the desk"
    verify = f"{at}/{shift_code}/verify"
    assert leader.post(verify, form=at, volunteer=helper, minutes="60").status_code == 302
    assert leader.post(verify, form=at, volunteer=other, minutes="60").status_code == 404
    assert "1 小时" in alpha.client("neighbour").get("/volunteers/me").text

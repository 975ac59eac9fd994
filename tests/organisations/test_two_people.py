"""Nobody gets round the second person, the level that decides, or what was asked for."""

from __future__ import annotations

from datetime import date

import pytest

from saas.kernel.errors import AppError, Conflict, Forbidden, Invalid
from saas.organisations import commands, queries
from tests.organisations.making import USCC, act, filed, growing, started, twice
from tests.support import District


def test_a_suspended_leader_does_not_let_itself_go_on(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        twice(alpha, group, "suspend", reason="整改")
        for verb in ("leave", "stay", "prove"):
            with pytest.raises(AppError):
                act(alpha, group, verb, "resident", exit="own_wish", reason="不")
        assert group.state == "suspended"


def test_an_act_takes_what_it_asks_and_nothing_else_that_is_sent(alpha: District) -> None:
    with alpha.work():
        group = started(alpha)
        act(alpha, group, "advise", "community", reason="好", to="courtyard_group", number="7")
        act(alpha, group, "file", "street", number="1", to="no_such_type", exception=True)
        assert [paper.kind for paper in queries.credentials_of(group)] == ["filing"]
        assert group.type == "community_organisation"
        act(alpha, group, "note", "community", reason="内部")
        assert not queries.story_of(group)[-1].exception


def test_the_second_person_decides_on_what_the_first_asked_for_and_adds_nothing(
    alpha: District,
) -> None:
    with alpha.work():
        group = growing(alpha)
        act(alpha, group, "transform", "officer", to="social_organisation", number=USCC)
        act(alpha, group, "transform", "admin", until=date(2099, 1, 1), issuer="别人")
        paper = queries.credential_of(group, "registration")
        assert paper is not None
        assert (paper.valid_until, paper.issuer == "别人") == (None, False)


def test_what_was_asked_for_about_another_state_is_asked_no_more(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        act(alpha, group, "leave", "resident", exit="own_wish", reason="散了")
        act(alpha, group, "close", "street")
        act(alpha, group, "stay", "officer", reason="又聚起来了")
        assert group.asked is None


def test_who_advises_does_not_file_and_nobody_takes_over_what_another_began(
    alpha: District,
) -> None:
    with alpha.work():
        group = started(alpha)
        act(alpha, group, "advise", "street", reason="好")
        with pytest.raises(Conflict):
            act(alpha, group, "file", "street", number="1")
        draft = started(alpha, propose=False)
        with pytest.raises(Forbidden):
            act(alpha, draft, "take_over", "street", number="1")


def test_groups_start_at_home_or_where_one_works(alpha: District) -> None:
    with alpha.work():
        for who, where in (("auditor", "courtyard"), ("resident", "street"), ("resident", "root")):
            with pytest.raises(Forbidden):
                started(alpha, who, unit=alpha.unit(where))
        assert started(alpha, unit=alpha.unit("community")).state == "proposed"


def test_papers_of_the_filing_come_by_acts_alone(alpha: District) -> None:
    with alpha.work():
        group = filed(alpha)
        given = {"number": "1", "issuer": "自己", "valid_from": date(2026, 1, 1)}
        with pytest.raises(Forbidden):
            commands.add_credential(
                group, kind="assessment", **given, actor=alpha.actor("resident")
            )
        with pytest.raises(Invalid):
            commands.add_credential(group, kind="filing", **given, actor=alpha.actor("street"))


def test_a_name_comes_off_the_list_and_a_contact_goes(alpha: District) -> None:
    with alpha.work():
        group, leader = filed(alpha), alpha.actor("resident")
        commands.add_member(group, name="示例甲", consent=True, actor=leader)
        (member,) = queries.members_of(group)
        commands.take_off(group, member.id, actor=leader)
        assert (queries.members_of(group), member.name) == ([], "")
        commands.set_post(group, role="contact", login="neighbour", actor=leader)
        contact = next(post for post in queries.posts_of(group) if post.role == "contact")
        assert alpha.people["neighbour"] in queries.people_of(group.id)
        commands.end_post(group, contact.id, actor=leader)
        assert alpha.people["neighbour"] not in queries.people_of(group.id)


def test_nobody_confirms_a_session_for_both_sides_or_passes_an_own_plan(alpha: District) -> None:
    with alpha.work():
        group, street = filed(alpha), alpha.actor("street")
        commands.add_mentor(group, kind="business", hours=10, login="resident", actor=street)
        (mentor,) = queries.mentors_of(group)
        with pytest.raises(Forbidden):
            commands.add_session(
                group, mentor=str(mentor.row.id), minutes=60, topic="x",
                actor=alpha.actor("resident"),
            )  # fmt: skip
        station = commands.add_station(alpha.unit("street"), name={"zh": "站"}, actor=street)
        plan = commands.add_plan(group, station=station.code, title="x", words="x", actor=street)
        with pytest.raises(Conflict):
            commands.act_on_plan(plan, verb="pass", reason="好", actor=street)


def test_a_contact_does_not_take_the_lead_which_the_leader_hands_over(alpha: District) -> None:
    with alpha.work():
        group, leader = filed(alpha), alpha.actor("resident")
        commands.set_post(group, role="contact", login="neighbour", actor=leader)
        contact = alpha.actor("neighbour")
        for taken in ({"login": "neighbour"}, {"name": "示例乙"}):
            with pytest.raises(Forbidden):
                commands.set_post(group, role="leader", actor=contact, **taken)
        commands.set_post(group, role="leader", login="neighbour", actor=leader)
        with pytest.raises(Forbidden):
            commands.set_post(group, role="leader", login="resident", actor=leader)
        commands.set_post(group, role="leader", login="resident", actor=alpha.actor("street"))


def test_mentors_and_links_end_by_staff_and_hours_stay(alpha: District) -> None:
    with alpha.work():
        group, other, street = filed(alpha), filed(alpha), alpha.actor("street")
        commands.add_mentor(group, kind="business", hours=10, login="neighbour", actor=street)
        commands.add_link(group, other=other.code, kind="league", actor=street)
        (mentor,), ((link, _, _),) = queries.mentors_of(group), queries.links_of(group)
        code, ids = group.code, (mentor.row.id, link.id)
    here = f"/organisations/{code}"
    for what, key in zip(("mentors", "links"), ids, strict=True):
        assert alpha.client("resident").post(f"{here}/{what}/{key}/end").status_code == 403
        assert alpha.client("street").post(f"{here}/{what}/{key}/end").status_code == 302
        assert alpha.client("street").post(f"{here}/{what}/{key}/end").status_code == 404
    with alpha.work():
        group = queries.registered(code)
        assert group is not None
        assert [one.row.until is None for one in queries.mentors_of(group)] == [False]
        assert queries.links_of(group) == []


def test_a_plan_that_is_sent_twice_is_one(alpha: District) -> None:
    with alpha.work():
        group, leader = growing(alpha), alpha.actor("resident")
        station = commands.add_station(
            alpha.unit("street"), name={"zh": "社工站"}, actor=alpha.actor("street")
        )
        plan = {"station": station.code, "title": "楼道", "words": "粉刷"}
        one = commands.add_plan(group, actor=leader, **plan)
        assert commands.add_plan(group, actor=leader, **plan) is one
        assert commands.add_plan(group, actor=leader, **{**plan, "words": "清扫"}) is not one

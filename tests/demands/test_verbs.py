"""What each verb does, who may do it, and what is refused with which sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.demands import commands, queries
from saas.demands.case import permissions, rules
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand, Follower
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.notices.models import Notice
from saas.territory import queries as units
from tests.demands.working import act, file, ring, story, verbs
from tests.support import District


@pytest.fixture(autouse=True)
def _cast(alpha: District) -> Iterator[None]:
    """Who is added in a test leaves with it."""
    before = dict(alpha.people)
    yield
    alpha.people.clear()
    alpha.people.update(before)


def _officer(district: District, department: str, login: str) -> None:
    """Somebody at a department."""
    person = accounts.add_person(name=f"sample {login}", login=login, actor=SYSTEM)
    unit = units.unit_by_code(department)
    role = people.role("department_officer")
    post = accounts.add_post(unit=unit, role=role, name={"zh": login}, actor=SYSTEM)
    accounts.give_post(person, post, actor=SYSTEM)
    district.people[login] = person.id


def _told(district: District, who: str) -> list[str]:
    query = sa.select(Notice.kind).where(Notice.person_id == district.people[who])
    return [kind.removeprefix("demands.") for kind in session.scalars(query.order_by(Notice.id))]


def _accepted(district: District) -> Demand:
    demand = file(district)
    act(district, demand, "courtyard", "accept")
    return demand


def test_a_department_takes_over_acts_and_gives_back_to_who_sent_it(alpha: District) -> None:
    with alpha.work():
        _officer(alpha, "civil_affairs", "civil")
        demand = _accepted(alpha)
        with pytest.raises(Invalid) as missing:
            act(alpha, demand, "courtyard", "transfer")
        assert "unit" in missing.value.errors
        act(alpha, demand, "courtyard", "transfer", unit="civil_affairs")
        assert (demand.level, demand.state) == ("district", "waiting")
        assert _told(alpha, "civil") == ["from_aside"]
        with pytest.raises(Forbidden):
            act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "civil", "accept")
        act(alpha, demand, "civil", "return_down")
        assert demand.holder_id == alpha.unit("courtyard").id
        assert demand.level == "courtyard"
        cases.access_demand(demand.code, actor=alpha.actor("civil"))


def test_a_department_that_does_nothing_loses_it_to_the_district_by_deadline(
    alpha: District,
) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        act(alpha, demand, "courtyard", "transfer", unit="justice")
        with clock.turned(timedelta(days=30)):
            ring()
        assert demand.holder_id == alpha.unit("root").id
        assert verbs(demand)[-1] == "climb"


def test_nobody_transfers_to_the_own_superior_or_to_where_it_is(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        for unit in ("street", "courtyard"):
            with pytest.raises(Invalid) as wrong:
                act(alpha, demand, "courtyard", "transfer", unit=unit)
            assert "unit" in wrong.value.errors


def test_it_is_returned_to_any_level_below_that_is_named(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        for who in ("courtyard", "compound", "community"):
            if demand.state == "waiting":
                act(alpha, demand, who, "accept")
            act(alpha, demand, who, "pass_up")
        act(alpha, demand, "street", "accept")
        act(alpha, demand, "street", "return_down", unit="courtyard")
        assert (demand.level, demand.returned) == ("courtyard", 1)
        act(alpha, demand, "courtyard", "accept")
        with pytest.raises(Conflict):
            act(alpha, demand, "courtyard", "return_down")


def test_helpers_answer_for_their_part_and_the_lead_waits_for_them(alpha: District) -> None:
    with alpha.work():
        _officer(alpha, "civil_affairs", "civil")
        demand = _accepted(alpha)
        act(alpha, demand, "courtyard", "join", unit="civil_affairs", hours=8)
        act(alpha, demand, "courtyard", "join", unit="justice", hours=8)
        with pytest.raises(Invalid):
            act(alpha, demand, "courtyard", "join", unit="justice", hours=8)
        with pytest.raises(Conflict):
            act(alpha, demand, "courtyard", "resolve")
        with pytest.raises(Forbidden):
            act(alpha, demand, "compound", "contribute")
        assert queries.counts(alpha.actor("civil"))["joint"] == 1
        act(alpha, demand, "civil", "contribute", reason="已救助")
        act(alpha, demand, "courtyard", "release", unit="justice")
        act(alpha, demand, "courtyard", "resolve")
        assert demand.state == "resolved"
        assert demand.holder_id == alpha.unit("courtyard").id
        assert {"asked_to_join"} <= set(_told(alpha, "civil"))
        assert "contributed" in _told(alpha, "courtyard")
        cases.access_demand(demand.code, actor=alpha.actor("civil"))


def test_two_pairs_of_eyes_of_two_levels_decide_what_is_not_reasonable(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        with pytest.raises(Invalid) as wrong:
            act(alpha, demand, "courtyard", "doubt", code="parts")
        assert "code" in wrong.value.errors, "a cause for suspending is none for declining"
        act(alpha, demand, "courtyard", "doubt", code="beyond_reason")
        assert "to_review" in _told(alpha, "compound")
        with pytest.raises(Forbidden):
            act(alpha, demand, "courtyard", "uphold")
        act(alpha, demand, "compound", "uphold", reason="确实超出范围")
        assert (demand.state, demand.reason_code) == ("declined", "beyond_reason")
        assert "yours_declined" in _told(alpha, "resident")


def test_who_doubted_for_a_unit_below_cannot_review_the_own_doubt(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        act(alpha, demand, "compound", "doubt", code="beyond_reason")
        with pytest.raises(Conflict):
            act(alpha, demand, "compound", "uphold")
        act(alpha, demand, "community", "overrule")
        assert (demand.state, demand.reason_code) == ("accepted", None)


def test_at_the_top_the_second_pair_of_eyes_is_of_a_level_below(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        for who in ("courtyard", "compound", "community", "street"):
            if demand.state == "waiting":
                act(alpha, demand, who, "accept")
            act(alpha, demand, who, "pass_up")
        act(alpha, demand, "officer", "accept")
        act(alpha, demand, "officer", "doubt", code="against_law")
        with pytest.raises((Forbidden, Conflict)):
            act(alpha, demand, "admin", "uphold")
        act(alpha, demand, "street", "uphold")
        assert demand.state == "declined"


def test_an_appeal_goes_one_level_up_once_and_within_its_days(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        act(alpha, demand, "courtyard", "doubt", code="beyond_reason")
        act(alpha, demand, "compound", "uphold")
        with pytest.raises(Forbidden):
            act(alpha, demand, "courtyard", "appeal")
        with clock.turned(timedelta(days=16)), pytest.raises(Conflict):
            act(alpha, demand, "resident", "appeal")
        with clock.turned(timedelta(days=14)):
            act(alpha, demand, "resident", "appeal")
        assert (demand.level, demand.state) == ("compound", "waiting")
        act(alpha, demand, "compound", "accept")
        act(alpha, demand, "compound", "doubt", code="beyond_reason")
        act(alpha, demand, "community", "uphold")
        with pytest.raises(Conflict):
            act(alpha, demand, "resident", "appeal")


def test_the_window_for_reopening_is_the_servers_whatever_the_page_shows(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        act(alpha, demand, "courtyard", "resolve")
        with clock.turned(timedelta(days=15, hours=1)), pytest.raises(Conflict):
            act(alpha, demand, "resident", "reopen")
        with clock.turned(timedelta(days=14)):
            act(alpha, demand, "resident", "confirm", rating=2)
            act(alpha, demand, "resident", "reopen")
        assert (demand.state, demand.reopened, demand.rating) == ("waiting", 1, 2)
        assert "reopened" in _told(alpha, "courtyard")


def test_a_rating_is_given_once_by_who_filed_it(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        act(alpha, demand, "courtyard", "resolve")
        with pytest.raises(Forbidden):
            act(alpha, demand, "courtyard", "confirm", rating=5)
        act(alpha, demand, "resident", "confirm")
        with pytest.raises(Invalid):
            act(alpha, demand, "resident", "rate")
        act(alpha, demand, "resident", "rate", rating=3)
        with pytest.raises(Conflict):
            act(alpha, demand, "resident", "rate", rating=5)
        assert (demand.rating, story(demand)[-1].rating) == (3, 3)


def test_supervising_is_for_levels_above_and_can_shorten_the_time_but_not_lengthen_it(
    alpha: District,
) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        before = demand.due_at
        with pytest.raises(Forbidden):
            act(alpha, demand, "courtyard", "supervise")
        act(alpha, demand, "street", "supervise", hours=2000)
        assert demand.due_at == before
        act(alpha, demand, "street", "supervise", hours=1)
        assert before is not None
        assert demand.due_at is not None
        assert demand.due_at < before
        assert "supervised" in _told(alpha, "courtyard")


def test_a_note_is_for_colleagues_and_a_reply_for_the_resident(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        act(alpha, demand, "courtyard", "note", reason="他家去年也报过")
        act(alpha, demand, "courtyard", "reply", reason="明天上午来看")
        code = demand.code
        assert _told(alpha, "resident").count("yours_replied") == 1
    own = alpha.client("resident").get(f"/demands/{code}").text
    assert "明天上午来看" in own
    assert "他家去年也报过" not in own
    assert "他家去年也报过" in alpha.client("compound").get(f"/demands/{code}").text


def test_duplicates_are_merged_and_who_filed_them_follows_the_other(alpha: District) -> None:
    with alpha.work():
        one, other = file(alpha), file(alpha)
        other.filed_by_id = alpha.people["neighbour"]
        act(alpha, other, "courtyard", "merge", into=one)
        assert (other.state, other.merged_into_id) == ("merged", one.id)
        session.flush()
        assert list(session.scalars(sa.select(Follower.person_id))) == [alpha.people["neighbour"]]
        with pytest.raises(Invalid):
            act(alpha, one, "courtyard", "merge", into=other)
        act(alpha, one, "courtyard", "accept")
        act(alpha, one, "courtyard", "resolve")
        assert "followed_resolved" in _told(alpha, "neighbour")
        act(alpha, other, "courtyard", "unmerge")
        assert (other.state, other.merged_into_id) == ("waiting", None)
        assert other.next_at is not None


def test_an_open_matter_is_followed_without_seeing_who_filed_it_or_what_was_written(
    alpha: District,
) -> None:
    with alpha.work():
        shown = file(alpha, intake=commands.Intake(open_to_neighbours=True)).code
        hidden = file(alpha).code
    neighbour = alpha.client("neighbour")
    page = neighbour.get(f"/demands/open/{shown}")
    assert page.status_code == 200
    assert "院门口垃圾两天" not in page.text
    assert "alpha resident" not in page.text
    assert neighbour.get(f"/demands/open/{hidden}").status_code == 404
    assert neighbour.get(f"/demands/{shown}").status_code == 404
    path = f"/demands/open/{shown}"
    for follow, number in (("yes", 1), ("yes", 1), ("no", 0)):
        assert neighbour.post(path, form=path, follow=follow).status_code == 302
        with alpha.work():
            assert session.scalar(sa.select(sa.func.count(Follower.id))) == number


def test_an_anonymous_filer_is_hidden_from_who_handles_it_and_not_from_the_audit(
    alpha: District,
) -> None:
    with alpha.work():
        demand = file(alpha, intake=commands.Intake(anonymous=True))
        act(alpha, demand, "resident", "withdraw")
        code = demand.code
    for who in ("courtyard", "street", "officer"):
        page = alpha.client(who).get(f"/demands/{code}").text
        assert "alpha resident" not in page, who
    for who in ("auditor", "admin"):
        assert "alpha resident" in alpha.client(who).get(f"/demands/{code}").text, who


def test_who_comes_second_is_told_who_did_what(alpha: District) -> None:
    with alpha.work():
        code = _accepted(alpha).code
    answer = alpha.client("compound").post(
        f"/demands/{code}", form=f"/demands/{code}", verb="pass_up", reason="上报", seen="1"
    )
    assert answer.status_code == 422
    assert "alpha courtyard" in answer.text
    assert "上报" in answer.text, "what was typed is lost"


@pytest.mark.parametrize("verb", ["climb", "overdue", "wake", "lapse", "part"])
def test_nobody_does_what_only_the_clock_does(alpha: District, verb: str) -> None:
    with alpha.work():
        demand = file(alpha)
        for who in ("resident", "courtyard", "admin"):
            with pytest.raises((Conflict, Forbidden)):
                act(alpha, demand, who, verb)


def test_a_stranger_plays_no_part_and_the_clock_only_its_own(alpha: District) -> None:
    with alpha.work():
        standing = cases.standing_of(_accepted(alpha))
        for who in ("neighbour", "keeper", "auditor"):
            assert permissions.parts_of(alpha.actor(who), standing) == set()
        assert permissions.parts_of(commands.CLOCK, standing) == {"clock"}
        with pytest.raises(NotFound):
            cases.access_demand(standing.demand.code, actor=alpha.actor("neighbour"))


def test_what_is_finished_is_finished_for_everybody(alpha: District) -> None:
    with alpha.work():
        demand = file(alpha)
        act(alpha, demand, "resident", "withdraw")
        for verb in rules.VERBS:
            for who in ("resident", "courtyard", "admin"):
                with pytest.raises((Conflict, Forbidden, Invalid)):
                    act(alpha, demand, who, verb, unit="justice", hours=1, rating=1)
        assert demand.next_at is None


def test_handing_it_to_and_fro_gives_nobody_more_time(alpha: District) -> None:
    with alpha.work():
        demand = file(alpha)
        act(alpha, demand, "courtyard", "transfer", unit="justice")
        due = demand.due_at
        with clock.turned(timedelta(hours=3)):
            act(alpha, demand, "officer", "transfer", unit="civil_affairs")
            act(alpha, demand, "officer", "note")
            act(alpha, demand, "officer", "transfer", unit="justice")
        assert demand.due_at == due


def test_a_note_does_not_take_a_demand_off_the_list_of_what_was_returned(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        act(alpha, demand, "courtyard", "pass_up")
        act(alpha, demand, "compound", "accept")
        act(alpha, demand, "compound", "return_down")
        act(alpha, demand, "courtyard", "note")
        assert queries.counts(alpha.actor("courtyard"))["returned"] == 1


def test_a_template_with_its_gap_left_open_does_not_reach_the_resident(alpha: District) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        texts = [text for text in cases.template_texts("resolve") if "（" in text]
        with pytest.raises(Invalid) as wrong:
            act(alpha, demand, "courtyard", "resolve", reason=texts[0])
        assert "reason" in wrong.value.errors
        filled = texts[0].replace("（", "").replace("）", "")
        act(alpha, demand, "courtyard", "resolve", reason=filled)
        assert demand.state == "resolved"


def test_the_story_names_the_level_that_reviewed_and_the_one_that_supervised(
    alpha: District,
) -> None:
    with alpha.work():
        demand = _accepted(alpha)
        act(alpha, demand, "street", "supervise")
        act(alpha, demand, "courtyard", "doubt", code="beyond_reason")
        act(alpha, demand, "compound", "uphold")
        told = {one.verb: one.as_unit for one in cases.story_of(demand)}
        assert told["accept"] is None
        assert told["supervise"] == alpha.unit("street").name
        assert told["uphold"] == alpha.unit("compound").name


def test_a_helper_is_named_for_its_own_part_and_a_stand_in_by_the_nearest_post(
    alpha: District,
) -> None:
    with alpha.work():
        _officer(alpha, "civil_affairs", "civil")
        demand = file(alpha)
        act(alpha, demand, "community", "accept")
        act(alpha, demand, "courtyard", "join", unit="civil_affairs", hours=4)
        act(alpha, demand, "civil", "contribute")
        told = {one.verb: one.as_unit for one in cases.story_of(demand)}
        assert told["accept"] == alpha.unit("community").name
        assert told["join"] is None
        assert told["contribute"] == units.unit_by_code("civil_affairs").name

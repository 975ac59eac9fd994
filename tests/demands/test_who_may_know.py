"""What nobody may learn or claim by sending what no page offers."""

from __future__ import annotations

import pytest

from saas.accounts.queries import Person
from saas.demands import commands, queries
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.commands import Intake
from saas.demands.knowledge import queries as knowledge
from saas.kernel import audit
from saas.kernel.db import session
from saas.kernel.errors import Forbidden
from tests.demands.working import act, file, story
from tests.support import District


@pytest.mark.parametrize("who", ["courtyard", "street"])
def test_who_comes_second_never_learns_an_anonymous_name_by_it(alpha: District, who: str) -> None:
    with alpha.work():
        code = file(alpha, intake=Intake(anonymous=True)).code
        known = file(alpha).code
    for each, named in ((code, False), (known, True)):
        path = f"/demands/{each}"
        answer = alpha.client(who).post(path, form=path, verb="accept", seen="0")
        assert answer.status_code == 422
        assert ("alpha resident" in answer.text) is named


def _entered(district: District, **given: object) -> Demand:
    return commands.file_demand(
        category="rubbish",
        unit=district.unit("courtyard"),
        words="楼道灯坏了三天",
        submission="entered-at-the-desk",
        intake=Intake(channel="desk", **given),  # type: ignore[arg-type]
        actor=district.actor("courtyard"),
    )


def test_who_enters_it_in_a_residents_name_does_not_answer_for_the_resident(
    alpha: District,
) -> None:
    with alpha.work():
        demand = _entered(alpha, resident_id=alpha.people["resident"])
        cases.access_demand(demand.code, actor=alpha.actor("courtyard"))
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "resolve")
        for verb in ("confirm", "reopen"):
            with pytest.raises(Forbidden):
                act(alpha, demand, "courtyard", verb, rating=5)
        act(alpha, demand, "resident", "confirm", rating=2)


def test_who_enters_it_for_a_caller_without_an_account_does(alpha: District) -> None:
    with alpha.work():
        demand = _entered(alpha, caller_name="样例来电人")
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "ask")
        act(alpha, demand, "courtyard", "answer")


def test_stars_stand_only_under_the_words_by_which_they_are_given(alpha: District) -> None:
    with alpha.work():
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "reply", rating=5)
        act(alpha, demand, "courtyard", "resolve", rating=5)
        assert [row.rating for row in story(demand)] == [None] * 4
        assert demand.rating is None


def test_no_list_of_names_is_answered_with_the_anonymous_one_blotted_out(alpha: District) -> None:
    with alpha.work():
        name = session.get_one(Person, alpha.people["resident"]).name
        hidden, open_one = file(alpha, intake=Intake(anonymous=True)), file(alpha)
        assert name not in knowledge.names_around(hidden)
        assert name in knowledge.names_around(open_one)
        act(alpha, hidden, "courtyard", "accept")
        act(alpha, hidden, "courtyard", "reply", reason=f"{name}您好")
        assert name in knowledge.names_around(hidden), "what was written is blotted out"


# The number of who asks

NUMBER = "13800138000"


def _with_number(district: District, way: str) -> str:
    """A demand whose filer's number is ``NUMBER``, by one of the ways in which it can come."""
    with district.work():
        if way == "account":
            person = session.get(Person, district.people["resident"])
            assert person is not None
            person.phone = NUMBER
            return file(district).code
        return _entered(district, caller_name="样例来电人", caller_phone=NUMBER).code


@pytest.mark.parametrize("way", ["account", "caller"])
def test_who_holds_a_demand_sees_the_number_by_one_press_that_is_recorded(
    alpha: District, way: str
) -> None:
    code = _with_number(alpha, way)
    steward = alpha.client("courtyard")
    page = f"/demands/{code}"
    before = steward.get(page).text
    assert NUMBER not in before
    assert "138****8000" in before
    assert steward.get(f"{page}/phone").status_code == 302, "its address is no page"
    shown = steward.post(f"{page}/phone", form=page)
    assert shown.status_code == 200
    assert f'href="tel:{NUMBER}"' in shown.text
    with alpha.work():
        entry = audit.last("demand", _id(code), "demands.see_phone")
        assert entry is not None
        assert entry.actor_id == alpha.people["courtyard"]
        assert NUMBER not in str(entry.facts)
        act(alpha, queries.lock_demand(code), "courtyard", "accept")
        act(alpha, queries.lock_demand(code), "courtyard", "pass_up")
    for who in ("courtyard", "auditor", "resident"):
        visitor = alpha.client(who)
        refused = visitor.post(f"{page}/phone", form="/me")
        assert refused.status_code in (403, 404), who
        assert NUMBER not in refused.text + visitor.get(page).text


def _id(code: str) -> int:
    return queries.lock_demand(code).id


def test_the_number_of_who_asked_to_stay_unnamed_is_shown_to_nobody(alpha: District) -> None:
    with alpha.work():
        code = _entered(alpha, caller_phone=NUMBER, anonymous=True).code
    page = f"/demands/{code}"
    steward = alpha.client("courtyard")
    assert "****" not in steward.get(page).text
    assert steward.post(f"{page}/phone", form=page).status_code == 403

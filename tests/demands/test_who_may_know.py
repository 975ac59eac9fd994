"""What nobody may learn or claim by sending what no page offers."""

from __future__ import annotations

import pytest

from saas.accounts.queries import Person
from saas.demands import commands
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.commands import Intake
from saas.demands.knowledge import queries as knowledge
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

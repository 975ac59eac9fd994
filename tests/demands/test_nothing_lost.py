"""Ways on which a demand, or the word of who filed it, could get lost, each tried once."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from saas.demands import commands, queries
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand, Helper
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.notices.models import Notice
from saas.territory import commands as territory
from saas.territory.queries import Unit
from tests.demands.working import act, file, ring, story, verbs
from tests.support import District


def _courtyard(district: District) -> Unit:
    """One more courtyard, to be retired or merged."""
    return territory.add_unit(
        kind="courtyard",
        name={"zh": "另一院落"},
        parent=district.unit("compound"),
        actor=SYSTEM,
    )


def _from(unit: Unit, district: District, who: str = "resident") -> Demand:
    return commands.file_demand(
        category="rubbish",
        unit=unit,
        words="楼道灯坏了三天",
        submission=f"lost-{unit.code}-{who}".ljust(16, "-"),
        actor=district.actor(who),
    )


def test_who_withdraws_does_not_take_along_what_was_merged_with_it(alpha: District) -> None:
    with alpha.work():
        other, demand = file(alpha), file(alpha)
        act(alpha, other, "courtyard", "merge", into=demand)
        act(alpha, demand, "resident", "withdraw")
        assert (other.state, other.merged_into_id) == ("waiting", None)
        assert other.next_at is not None
        assert other.next_at > clock.now()
        last = story(other)[-1]
        assert (last.verb, last.actor_kind, last.actor_id) == ("part", "clock", None)
        with clock.turned(timedelta(days=30)):
            ring()
        assert "climb" in verbs(other)


def test_whose_demand_was_merged_sees_how_the_other_one_fares(alpha: District) -> None:
    with alpha.work():
        code = file(alpha).code
        own = _from(alpha.unit("courtyard"), alpha, "neighbour").code
    path = f"/demands/open/{code}"
    assert alpha.client("neighbour").get(path).status_code == 404
    with alpha.work():
        merged = queries.lock_demand(own)
        act(alpha, merged, "courtyard", "merge", into=queries.lock_demand(code))
    page = alpha.client("neighbour").get(path)
    assert page.status_code == 200
    assert "院门口垃圾" not in page.text
    assert "alpha resident" not in page.text


def test_who_follows_is_told_when_it_is_declined(alpha: District) -> None:
    with alpha.work():
        demand, own = file(alpha), _from(alpha.unit("courtyard"), alpha, "neighbour")
        act(alpha, own, "courtyard", "merge", into=demand)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "doubt", code="beyond_reason")
        act(alpha, demand, "compound", "uphold")
        query = sa.select(Notice.kind).where(Notice.person_id == alpha.people["neighbour"])
        assert "demands.followed_ended" in session.scalars(query).all()


def test_nothing_is_returned_to_a_unit_that_is_out_of_use(alpha: District) -> None:
    with alpha.work():
        gone = _courtyard(alpha)
        demand = _from(gone, alpha)
        act(alpha, demand, "compound", "accept")
        act(alpha, demand, "compound", "pass_up")
        act(alpha, demand, "community", "accept")
        act(alpha, demand, "community", "pass_up")
        territory.retire_unit(gone, reason="拆除", actor=SYSTEM)
        act(alpha, demand, "street", "accept")
        assert gone not in [stop.unit for stop in cases.standing_of(demand).down]


def test_what_is_reopened_goes_to_who_took_over_the_unit(alpha: District) -> None:
    with alpha.work():
        gone = _courtyard(alpha)
        demand = _from(gone, alpha)
        act(alpha, demand, "compound", "accept")
        act(alpha, demand, "compound", "resolve")
        territory.merge_units(gone, into=alpha.unit("courtyard"), reason="合并", actor=SYSTEM)
        act(alpha, demand, "resident", "reopen")
        assert demand.holder_id == alpha.unit("courtyard").id
        assert story(demand)[-1].from_unit_id == gone.id


def test_what_is_reopened_goes_to_the_next_above_a_retired_unit(alpha: District) -> None:
    with alpha.work():
        gone = _courtyard(alpha)
        demand = _from(gone, alpha)
        act(alpha, demand, "compound", "accept")
        act(alpha, demand, "compound", "resolve")
        territory.retire_unit(gone, reason="拆除", actor=SYSTEM)
        act(alpha, demand, "resident", "reopen")
        assert (demand.holder_id, demand.level) == (alpha.unit("compound").id, "compound")


def test_who_was_asked_to_join_is_free_again_once_it_is_finished(alpha: District) -> None:
    with alpha.work():
        asked, demand = _courtyard(alpha), file(alpha)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "join", unit=asked.code, hours=3)
        act(alpha, demand, "resident", "withdraw")
        session.flush()
        helper = session.scalars(sa.select(Helper).where(Helper.demand_id == demand.id)).one()
        assert (helper.next_at, helper.ended_at is not None) == (None, True)
        territory.retire_unit(asked, reason="拆除", actor=SYSTEM)


def test_a_question_waits_no_longer_than_the_terms_say(alpha: District) -> None:
    with alpha.work():
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "ask", until=(clock.now() + timedelta(days=300)).date())
        assert demand.next_at is not None
        assert demand.next_at <= clock.now() + timedelta(days=cases.terms().answer_days)

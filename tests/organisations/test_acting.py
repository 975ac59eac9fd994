"""From a start to an exit, by the commands."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.organisations import commands, queries
from saas.organisations.models import Act, Member, Post
from saas.territory import commands as territory
from tests.organisations.making import USCC, act, filed, growing, started, twice, verbs
from tests.support import District


def test_a_group_is_proposed_advised_and_filed_with_a_number(alpha: District) -> None:
    with alpha.work():
        group = filed(alpha)
        assert (group.state, verbs(group)) == ("active", ["start", "propose", "advise", "file"])
        (paper,) = queries.credentials_of(group)
        assert paper.kind == "filing"
        assert paper.valid_until is not None
        assert [roll.others for roll in queries.rolls_of(group)] == [9]
        assert queries.own_groups(alpha.actor("resident")) == [group]


def test_nobody_files_what_the_community_has_not_seen(alpha: District) -> None:
    with alpha.work():
        group = started(alpha)
        with pytest.raises(Conflict):
            act(alpha, group, "file", "street", number="1")
        with pytest.raises(Forbidden):
            act(alpha, group, "advise", "resident", reason="好")


def test_growth_takes_two_people_and_freezes_what_was_measured(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        assert group.stage == "com_seed"
        act(alpha, group, "promote", "street")
        assert (group.stage, group.asked) == ("com_seed", "promote")
        with pytest.raises(Conflict):
            act(alpha, group, "promote", "street")
        act(alpha, group, "promote", "officer")
        assert (group.stage, group.asked) == ("com_start", None)
        last = queries.story_of(group)[-1]
        assert [(one["measure"], one["met"]) for one in last.measured] == [
            ("leader", True), ("members", True),
        ]  # fmt: skip


def test_an_exception_is_made_only_from_above_and_with_a_reason(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        twice(alpha, group, "promote")
        with pytest.raises(Conflict):
            act(alpha, group, "promote", "street")
        with pytest.raises(Conflict):
            act(alpha, group, "promote", "street", exception=True, reason="很好")
        with pytest.raises(Invalid):
            act(alpha, group, "promote", "officer", exception=True)
        act(alpha, group, "promote", "officer", exception=True, reason="搬迁期间活动暂停")
        act(alpha, group, "promote", "admin")
        last = queries.story_of(group)[-1]
        assert (group.stage, last.exception, last.reason) == (
            "com_grow", True, "搬迁期间活动暂停",
        )  # fmt: skip


def test_leaving_is_refused_while_something_runs(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        station = commands.add_station(
            alpha.unit("street"), name={"zh": "社工站"}, actor=alpha.actor("admin")
        )
        plan = commands.add_plan(
            group, station=station.code, title="夜跑", words="每周三", actor=alpha.actor("resident")
        )
        act(alpha, group, "leave", "resident", exit="own_wish", reason="搬走了")
        with pytest.raises(Conflict):
            act(alpha, group, "close", "street")
        commands.act_on_plan(plan, verb="withdraw", actor=alpha.actor("resident"))
        twice(alpha, group, "close")
        assert group.state == "left"


def test_a_filed_group_becomes_a_registered_organisation(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        with pytest.raises(Invalid) as wrong:
            act(alpha, group, "transform", "street", to="social_organisation", number=USCC)
        assert set(wrong.value.errors) == {"to"}, "the district supports that type"
        with pytest.raises(Invalid) as wrong:
            act(alpha, group, "transform", "officer", to="social_organisation", number="123")
        assert set(wrong.value.errors) == {"number"}
        act(alpha, group, "transform", "officer", to="social_organisation", number=USCC)
        act(alpha, group, "transform", "admin", number="999", reason="核对无误")
        assert (group.type, group.uscc, group.stage) == ("social_organisation", USCC, None)
        assert {paper.kind for paper in queries.credentials_of(group)} == {"filing", "registration"}


def test_the_database_knows_one_leader_two_people_and_a_guardian(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        session.flush()
        row = {"organisation_id": group.id, "consent_on": sa.func.current_date(), "name": "x"}
        wrong = (
            sa.insert(Post.__table__).values(
                organisation_id=group.id, role="leader", name="x", since=sa.func.current_date()
            ),
            sa.insert(Member.__table__).values(**row, child=True),
            sa.insert(Member.__table__).values({**row, "consent_on": None}),
            sa.insert(Act.__table__).values(
                organisation_id=group.id, number=99, verb="promote", state="active", measured=[],
                facts={}, type=group.type, at=sa.func.now(),
            ),
        )  # fmt: skip
        for statement in wrong:
            with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
                session.execute(statement)


def test_a_roll_of_ten_thousand_is_a_slip_of_the_pen(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        with pytest.raises(Invalid) as wrong:
            commands.add_roll(group, others=10_000, actor=alpha.actor("resident"))
        assert set(wrong.value.errors) == {"others"}


def test_who_is_at_home_in_a_merged_unit_moves_along_and_holds_up_a_retired_one(
    alpha: District,
) -> None:
    with alpha.work():
        group, admin = growing(alpha), alpha.actor("admin")
        home = alpha.unit("courtyard")
        other = territory.add_unit(
            code="courtyard_two", kind="courtyard", name={"zh": "二院"},
            parent=alpha.unit("compound"), actor=admin,
        )  # fmt: skip
        with pytest.raises(Conflict):
            territory.retire_unit(home, reason="拆迁", actor=admin)
        territory.merge_units(home, into=other, reason="合并", actor=admin)
        assert group.home_unit_id == other.id
        assert verbs(group)[-1] == "move"

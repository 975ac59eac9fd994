"""Whatever is done in whatever order: what the register says is what its acts tell."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from saas.casework import CLOCK
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import AppError, Conflict
from saas.organisations import commands, queries, rules, words
from saas.organisations.commands import Deed
from tests.organisations.making import USCC, act, growing, started, twice
from tests.support import District

WHO = ("resident", "community", "street", "officer", "admin")
GIVEN = {"reason": "理由", "number": USCC, "to": "social_organisation", "exit": "own_wish"}


def test_every_cell_of_the_table_has_a_verb_with_words_and_leads_to_a_state() -> None:
    for table, verbs, states in (
        (rules.TABLE, words.VERBS, rules.STATES),
        (rules.PLANS, words.PLAN_VERBS, rules.PLAN_STATES),
    ):
        for (state, verb), cell in table.items():
            assert verb in verbs, verb
            assert {state, cell.after} <= set(states)
            assert set(cell.unless) <= set(words.OBSTACLE)
            assert set(cell.asks) <= set(words.MISSING)
    assert {state for state, _ in rules.TABLE} == set(rules.STATES) - {"left"}
    assert set(rules.TWO) <= {verb for _, verb in rules.TABLE}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([v for v in words.VERBS if v != "start"]), st.sampled_from(WHO)),
        max_size=25,
    )
)
def test_any_course_keeps_state_stage_and_story_together(
    alpha: District, steps: list[tuple[str, str]]
) -> None:
    with alpha.work():
        point = session.begin_nested()
        group = started(alpha)
        for verb, who in steps:
            with suppress(AppError), session.begin_nested():
                act(alpha, group, verb, who, **GIVEN)
        story = queries.story_of(group)
        assert [one.number for one in story] == list(range(1, len(story) + 1))
        assert group.acts == len(story)
        state = "draft"
        for one in story[1:]:
            if one.verb != "ask":
                state = rules.TABLE[state, one.verb].after
        assert group.state == state
        for one in story:
            assert (one.first is not None) == (one.verb in rules.TWO)
            assert one.first is None or one.first != one.actor
        track = [row.code for row in queries.stages(group.type)]
        assert group.stage is None or group.stage in track
        assert (group.asked is None) == (group.asked_by_id is None)
        point.rollback()
        session.expire_all()


def test_two_who_promote_at_once_one_wins_and_the_other_is_told(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        seen = group.acts
        commands.act(group, Deed(verb="promote"), seen=seen, actor=alpha.actor("street"))
        with pytest.raises(Conflict) as told:
            commands.act(group, Deed(verb="promote"), seen=seen, actor=alpha.actor("officer"))
        assert "street" in str(told.value.text) or "快" in str(told.value.text)
        assert group.stage == "com_seed"


def test_silence_is_asked_about_twice_before_it_becomes_sleep_and_one_tap_wakes(
    alpha: District,
) -> None:
    with alpha.work():
        group = growing(alpha)
        verbs = []
        for _ in range(3):
            assert group.next_at is not None
            with clock.turned(group.next_at - clock.now() + timedelta(minutes=1)):
                assert commands.ring() == 1
                verbs.append(queries.story_of(group)[-1].verb)
        assert (verbs, group.state) == (["call", "call", "doze"], "dormant")
        asleep = clock.now() + timedelta(days=130)
        with clock.turned(asleep - clock.now()):
            act(alpha, group, "prove", "resident", reason="昨晚还在跳")
            assert (group.state, group.calls) == ("active", 0)
            assert group.next_at is not None
            assert group.next_at > asleep + timedelta(days=80)
        commands.act(group, Deed(verb="call"), actor=CLOCK)


def test_who_never_met_is_not_called_dormant_and_who_left_is_not_counted(alpha: District) -> None:
    with alpha.work():
        silent, busy = growing(alpha), growing(alpha, name={"zh": "合唱团"})
        commands.add_sign(busy, kind="activity", words="练歌", actor=alpha.actor("resident"))
        actor = alpha.actor("admin")

        def codes(how: str) -> set[str]:
            query = queries.within_reach(actor).where(queries.stands_as(how))
            return {row.code for row in session.scalars(query)}

        assert silent.code in codes("never")
        assert busy.code in codes("active")
        twice(alpha, busy, "sleep", reason="放假")
        assert busy.code in codes("dormant")
        assert queries.count_types(actor)["community_organisation"] == 2
        act(alpha, busy, "leave", "resident", exit="own_wish", reason="散了")
        twice(alpha, busy, "close")
        assert queries.count_types(actor)["community_organisation"] == 1

"""Whatever people and the clock do in whatever order: a demand is never lost, its custody has no
gap, its clocks never run backwards, and its figures are what a recount gives.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from saas.demands import commands, queries
from saas.demands.case import permissions, rules
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.commands import Deed
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.territory import queries as units
from tests.demands.working import file, story
from tests.support import CAST, District
from tests.thorough import examples

BEGIN = datetime(2026, 11, 23, 2, tzinfo=UTC)
PEOPLE = [who for who in CAST if who not in {"keeper"}]
UNITS = ["street", "community", "compound", "courtyard", "civil_affairs", "justice"]
#: From the bottom up, so that who holds it acts rather than who could too.
LINE = ["resident", "courtyard", "compound", "community", "street", "officer"]
PLAYED = [verb for verb in rules.VERBS if verb not in {"climb", "overdue", "wake", "lapse", "part"}]


class Course(RuleBasedStateMachine):
    """One demand of one district; everything that is done is undone at the end."""

    district: ClassVar[District]
    done: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.undo = session.begin_nested()
        self.now = BEGIN
        self.worked = self.acts = 0
        with self._at():
            self.other = file(self.district)
            self.demand: Demand = file(self.district)

    def _at(self) -> Any:
        self.now += timedelta(seconds=1)  # nothing happens in the same moment twice
        return clock.turned(self.now - clock.now())

    def teardown(self) -> None:
        self.undo.rollback()
        session.expire_all()

    @rule(
        who=st.sampled_from(PEOPLE),
        verb=st.sampled_from(PLAYED),
        unit=st.sampled_from(UNITS),
        days=st.integers(1, 20),
        stars=st.integers(1, 5),
    )
    def someone_tries(self, who: str, verb: str, unit: str, days: int, stars: int) -> None:
        deed = Deed(
            verb,
            reason="原因",
            code={"suspend": "parts", "doubt": "beyond_reason"}.get(verb),
            unit=units.unit_by_code(self.district.units.get(unit, unit)),
            hours=4,
            until=(self.now + timedelta(days=days)).date(),
            rating=stars,
            into=self.other,
        )
        self._try(deed, who)

    @rule(who=st.sampled_from(PEOPLE), verb=st.sampled_from(["accept", "resolve", "pass_up"]))
    def someone_does_the_usual(self, who: str, verb: str) -> None:
        self._try(Deed(verb, reason="原因"), who)

    @rule(picks=st.lists(st.integers(0, 5000), min_size=1, max_size=8), unit=st.sampled_from(UNITS))
    def somebody_does_what_is_open(self, picks: list[int], unit: str) -> None:
        for pick in picks:
            options = self._options(rarely=pick % 9 == 0)
            if options:
                verb = sorted(options)[pick % len(options)]
                self.someone_tries(
                    who=options[verb], verb=verb, unit=unit, days=1 + pick % 4, stars=4
                )

    def _options(self, *, rarely: bool) -> dict[str, str]:
        """What is open, and the lowest on the line who may do it."""
        with self._at():
            standing, windows = cases.standing_of(self.demand), queries.ground().windows
            found: dict[str, str] = {}
            for who in LINE:
                parts = permissions.parts_of(self.district.actor(who), standing)
                for verb in rules.open_verbs(standing.facts, windows, by=parts):
                    if rarely or verb not in {"merge", "withdraw"}:
                        found.setdefault(verb, who)
        return found

    def _try(self, deed: Deed, who: str) -> None:
        with self._at(), session.begin_nested() as part:
            try:
                commands.act(self.demand, deed, actor=self.district.actor(who))
                session.flush()
            except (Conflict, Forbidden, Invalid):
                part.rollback()
                session.expire_all()

    @rule(hours=st.sampled_from([1, 2, 3, 5, 8, 24, 72, 200]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        with self._at():
            for _ in range(20):
                if not commands.ring():
                    break
                session.flush()
            else:
                raise AssertionError("the clock rings for ever")

    @invariant()
    def custody_has_no_gap_and_one_holder(self) -> None:
        rows = story(self.demand)
        assert [row.number for row in rows] == list(range(1, self.demand.acts + 1))
        for before, after in pairwise(rows):
            assert after.from_unit_id == before.to_unit_id
            assert after.at >= before.at
        self.done.update(row.verb for row in rows)
        last = rows[-1]
        moving = [row.verb for row in rows if row.verb not in rules.BESIDE]
        assert (last.to_unit_id, last.state, last.level, moving[-1]) == (
            self.demand.holder_id,
            self.demand.state,
            self.demand.level,
            self.demand.last_verb,
        )
        assert len(rows) >= self.acts
        self.acts = len(rows)

    @invariant()
    def nothing_living_is_without_an_alarm(self) -> None:
        demand, rows = self.demand, story(self.demand)
        if demand.state in rules.RUNNING and demand.next_at is None:
            assert "overdue" in [row.verb for row in rows], "it could wait for ever"
        if demand.state in {"asked", "suspended"}:
            assert demand.next_at is not None
            assert demand.due_at is None

    @invariant()
    def clocks_never_run_backwards(self) -> None:
        demand = self.demand
        assert demand.worked_minutes >= self.worked
        self.worked = demand.worked_minutes
        assert (demand.running_since is not None) == (demand.state in rules.RUNNING)
        assert (demand.ended_at is None) == (demand.state in rules.LIVING)

    @invariant()
    def figures_are_what_a_recount_gives(self) -> None:
        demand, verbs = self.demand, [row.verb for row in story(self.demand)]
        counted = (demand.passed_up, demand.climbed, demand.returned, demand.reopened)
        recount = ("pass_up", "climb", "return_down", "reopen")
        assert counted == tuple(verbs.count(verb) for verb in recount)
        assert (demand.accepted_at is None) == ("accept" not in verbs)
        levels = {code: level.position for code, level in queries.ground().levels.items()}
        assert demand.peak == max(levels[row.level] for row in story(demand))


def test_no_course_of_events_loses_a_demand(alpha: District) -> None:
    Course.district = alpha
    with alpha.work():
        run_state_machine_as_test(
            Course,
            settings=settings(
                max_examples=examples(25, thorough=40),
                stateful_step_count=20,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
        assert session.scalar(sa.select(sa.func.count(Demand.id))) == 0
    assert len(Course.done & set(rules.VERBS)) >= 20, "the courses were too tame to prove anything"

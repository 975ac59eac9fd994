"""Every cell of the state table, at every place of every chain; the clock in working time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.demands import rules, words

ZONE = ZoneInfo("Asia/Shanghai")
#: state, verb → (after, who, step) at a level that is neither the lowest nor the highest.
MIDDLE = {
    ("waiting", "accept"): ("accepted", "handler", 0),
    ("waiting", "withdraw"): ("withdrawn", "filer", 0),
    ("accepted", "resolve"): ("resolved", "handler", 0),
    ("accepted", "pass_up"): ("waiting", "handler", +1),
    ("accepted", "return_down"): ("waiting", "handler", -1),
    ("accepted", "withdraw"): ("withdrawn", "filer", 0),
}


@pytest.mark.parametrize(("state", "verb"), list(product(rules.STATES, rules.VERBS)))
def test_every_cell_in_the_middle_of_a_chain(state: str, verb: str) -> None:
    cell = rules.cell(state, verb, position=2, levels=5)
    found = (cell.after, cell.by, cell.step) if cell else None
    assert found == MIDDLE.get((state, verb))


@pytest.mark.parametrize(("state", "verb"), list(product(rules.STATES, rules.VERBS)))
def test_at_the_top_nothing_goes_up_and_it_can_end(state: str, verb: str) -> None:
    cell = rules.cell(state, verb, position=4, levels=5)
    expected = dict(MIDDLE)
    del expected[("accepted", "pass_up")]
    expected[("accepted", "end")] = ("ended", "handler", 0)
    assert ((cell.after, cell.by, cell.step) if cell else None) == expected.get((state, verb))


@pytest.mark.parametrize(("state", "verb"), list(product(rules.STATES, rules.VERBS)))
def test_at_the_bottom_nothing_goes_down(state: str, verb: str) -> None:
    cell = rules.cell(state, verb, position=0, levels=5)
    expected = dict(MIDDLE)
    del expected[("accepted", "return_down")]
    assert ((cell.after, cell.by, cell.step) if cell else None) == expected.get((state, verb))


def test_a_chain_of_one_level_accepts_resolves_and_ends_only() -> None:
    verbs = rules.open_verbs("accepted", by="handler", position=0, levels=1)
    assert verbs == ["resolve", "end"]


def test_every_verb_and_state_has_words() -> None:
    assert set(rules.VERBS) == set(words.DO) <= set(words.DONE)
    assert set(rules.STATES) == set(words.STATE)
    assert {verb for (_, verb), c in rules.TABLE.items() if c.needs_reason} == set(words.ASK)


@given(
    levels=st.integers(1, 7),
    moves=st.lists(st.sampled_from(rules.VERBS), max_size=30),
)
def test_whatever_is_tried_the_demand_stays_on_its_chain_and_what_is_finished_stays_so(
    levels: int, moves: list[str]
) -> None:
    state, position = "waiting", 0
    for verb in moves:
        cell = rules.cell(state, verb, position=position, levels=levels)
        if cell is None:
            continue
        assert state in rules.LIVING
        state, position = cell.after, position + cell.step
        assert 0 <= position < levels


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23T09:00", 8, "2026-11-23T17:00"),
        ("2026-11-23T09:00", 9, "2026-11-24T10:00"),
        ("2026-11-23T20:00", 1, "2026-11-24T10:00"),
        ("2026-11-23T03:00", 1, "2026-11-23T10:00"),
        ("2026-11-27T16:00", 2, "2026-11-30T10:00"),
        ("2026-11-28T12:00", 8, "2026-11-30T17:00"),
        ("2026-11-23T09:00", 40, "2026-11-27T17:00"),
    ],
)
def test_working_hours_pass_on_working_days_from_nine_to_five(
    start: str, hours: int, due: str
) -> None:
    assert rules.add_working_hours(_at(start), hours, "Asia/Shanghai") == _at(due)


@given(
    start=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(ZONE)),
    hours=st.integers(1, 200),
)
def test_a_deadline_lies_ahead_in_working_time_and_more_hours_never_end_earlier(
    start: datetime, hours: int
) -> None:
    due = rules.add_working_hours(start, hours, "Asia/Shanghai")
    assert due > start
    assert due.isoweekday() <= 5
    assert 9 <= due.hour <= 17
    assert rules.add_working_hours(start, hours + 1, "Asia/Shanghai") > due


def test_the_light_turns_at_three_quarters_and_at_the_end() -> None:
    entered = _at("2026-11-23T09:00")
    due = entered + timedelta(hours=8)
    seen = [
        rules.light("waiting", due, entered, entered + timedelta(hours=h)) for h in (0, 5, 6, 8)
    ]
    assert seen == ["good", "good", "warn", "late"]
    assert rules.light("waiting", None, entered, due) == "good"
    assert rules.light("resolved", None, entered, due) == "done"
    assert rules.light("withdrawn", None, entered, due) == "ended"

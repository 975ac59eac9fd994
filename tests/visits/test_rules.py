"""The state table each cell, and by any way through it that somebody could go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.casework import obstacle, open_verbs, verbs_of
from saas.visits import rules, words
from saas.visits.rules import Laid

_NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_PARTS = st.sets(st.sampled_from(["office", "guest", "guide", "either"]), min_size=1)
_BARS = st.sets(st.sampled_from([*words.OBSTACLE]))


@pytest.mark.parametrize(
    ("state", "verb", "after", "by"),
    [
        ("asked", "check", "checked", "office"),
        ("asked", "change", "asked", "guest"),
        ("asked", "decline", "declined", "office"),
        ("checked", "decline", "declined", "office"),
        ("checked", "confirm", "confirmed", "office"),
        ("confirmed", "hold", "held", "guide"),
        ("held", "follow", "followed", "office"),
        ("held", "pledge", "held", "either"),
        ("followed", "pledge", "followed", "either"),
        *[(state, "cancel", "cancelled", "guest") for state in rules.COMING],
        ("confirmed", "call_off", "cancelled", "office"),
        *[(state, "note", state, "office") for state in rules.STATES],
    ],
)
def test_each_cell_leads_where_the_table_says(state: str, verb: str, after: str, by: str) -> None:
    cell = rules.TABLE[state, verb]
    assert (cell.after, cell.by) == (after, by)


def test_there_are_no_other_cells_and_everything_has_words() -> None:
    assert len(rules.TABLE) == 20
    assert {*verbs_of(rules.TABLE), "ask"} == {*words.VERBS}
    assert {*words.STATE} == {*rules.STATES}
    assert {*words.LEVEL} == {*rules.LEVELS}
    assert {*words.TERM} == {*rules.TERMS}
    bars = {bar for cell in rules.TABLE.values() for bar in cell.unless}
    assert bars < {*words.OBSTACLE}


@given(st.lists(st.tuples(st.sampled_from([*words.VERBS]), _PARTS, _BARS), max_size=12))
def test_no_way_leads_past_the_letter_or_back(steps: list[tuple[str, set[str], set[str]]]) -> None:
    state, done = "asked", ["ask"]
    for verb, parts, bars in steps:
        if verb not in open_verbs(rules.TABLE, state, bars, by=parts):
            continue
        assert obstacle(rules.TABLE, state, verb, bars) is None
        before, state = state, rules.TABLE[state, verb].after
        done.append(verb)
        assert state == before or rules.STATES.index(state) > rules.STATES.index(before)
    if state in rules.LETTERED:
        assert done.index("check") < done.index("confirm")
    if state == "followed":
        assert done.index("hold") < done.index("follow")
    if state in ("declined", "cancelled"):
        assert not {*done} & {"hold", "follow"}


@pytest.mark.parametrize(
    ("stops", "missing"),
    [
        ([], {"no_stops", "no_choice"}),
        ([Laid("planned", guided=False, is_open=False)], {"no_guide", "no_choice"}),
        ([Laid("chosen", guided=True, is_open=True)], {"open_stop"}),
        ([Laid("chosen", guided=True, is_open=False, to_approve=True)], {"to_approve"}),
        ([Laid("chosen", guided=True, is_open=False)], set()),
    ],
)
def test_what_an_itinerary_still_needs(stops: list[Laid], missing: set[str]) -> None:
    found = rules.bars(_NINE - _HOUR, _NINE, _NINE + 3 * _HOUR, stops, 1, day=True)
    assert found == missing


def test_the_day_is_early_until_it_comes_and_over_when_it_ends() -> None:
    end = _NINE + _HOUR
    assert "early" in rules.bars(_NINE - 9 * _HOUR, _NINE, end, [], 1, day=False)
    assert "early" not in rules.bars(_NINE - _HOUR, _NINE, end, [], 1, day=True)
    assert {"over", "begun"} <= rules.bars(end, _NINE, end, [], 1, day=True)

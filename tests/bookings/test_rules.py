"""The state table each cell; free times and series from values alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.bookings import rules, words
from saas.bookings.rules import Terms
from saas.casework import open_verbs, verbs_of

_NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
_HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "verb", "after", "by"),
    [
        ("asked", "approve", "confirmed", "decider"),
        ("asked", "decline", "declined", "decider"),
        ("asked", "lapse", "cancelled", "clock"),
        ("asked", "cancel", "cancelled", "owner"),
        ("asked", "call_off", "cancelled", "handler"),
        ("confirmed", "start", "in_use", "present"),
        ("confirmed", "release", "released", "clock"),
        ("confirmed", "cancel", "cancelled", "owner"),
        ("confirmed", "call_off", "cancelled", "handler"),
        ("in_use", "end", "done", "present"),
        ("skipped", "retry", "confirmed", "either"),
        ("skipped", "ask_again", "asked", "either"),
        ("skipped", "cancel", "cancelled", "either"),
    ],
)
def test_each_cell_leads_where_the_table_says(state: str, verb: str, after: str, by: str) -> None:
    cell = rules.TABLE[state, verb]
    assert (cell.after, cell.by) == (after, by)
    assert after in rules.STATES


def test_there_are_no_other_cells_and_every_verb_has_words() -> None:
    assert len(rules.TABLE) == 13
    assert set(verbs_of(rules.TABLE)) | {"ask", "book", "skip"} == set(words.VERBS)
    assert {s for s, _ in rules.TABLE} == {"asked", "confirmed", "in_use", "skipped"}
    assert set(words.STATE) == set(rules.STATES)
    assert set(words.CAUSE) == set(rules.SKIPPED)


@pytest.mark.parametrize(
    ("minutes", "verbs"),
    [(-120, ["cancel"]), (-20, ["start", "cancel"]), (5, ["start"]), (20, []), (200, [])],
)
def test_who_stands_at_the_door_begins_around_the_time_and_cancels_before(
    minutes: int, verbs: list[str]
) -> None:
    now, span = _NOON + timedelta(minutes=minutes), (_NOON, _NOON + 2 * _HOUR)
    bars = rules.bars("confirmed", now, span, Terms())
    assert open_verbs(rules.TABLE, "confirmed", bars, by={"owner", "present"}) == verbs


def test_a_date_that_was_not_had_is_tried_again_as_the_terms_say() -> None:
    span = (_NOON, _NOON + _HOUR)
    for approval, verb in ((False, "retry"), (True, "ask_again")):
        bars = rules.bars("skipped", _NOON - _HOUR, span, Terms(approval=approval))
        assert open_verbs(rules.TABLE, "skipped", bars, by={"either"}) == [verb, "cancel"]


@pytest.mark.parametrize(
    ("start", "hours", "staff", "wrong"),
    [
        (3, 2, False, None), (1, 2, False, "notice"), (1, 2, True, None), (3, 5, True, "long"),
        (-3, 2, True, "past"), (24 * 61, 2, False, "ahead"), (24 * 61, 2, True, None),
        (3, 0, False, "order"),
    ],
)  # fmt: skip
def test_the_terms_that_a_time_does_not_keep(
    start: int, hours: int, staff: bool, wrong: str | None
) -> None:
    begin = _NOON + start * _HOUR
    assert rules.refused_term((begin, begin + hours * _HOUR), _NOON, Terms(), staff=staff) == wrong


def test_what_is_free_leaves_time_to_clean_up_before_and_after() -> None:
    window = [(_NOON, _NOON + 6 * _HOUR)]
    busy = [(_NOON + 2 * _HOUR, _NOON + 3 * _HOUR + timedelta(minutes=15))]
    assert rules.free(window, busy, timedelta(minutes=15)) == [
        (_NOON, _NOON + 2 * _HOUR - timedelta(minutes=15)),
        (_NOON + 3 * _HOUR + timedelta(minutes=15), _NOON + 6 * _HOUR),
    ]


_SPAN = st.tuples(st.integers(0, 40), st.integers(1, 10)).map(
    lambda pair: (_NOON + pair[0] * _HOUR / 2, _NOON + (pair[0] + pair[1]) * _HOUR / 2)
)


@given(st.lists(_SPAN, max_size=6), _SPAN, st.integers(0, 3))
def test_every_time_that_is_offered_is_free_and_as_long_as_was_wanted(
    busy: list[rules.Stretch], wanted: rules.Stretch, quarters: int
) -> None:
    buffer = timedelta(minutes=15 * quarters)
    held = [(start, end + buffer) for start, end in busy]
    spans = rules.free([(_NOON, _NOON + 25 * _HOUR)], held, buffer)
    for start, end in rules.nearest(wanted, spans):
        assert end - start == wanted[1] - wanted[0]
        assert all(end + buffer <= a or b <= start for a, b in held)


def test_the_dates_of_a_series_fall_as_people_say_them() -> None:
    first = date(2026, 12, 12)  # the second Saturday
    assert rules.dates(first, "week", date(2027, 1, 2)) == [
        date(2026, 12, 12), date(2026, 12, 19), date(2026, 12, 26), date(2027, 1, 2),
    ]  # fmt: skip
    assert rules.dates(first, "fortnight", date(2027, 1, 10)) == [
        date(2026, 12, 12), date(2026, 12, 26), date(2027, 1, 9),
    ]  # fmt: skip
    assert rules.dates(first, "month", date(2027, 2, 28)) == [
        date(2026, 12, 12), date(2027, 1, 9), date(2027, 2, 13),
    ]  # fmt: skip
    assert rules.dates(date(2026, 10, 31), "month", date(2026, 12, 31)) == [
        date(2026, 10, 31), date(2026, 11, 28), date(2026, 12, 26),
    ]  # fmt: skip

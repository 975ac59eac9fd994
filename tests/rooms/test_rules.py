"""Hours, statuses and orders, decided without a database."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from typing import Any

import pytest

from saas.rooms import rules

MORNINGS = {"days": [1, 2, 3, 5], "opens": "09:00", "closes": "12:00"}
AFTERNOONS = {"days": [1, 2, 3, 5], "opens": "13:30", "closes": "17:30"}
SATURDAY = {"days": [6], "opens": "10:00", "closes": "11:00"}
WEEK = [AFTERNOONS, MORNINGS, SATURDAY]

ALLOWED = {
    ("planned", "open"),
    ("planned", "retired"),
    ("open", "paused"),
    ("open", "retired"),
    ("paused", "open"),
    ("paused", "retired"),
    ("retired", "planned"),
}


@pytest.mark.parametrize(("before", "after"), list(product(rules.STATUSES, repeat=2)))
def test_a_status_changes_only_along_the_table(before: str, after: str) -> None:
    assert rules.may_change(before, after) == ((before, after) in ALLOWED)


def test_days_with_the_same_hours_stand_together() -> None:
    noon = [("09:00", "12:00"), ("13:30", "17:30")]
    assert rules.week(WEEK) == [([1, 2, 3, 5], noon), ([6], [("10:00", "11:00")])]
    assert rules.runs([1, 2, 3, 5]) == [(1, 3), (5, 5)]
    assert rules.week([]) == []


@pytest.mark.parametrize(
    ("moment", "state", "time"),
    [
        ("2026-11-23T08:59", "later", "09:00"),
        ("2026-11-23T09:00", "open", "12:00"),
        ("2026-11-23T12:00", "later", "13:30"),
        ("2026-11-23T17:29", "open", "17:30"),
        ("2026-11-23T17:30", "over", ""),
        ("2026-11-26T10:00", "closed", ""),
        ("2026-11-28T10:30", "open", "11:00"),
    ],
)
def test_a_day_stands_as_its_hours_say(moment: str, state: str, time: str) -> None:
    assert rules.today(WEEK, datetime.fromisoformat(moment)) == rules.Today(state, time)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"days": [], "opens": "09:00", "closes": "12:00"}, "days"),
        ({"days": [1], "opens": "9", "closes": "12:00"}, "time"),
        ({"days": [1], "opens": "24:00", "closes": "12:00"}, "time"),
        ({"days": [1], "opens": "12:00", "closes": "12:00"}, "order"),
        ({"days": [6], "opens": "10:30", "closes": "12:00"}, "overlap"),
    ],
)
def test_hours_that_cannot_be_are_named(row: dict[str, Any], fault: str) -> None:
    assert rules.faults_of_hours(WEEK) == []
    assert rules.faults_of_hours([*WEEK, row]) == [fault]

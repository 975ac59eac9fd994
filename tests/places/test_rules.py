"""Stops in their order: whatever is done, no minute is lost that was not walked past the end."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from saas.places import rules

Stops = list[dict[str, Any]]
_WAYS = st.lists(st.integers(0, 240), min_size=1, max_size=12)


def _line(minutes: list[int]) -> Stops:
    return [{"at": n, "minutes": m if n else 0} for n, m in enumerate(minutes)]


def _sum(stops: Stops) -> int:
    return sum(stop["minutes"] for stop in stops)


@given(_WAYS, st.lists(st.tuples(st.integers(-1, 14), st.sampled_from(["up", "down"]))))
def test_moving_keeps_every_stop_and_how_long_the_walk_takes(
    minutes: list[int], moves: list[tuple[int, str]]
) -> None:
    before = _line(minutes)
    stops = before
    for no, way in moves:
        stops = rules.moved(stops, no, way)
    assert sorted(stop["at"] for stop in stops) == [stop["at"] for stop in before]
    assert [stop["minutes"] for stop in stops] == [stop["minutes"] for stop in before]


@given(_WAYS, st.integers(1, 12))
def test_up_and_down_again_is_where_it_was(minutes: list[int], no: int) -> None:
    stops = _line(minutes)
    if 1 < no <= len(stops):
        assert rules.moved(rules.moved(stops, no, "up"), no - 1, "down") == stops


@given(_WAYS, st.integers(-2, 15), st.integers(0, 240))
def test_one_more_adds_its_minutes_and_begins_with_none(
    minutes: list[int], no: int, way: int
) -> None:
    stops = _line(minutes)
    more = rules.inserted(stops, no, {"at": "new", "minutes": way})
    assert len(more) == len(stops) + 1
    assert more[0]["minutes"] == 0
    assert _sum(more) == _sum(stops) + way
    assert [s["at"] for s in more if s["at"] != "new"] == [s["at"] for s in stops]
    assert more[min(max(no, 1), len(stops) + 1) - 1]["at"] == "new"


@given(st.lists(st.integers(0, 20), min_size=1, max_size=12), st.integers(1, 12))
def test_walking_past_a_stop_takes_as_long_as_before(minutes: list[int], no: int) -> None:
    stops = _line(minutes)
    left = rules.removed(stops, no)
    assert [s["at"] for s in left] == [s["at"] for n, s in enumerate(stops, 1) if n != no]
    if 1 < no < len(stops) or no > len(stops):
        assert _sum(left) == _sum(stops)
    assert not left or left[0]["minutes"] == 0


def test_the_moves_of_a_walk_are_three() -> None:
    assert rules.MOVES == {
        ("draft", "publish"): "published",
        ("published", "withdraw"): "withdrawn",
        ("withdrawn", "publish"): "published",
    }


def test_a_check_holds_for_a_year() -> None:
    today = date(2026, 11, 28)
    assert rules.check_due(None, today)
    assert rules.check_due(date(2025, 11, 28), today)
    assert not rules.check_due(date(2025, 11, 29), today)

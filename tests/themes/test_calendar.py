"""Festivals fall where the almanac has them, in every year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.themes import queries
from saas.themes.rules import calendar
from saas.themes.schemas import TERMS, Festival, Lunar, Pack, Rule, Solar, Term, Weekday

YEARS = st.integers(calendar.FIRST, calendar.LAST)
RULES = st.one_of(
    st.builds(Lunar, st.integers(1, 12), st.sampled_from([-1, *range(1, 31)])),
    st.builds(Solar, st.integers(1, 12), st.integers(1, 28)),
    st.builds(Term, st.sampled_from(TERMS)),
    st.builds(
        Weekday, st.integers(1, 12), st.integers(1, 7), st.sampled_from([-1, 1, 2, 3, 4])
    ),
)  # fmt: skip


def festival(rule: Rule, days: int = 1, code: str = "feast") -> Festival:
    """A festival of which only the rule matters."""
    return Festival(code, {"zh": "节", "en": "Feast"}, rule, days)


def pack_with(*festivals: Festival) -> Pack:
    """The plain pack with a calendar."""
    return replace(queries.pack("plain"), calendar=festivals)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (Lunar(1, 15), "2024-02-24"),
        (Lunar(1, 15), "2025-02-12"),
        (Lunar(1, 15), "2026-03-03"),
        (Lunar(1, 1), "2024-02-10"),
        (Lunar(1, 1), "2026-02-17"),
        (Lunar(12, -1), "2024-02-09"),
        (Lunar(12, -1), "2025-01-28"),  # the twelfth month had 29 days
        (Lunar(12, -1), "2026-02-16"),
        (Lunar(5, 5), "2024-06-10"),
        (Lunar(5, 5), "2025-05-31"),
        (Lunar(5, 5), "2026-06-19"),
        (Lunar(5, 5), "2009-05-28"),  # a year with a leap fifth month
        (Lunar(6, 6), "2025-06-30"),  # a year with a leap sixth month
        (Lunar(8, 15), "2024-09-17"),
        (Lunar(8, 15), "2025-10-06"),
        (Lunar(8, 15), "2026-09-25"),
        (Lunar(9, 9), "2025-10-29"),
        (Term("qingming"), "2024-04-04"),
        (Term("qingming"), "2025-04-04"),
        (Term("qingming"), "2026-04-05"),
        (Term("dongzhi"), "2025-12-21"),
        (Term("dongzhi"), "2026-12-22"),
        (Term("xiaohan"), "2026-01-05"),
        (Term("lixia"), "2026-05-05"),
        (Solar(8, 15), "2026-08-15"),
        (Weekday(5, 7, 2), "2026-05-10"),
        (Weekday(11, 7, -1), "2026-11-29"),
        (Weekday(12, 7, -1), "2026-12-27"),
    ],
)
def test_known_days_of_known_years(rule: Rule, day: str) -> None:
    expected = date.fromisoformat(day)
    assert calendar.days(festival(rule), expected.year) == [expected]


def test_a_lunar_day_can_come_twice_in_a_year_or_not_at_all() -> None:
    laba = festival(Lunar(12, 8))
    assert calendar.days(laba, 2025) == [date(2025, 1, 7)]
    assert calendar.days(laba, 2022) == [date(2022, 1, 10), date(2022, 12, 30)]
    assert calendar.days(laba, 2024) == [date(2024, 1, 18)]
    assert calendar.days(laba, 2023) == []


def test_a_thirtieth_that_the_month_does_not_have_is_left_out() -> None:
    assert calendar.days(festival(Lunar(12, 30)), 2025) == []
    assert calendar.days(festival(Solar(2, 29)), 2025) == []
    assert calendar.days(festival(Solar(2, 29)), 2024) == [date(2024, 2, 29)]


def test_outside_the_computed_years_nothing_falls() -> None:
    assert calendar.days(festival(Solar(1, 1)), 1899) == []
    assert calendar.days(festival(Solar(1, 1)), 2101) == []


@given(rule=RULES, year=YEARS)
def test_what_falls_in_a_year_lies_in_it_in_order_and_keeps_the_rule(rule: Rule, year: int) -> None:
    found = calendar.days(festival(rule), year)
    assert found == sorted(set(found))
    assert all(day.year == year for day in found)
    for day in found:
        if isinstance(rule, Lunar):
            month, of_month, leap = calendar.lunar_day(day)
            assert (month, leap) == (rule.month, False)
            assert of_month == rule.day or (rule.day == -1 and of_month in {29, 30})
            if rule.day == -1:
                assert calendar.lunar_day(day + timedelta(days=1))[1] == 1
        elif isinstance(rule, Weekday):
            assert (day.month, day.isoweekday()) == (rule.month, rule.weekday)


@given(rule=RULES)
def test_over_nineteen_years_a_lunar_day_comes_nineteen_times(rule: Rule) -> None:
    if isinstance(rule, Lunar) and rule.day != 30:
        found = [day for year in range(2001, 2020) for day in calendar.days(festival(rule), year)]
        assert 18 <= len(found) <= 20
        gaps = [(b - a).days for a, b in pairwise(found)]
        assert all(353 <= gap <= 385 for gap in gaps)


@given(year=YEARS)
def test_the_terms_of_a_year_follow_each_other_half_a_month_apart(year: int) -> None:
    found = [calendar.days(festival(Term(name)), year)[0] for name in TERMS]
    assert all(14 <= (b - a).days <= 16 for a, b in pairwise(found))


@given(
    rules=st.lists(st.tuples(RULES, st.integers(1, 20)), max_size=6),
    today=st.dates(date(1902, 1, 1), date(2097, 12, 31)),
    count=st.integers(0, 8),
)
def test_what_is_coming_is_sorted_never_over_and_never_too_much(
    rules: list[tuple[Rule, int]], today: date, count: int
) -> None:
    feasts = [festival(rule, days, f"f{i}") for i, (rule, days) in enumerate(rules)]
    found = calendar.coming(pack_with(*feasts), today, count)
    assert len(found) <= count
    waits = [until for _first, _feast, until in found]
    assert waits == sorted(waits)
    for first, feast, until in found:
        assert calendar.last_day(feast, first) >= today
        assert until == max((first - today).days, 0)
        assert first in calendar.days(feast, first.year)


def test_a_festival_that_goes_on_is_shown_until_its_last_day() -> None:
    lanterns = pack_with(festival(Lunar(1, 1), days=15))
    begun = date(2026, 2, 17)
    assert calendar.coming(lanterns, date(2026, 2, 16), 1)[0][2] == 1
    (first, _feast, until) = calendar.coming(lanterns, date(2026, 3, 3), 1)[0]
    assert (first, until) == (begun, 0)
    assert calendar.coming(lanterns, date(2026, 3, 4), 1)[0][0] > begun

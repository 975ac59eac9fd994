"""The span that one issue of a report is about."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from saas.figures.reports import PERIODS, period_of, period_written


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.sampled_from(PERIODS))
def test_a_period_is_found_again_by_its_key_and_comes_back(day: date, kind: str) -> None:
    period = period_of(kind, day)
    assert period_written(kind, period.key) == period
    assert period.start <= day.replace(day=1) <= period.end
    assert period.shifted(1).shifted(-1) == period
    assert period.shifted(1).start > period.end

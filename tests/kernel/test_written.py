"""Days and months are read however people write them."""

from __future__ import annotations

from datetime import date

import pytest

from saas.kernel.written import day_written, month_written


@pytest.mark.parametrize(
    "text",
    ["2026-12-01", "2026-12-1", "2026/12/1", "2026.12.1", "2026年12月1日", "２０２６－１２－１",
     "20261201", "\u202d2026-12-01\u202c", " 2026 年 12 月 1 日 ", "2026-12-01 10:00",
     "2026-12-01T08:00"],
)  # fmt: skip
def test_a_day_is_read_in_every_writing_with_the_year_first(text: str) -> None:
    assert day_written(text) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["", "26/12/1", "12月1日", "2026-13-1", "2026-2-30", "soon"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_written(text) is None


@pytest.mark.parametrize(
    "text", ["2026-03", "2026-3", "2026/3", "2026.3", "2026年3月", "２０２６／３", "202603"]
)
def test_a_month_is_read_in_every_writing_with_the_year_first(text: str) -> None:
    assert month_written(text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["", "singlemessage", "2026", "2026-13", "3/2026", "2026-3-1"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert month_written(text) is None

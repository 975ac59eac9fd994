"""Opening hours in words: what is written is read back, whatever the week."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.rooms import rules

WEEKDAYS = [1, 2, 3, 4, 5]


def _row(days: list[int], opens: str, closes: str) -> dict[str, Any]:
    return {"days": days, "opens": opens, "closes": closes}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("周一至周五 9:00-17:00; 周六 9-12",
         [_row(WEEKDAYS, "09:00", "17:00"), _row([6], "09:00", "12:00")]),
        ("Mon-Fri 9:00-17:00", [_row(WEEKDAYS, "09:00", "17:00")]),
        ("周一至五 ９：００－１２：００、13:30-17:30",
         [_row(WEEKDAYS, "09:00", "12:00"), _row(WEEKDAYS, "13:30", "17:30")]),
        ("星期一、三、五 9点-11点半", [_row([1, 3, 5], "09:00", "11:30")]),
        ("每天8:30至20:00", [_row([1, 2, 3, 4, 5, 6, 7], "08:30", "20:00")]),
        ("工作日 9:00-18:00；周末 10:00到16:00。",
         [_row(WEEKDAYS, "09:00", "18:00"), _row([6, 7], "10:00", "16:00")]),
        ("mon, wed and fri: 9-12, 13-17",
         [_row([1, 3, 5], "09:00", "12:00"), _row([1, 3, 5], "13:00", "17:00")]),
        ("Saturday to Sunday 9.30–12", [_row([6, 7], "09:30", "12:00")]),
        ("周日 9-10\n周天 11-12", [_row([7], "09:00", "10:00"), _row([7], "11:00", "12:00")]),
        (
            "周一到周五上午9点到12点，下午2点到5点半",
            [_row([1, 2, 3, 4, 5], "09:00", "12:00"), _row([1, 2, 3, 4, 5], "14:00", "17:30")],
        ),
        ("周六 上午 8:30-下午 3点", [_row([6], "08:30", "15:00")]),
        ("每天中午11点半到1点", [_row([1, 2, 3, 4, 5, 6, 7], "11:30", "13:00")]),
        ("周日晚上7点半至9点", [_row([7], "19:30", "21:00")]),
        ("周一至周末 9:00-17:00", [_row([1, 2, 3, 4, 5, 6, 7], "09:00", "17:00")]),
        ("周三到周末 9-12", [_row([3, 4, 5, 6, 7], "09:00", "12:00")]),
        ("每天 中午12点-下午5点", [_row([1, 2, 3, 4, 5, 6, 7], "12:00", "17:00")]),
        ("每天 早8点-晚9点半", [_row([1, 2, 3, 4, 5, 6, 7], "08:00", "21:30")]),
        ("周六 凌晨5点-上午8点", [_row([6], "05:00", "08:00")]),
        ("周六 凌晨12点半-凌晨3点", [_row([6], "00:30", "03:00")]),
        ("周日 下午13:30-晚上20:00", [_row([7], "13:30", "20:00")]),
        ("", []),
        ("休息", []),
        ("closed", []),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(text: str, rows: list[dict[str, Any]]) -> None:
    assert rules.hours_from_words(text) == (rows, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("看情况", "看情况"),
        ("周一至周五 9:00-17:00; 节假日另行通知", "节假日另行通知"),
        ("周五至周一 9-10", "周五至周一 9-10"),
        ("9:00-17:00", "9:00-17:00"),
        ("周一", "周一"),
        ("周一 25:00-26:00", "周一 25:00-26:00"),
        ("周一 9-10 下午", "周一 9-10 下午"),
        *(
            (hours, hours)
            for hours in (
                "每天 早上8点-晚上12点",
                "每天 晚上8点到12点",
                "周六 晚上10点-晚上2点",
                "每天 傍晚12点-13点",
                "每天 上午13:00-14:00",
                "每天 中午6点-8点",
                "每天 凌晨9点-10点",
                "每天 00:00-24:00",
                "全天",
                "周一至工作日 9-12",
                "周末至周一 9-12",
                "工作日至周六 9-12",
            )
        ),
        ("周一 17:00-9:00", "order"),
        ("周一 9-12, 11-13", "overlap"),
        ("周一 9-12; 周一至周三 11-13", "overlap"),
    ],
)
def test_what_is_not_understood_is_named(text: str, fault: str) -> None:
    assert rules.hours_from_words(text) == ([], fault)


@st.composite
def _weeks(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A week as the editor stores it: days in any order, spans of a day apart."""
    rows = []
    for day in draw(st.lists(st.integers(1, 7), unique=True)):
        marks = draw(st.lists(st.integers(0, 1439), unique=True, max_size=6).map(sorted))
        for opens, closes in zip(marks[::2], marks[1::2], strict=False):
            clock = [f"{m // 60:02d}:{m % 60:02d}" for m in (opens, closes)]
            rows.append(_row([day], *clock))
    return draw(st.permutations(rows))


@given(_weeks(), st.sampled_from(["zh", "en"]))
def test_writing_and_reading_gives_the_same_week(week: list[dict[str, Any]], lang: str) -> None:
    words = rules.hours_in_words(week, lang)
    read, fault = rules.hours_from_words(words)
    assert fault is None
    assert rules.by_day(read) == rules.by_day(week)
    assert rules.hours_in_words(read, lang) == words


@given(st.text(max_size=300))
def test_anything_can_be_asked_and_only_good_hours_come_back(text: str) -> None:
    rows, fault = rules.hours_from_words(text)
    assert not (rows and fault)
    assert rules.faults_of_hours(rows) == []


def test_a_long_line_of_blanks_costs_nothing() -> None:
    assert rules.hours_from_words("周一" + " ,、和" * 5000 + "x")[1]

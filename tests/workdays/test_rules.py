"""Which days are worked, and time counted in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.kernel.hours import Span, fault_of_spans
from saas.workdays import rules
from saas.workdays.rules import OWN, PUBLISHED, Exceptional, Spans, Week, WorkingTime

SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"
DAY: Spans = ((time(9), time(12)), (time(13), time(18)))
WEEK: Week = (DAY,) * 5 + ((),) * 2
#: A week that makes both changes of the clock count: nights and Sundays are worked too.
NIGHTS: Week = (((time(0), time(3, 30)), (time(22), time(23, 59))),) * 7
#: Two weeks with a holiday, a make-up day and a half day, around a change of the Berlin clock.
DAYS = (
    Exceptional(date(2026, 10, 22), False, {"zh": "放假"}, OWN),
    Exceptional(date(2026, 10, 24), True, {"zh": "调休"}, OWN),
    Exceptional(date(2026, 10, 26), True, {"zh": "半天"}, OWN, ((time(9), time(11, 30)),)),
)
FIRST, LAST = datetime(2026, 10, 18, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
CALENDARS = [
    rules.counted_in(week, DAYS, zone) for week in (WEEK, NIGHTS) for zone in (SHANGHAI, BERLIN)
]


def year_2026() -> WorkingTime:
    """The published 2026 over an ordinary week."""
    listed = rules.published_days(2026)
    assert listed is not None
    return rules.counted_in(WEEK, listed, SHANGHAI)


def at(text: str, zone: str = SHANGHAI) -> datetime:
    """A local moment such as 2026-10-01 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# The notice for 2026: runs of days off, and the days worked for them.
OFF = [
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
MADE_UP = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


def test_the_holidays_and_make_up_days_of_2026_are_those_of_the_notice() -> None:
    time_2026 = year_2026()
    for day in rules.days_of(2026):
        text = day.isoformat()
        off = any(first <= text <= last for first, last in OFF)
        worked = text in MADE_UP or (day.weekday() < 5 and not off)
        assert bool(time_2026.spans_on(day)) == worked, text
    listed = rules.published_days(2026) or ()
    names = {one.day: one.name for one in listed}
    assert names[date(2026, 2, 17)] == {"zh": "春节", "en": "Spring Festival"}
    assert names[date(2026, 10, 10)] == {"zh": "国庆节", "en": "National Day"}
    assert sum(bool(time_2026.spans_on(day)) for day in rules.days_of(2026)) == 248


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-02-13 17:00", 2, "2026-02-14 10:00"),  # a Saturday that is worked
        ("2026-02-14 17:00", 2, "2026-02-24 10:00"),  # nine days of Spring Festival
        ("2026-09-30 10:00", 16, "2026-10-09 10:00"),  # National Day
        ("2026-10-09 17:00", 8, "2026-10-10 17:00"),
        ("2026-11-20 17:30", 1, "2026-11-23 09:30"),  # a weekend like any other
        ("2026-11-21 11:00", 8, "2026-11-23 18:00"),  # filed on a Saturday, closing time counts
        ("2026-11-23 08:00", 3, "2026-11-23 12:00"),
        ("2026-11-23 12:30", 1, "2026-11-23 14:00"),
        ("2026-11-23 09:00", 40, "2026-11-27 18:00"),
        ("2026-12-31 17:00", 2, "2027-01-01 10:00"),  # not published: the week alone counts
    ],
)
def test_hours_pass_in_working_time_only(start: str, hours: int, end: str) -> None:
    time_2026 = year_2026()
    due = time_2026.add(at(start), hours * 60)
    assert due == at(end)
    assert due.tzinfo is UTC
    assert time_2026.between(at(start), due) == hours * 60


def test_an_opening_is_working_time_and_a_closing_is_not() -> None:
    time_2026 = year_2026()
    for clock, works in {
        "08:59": 0,
        "09:00": 1,
        "11:59": 1,
        "12:00": 0,
        "13:00": 1,
        "18:00": 0,
    }.items():
        assert time_2026.is_working(at(f"2026-11-23 {clock}")) == bool(works), clock
    assert not time_2026.is_working(at("2026-10-01 10:00"))
    assert time_2026.is_working(at("2026-10-10 10:00"))


def test_nothing_and_less_than_nothing_are_over_at_once() -> None:
    time_2026, night = year_2026(), at("2026-11-22 03:00")
    assert time_2026.add(night, 0) == night
    assert time_2026.add(night, -5) == night
    assert time_2026.between(night, night) == 0
    assert time_2026.between(night, night - timedelta(days=9)) == 0


def test_the_districts_own_word_goes_before_the_published_one() -> None:
    day = date(2026, 10, 1)
    published = Exceptional(day, False, {"zh": "国庆节"}, PUBLISHED)
    own = Exceptional(day, True, {"zh": "值班"}, OWN)
    for order in ([published, own], [own, published]):
        assert rules.effective(order)[day] is own
    assert rules.counted_in(WEEK, [published, own], SHANGHAI).spans_on(day) == DAY


def test_a_make_up_day_has_the_hours_of_its_weekday_or_of_most_days() -> None:
    short: Spans = ((time(9), time(12)),)
    week: Week = (short, DAY, DAY, DAY, DAY, (), short)
    saturday = Exceptional(date(2026, 11, 21), True, {}, OWN)
    sunday = Exceptional(date(2026, 11, 22), True, {}, OWN)
    monday = Exceptional(date(2026, 11, 23), True, {}, OWN)
    counted = rules.counted_in(week, [saturday, sunday, monday], SHANGHAI)
    assert [counted.spans_on(one.day) for one in (saturday, sunday, monday)] == [DAY, short, short]
    assert counted.hours_per_day == 8
    assert counted.minutes_per_day == 480


def test_a_week_without_working_time_can_count_nothing() -> None:
    assert not rules.has_work(((),) * 7)
    for week in (((),) * 7, WEEK[:6]):
        with pytest.raises(ValueError):
            WorkingTime(week, {}, SHANGHAI)


def test_a_year_that_is_off_throughout_is_passed_over() -> None:
    off = [Exceptional(day, False, {}, OWN) for day in rules.days_of(2027)]
    counted = rules.counted_in(WEEK, off, SHANGHAI)
    assert counted.add(at("2026-12-31 17:00"), 120) == at("2028-01-03 10:00")


def test_a_year_that_nobody_has_published_has_no_days() -> None:
    assert rules.published_days(2026 + 200) is None
    assert rules.published_days(1990) is None


@pytest.mark.parametrize(
    ("spans", "fault"),
    [
        ([("09:00", "12:00"), ("13:00", "18:00")], None),
        ([("09:00", "12:00"), ("12:00", "18:00")], None),
        ([], None),
        ([("12:00", "09:00")], "order"),
        ([("09:00", "09:00")], "order"),
        ([("13:00", "18:00"), ("09:00", "13:01")], "overlap"),
    ],
)
def test_hours_that_cannot_be_are_named(spans: list[tuple[str, str]], fault: str | None) -> None:
    pairs = [Span(time.fromisoformat(a), time.fromisoformat(b)) for a, b in spans]
    assert fault_of_spans(pairs) == fault
    if not fault:
        assert rules.read_spans(rules.written_spans(pairs)) == tuple(sorted(pairs))


@given(st.lists(st.integers(0, 22), unique=True, max_size=6), st.integers(0, 3))
def test_spans_find_their_place_in_a_form_and_none_is_lost(hours: list[int], more: int) -> None:
    spans = tuple((time(hour), time(hour + 1)) for hour in sorted(hours))
    slots = len(spans) + more
    places = rules.slotted(spans, slots)
    assert len(places) == slots
    assert tuple(span for span in places if span) == spans


def test_a_form_puts_the_afternoon_under_afternoon() -> None:
    morning, afternoon, evening = ((time(h), time(h + 1)) for h in (9, 13, 19))
    assert rules.slotted((afternoon,), 3) == [None, afternoon, None]
    assert rules.slotted((morning, evening), 3) == [morning, None, evening]
    assert rules.slotted((morning, (time(10), time(12)), evening), 3)[2] == evening


def test_where_the_clock_is_put_back_an_hour_more_is_worked_and_put_forward_one_less() -> None:
    night = rules.counted_in((((time(0), time(6)),),) * 7, (), BERLIN)
    hours = {"2026-03-29": 5, "2026-10-25": 7, "2026-10-26": 6}
    for day, worked in hours.items():
        begins = at(f"{day} 00:00", BERLIN)
        assert night.between(begins, at(f"{day} 12:00", BERLIN)) == worked * 60, day
        assert night.add(begins, worked * 60) == at(f"{day} 06:00", BERLIN)


moments = st.integers(0, int((LAST - FIRST).total_seconds())).map(
    lambda seconds: FIRST + timedelta(seconds=seconds)
)
anywhen = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
minutes = st.integers(0, 200_000)
calendars = st.sampled_from(CALENDARS)


@given(calendars, anywhen, minutes)
def test_what_was_added_has_passed(counted: WorkingTime, start: datetime, some: int) -> None:
    end = counted.add(start, some)
    assert end >= start
    assert counted.between(start, end) == some
    if some:
        assert counted.is_working(end - timedelta(microseconds=1))
        assert counted.between(start, end - timedelta(microseconds=1)) == some - 1


@given(calendars, anywhen, minutes, minutes)
def test_adding_twice_is_adding_the_sum(
    counted: WorkingTime, start: datetime, some: int, more: int
) -> None:
    assert counted.add(start, some + more) == counted.add(counted.add(start, some), more)


@given(calendars, anywhen, anywhen, minutes, minutes)
def test_later_and_longer_never_end_earlier(
    counted: WorkingTime, one: datetime, other: datetime, some: int, more: int
) -> None:
    early, late = sorted([one, other])
    few, many = sorted([some, more])
    assert counted.add(early, few) <= counted.add(late, many)
    assert counted.between(early, late) >= 0


def naive(counted: WorkingTime, days: tuple[Exceptional, ...], at: datetime) -> bool:
    """Whether a minute is worked, by the clock on the wall alone."""
    local = at.astimezone(ZoneInfo(counted.zone))
    for one in days:
        if one.day == local.date():
            spans = counted.week[0] if one.spans is None else one.spans
            return one.works and any(a <= local.time() < b for a, b in spans)
    return any(a <= local.time() < b for a, b in counted.week[local.weekday()])


MINUTES = [FIRST + timedelta(minutes=n) for n in range(14 * 24 * 60)]
COUNTS = {
    id(counted): [naive(counted, DAYS, minute) for minute in MINUTES] for counted in CALENDARS
}


@given(calendars, st.integers(0, len(MINUTES) - 1), st.integers(0, len(MINUTES) - 1))
def test_it_agrees_with_counting_minute_by_minute(
    counted: WorkingTime, one: int, other: int
) -> None:
    first, last = sorted([one, other])
    worked = sum(COUNTS[id(counted)][first:last])
    assert counted.between(MINUTES[first], MINUTES[last]) == worked
    assert counted.is_working(MINUTES[first]) == COUNTS[id(counted)][first]
    if worked:
        assert counted.between(MINUTES[first], counted.add(MINUTES[first], worked)) == worked
        assert counted.add(MINUTES[first], worked) <= MINUTES[last]


@given(calendars, moments, moments)
def test_seconds_are_not_lost(counted: WorkingTime, one: datetime, other: datetime) -> None:
    early, late = sorted([one, other])
    whole = counted.between(early, late)
    assert counted.add(early, whole) <= late < counted.add(early, whole + 1)

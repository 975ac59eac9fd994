"""When a pack's festivals fall: by the sun, by the moon, by the 24 terms, by the weekday.

The moon's calendar and the terms are computed for the Gregorian years 1900 to 2100; outside of
them nothing falls.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

# mypy knows no types of lunar_python; what leaves this file is plain dates and numbers.
from lunar_python import LunarYear as _MoonYear
from lunar_python import Solar as _Sun

from saas.themes.schemas import TERMS, Festival, Lunar, Pack, Rule, Solar, Term, Weekday

FIRST, LAST = 1900, 2100
Coming = tuple[date, Festival, int]
#: Where 小寒 stands in the library's list, which begins with two terms of the year before.
_XIAOHAN = 2


def days(festival: Festival, year: int) -> list[date]:
    """The days on which ``festival`` begins in a Gregorian year, in order.

    Mostly one. A lunar day can fall twice in a year or not at all, 30 February never.
    """
    return list(_falls(festival.rule, year)) if FIRST <= year <= LAST else []


def coming(pack: Pack, today: date, count: int) -> list[Coming]:
    """The next ``count`` festivals: first day, festival, days until then.

    One that is going on has begun in the past and 0 days to wait.
    """
    found = [one for one in _around(pack, today) if one[0] >= today - _rest(one[1])]
    found.sort(key=lambda one: (max(one[0], today), one[0], one[1].code))
    return [(first, festival, max((first - today).days, 0)) for first, festival in found[:count]]


def year_of(pack: Pack, year: int) -> list[tuple[date, Festival]]:
    """All festivals that begin in a Gregorian year, by date."""
    found = [(first, one) for one in pack.calendar for first in days(one, year)]
    return sorted(found, key=lambda pair: (pair[0], pair[1].code))


@lru_cache(maxsize=4096)
def lunar_day(day: date) -> tuple[int, int, bool]:
    """Month and day of the lunar calendar, and whether the month is a leap month."""
    moon = _Sun.fromYmd(day.year, day.month, day.day).getLunar()
    return abs(moon.getMonth()), moon.getDay(), moon.getMonth() < 0


@lru_cache(maxsize=4096)
def lunar_names(day: date) -> tuple[str, str]:
    """Month and day of the lunar calendar as the almanac writes them in Chinese."""
    moon = _Sun.fromYmd(day.year, day.month, day.day).getLunar()
    return moon.getMonthInChinese(), moon.getDayInChinese()


def last_day(festival: Festival, first: date) -> date:
    """The last day of a festival that began on ``first``."""
    return first + _rest(festival)


def _rest(festival: Festival) -> timedelta:
    return timedelta(days=festival.days - 1)


def _around(pack: Pack, today: date) -> Iterator[tuple[date, Festival]]:
    """What begins last year (it may go on), this year, and in the two years to come."""
    for year in range(today.year - 1, today.year + 3):
        yield from year_of(pack, year)


@lru_cache(maxsize=4096)
def _falls(rule: Rule, year: int) -> tuple[date, ...]:
    if isinstance(rule, Lunar):
        # The lunar year begins in January or February: its last months lie in the next year.
        found = (_by_moon(rule, lunar_year) for lunar_year in (year - 1, year))
        return tuple(day for day in found if day and day.year == year)
    if isinstance(rule, Term):
        return (_by_term(rule, year),)
    if isinstance(rule, Weekday):
        return (_by_weekday(rule, year),)
    return _by_sun(rule, year)


def _by_sun(rule: Solar, year: int) -> tuple[date, ...]:
    try:
        return (date(year, rule.month, rule.day),)
    except ValueError:  # 29 February
        return ()


def _by_weekday(rule: Weekday, year: int) -> date:
    if rule.nth > 0:
        first = date(year, rule.month, 1)
        away = (rule.weekday - first.isoweekday()) % 7
        return first + timedelta(days=away + 7 * (rule.nth - 1))
    last = date(year + rule.month // 12, rule.month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - rule.weekday) % 7)


def _by_term(rule: Term, year: int) -> date:
    julian = _moon_year(year).getJieQiJulianDays()[_XIAOHAN + TERMS.index(rule.name)]
    return _plain(_Sun.fromJulianDay(julian))


def _by_moon(rule: Lunar, lunar_year: int) -> date | None:
    """The day in a lunar year; None where the month has only 29 days and the 30th is asked for."""
    # A leap month has a negative number there: month 5 is never leap month 5.
    month = _moon_year(lunar_year).getMonth(rule.month)
    longest = month.getDayCount()
    day = longest if rule.day == -1 else rule.day
    if day > longest:
        return None
    return _plain(_Sun.fromJulianDay(month.getFirstJulianDay() + day - 1))


@lru_cache(maxsize=256)
def _moon_year(lunar_year: int) -> _MoonYear:
    """A lunar year, worked out once: new moons and terms take about ten milliseconds."""
    return _MoonYear.fromYear(lunar_year)


def _plain(sun: _Sun) -> date:
    return date(sun.getYear(), sun.getMonth(), sun.getDay())

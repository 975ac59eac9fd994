"""What the pages of culture show: festivals with their days in words, one story, walks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from babel.dates import format_date

from saas.kernel import i18n
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code, ngettext
from saas.themes import queries
from saas.themes.editor.words import SECTION
from saas.themes.rules import calendar
from saas.themes.schemas import Activity, Festival, Lunar, Pack, Person, Story


@dataclass(frozen=True, slots=True)
class FestivalRow:
    """A festival on its day. ``wait`` says how far away it is, nothing for what is over."""

    festival: Festival
    first: date
    day: str
    weekday: str
    month: str
    long_day: str
    until: str
    lunar: str
    wait: str
    past: bool
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month's festivals under its name."""

    name: str
    rows: list[FestivalRow]


@dataclass(frozen=True, slots=True)
class HomeBlock:
    """The one festival and the one story of a resident's first page."""

    festival: FestivalRow | None
    story: Story | None
    pack: Pack


def home_block(pack: Pack, today: date) -> HomeBlock | None:
    """What the first page tells of the place; nothing where the pack has nothing to tell."""
    if not pack.has_culture:
        return None
    # Another story every day, the same one for everybody.
    story = pack.stories[today.toordinal() % len(pack.stories)] if pack.stories else None
    return HomeBlock(next(iter(next_rows(pack, today, 1)), None), story, pack)


def next_rows(pack: Pack, today: date, count: int) -> list[FestivalRow]:
    """The next festivals."""
    return [
        _row(pack, first, one, today) for first, one, _days in calendar.coming(pack, today, count)
    ]


def months(pack: Pack, year: int, today: date) -> tuple[list[Month], list[Month]]:
    """All festivals of a year by month: those of this year that are over, and the others."""
    rows = [_row(pack, first, one, today) for first, one in calendar.year_of(pack, year)]
    gone = [row for row in rows if row.past and year == today.year]
    return _by_month(year, gone), _by_month(year, [row for row in rows if row not in gone])


def _by_month(year: int, rows: list[FestivalRow]) -> list[Month]:
    by_month = groupby(rows, key=lambda row: row.first.month)
    return [Month(_month_name(year, month), list(inner)) for month, inner in by_month]


def people_of(pack: Pack, story: Story) -> list[Person]:
    """Whom a story is about."""
    return [person for person in pack.people if person.code in story.people]


def _row(pack: Pack, first: date, festival: Festival, today: date) -> FestivalRow:
    last = calendar.last_day(festival, first)
    return FestivalRow(
        festival=festival,
        first=first,
        day=str(first.day),
        weekday=format_date(first, "EEE", locale=locale_code()),
        month=format_date(first, "LLL", locale=locale_code()),
        long_day=_said(first),
        until=_said(last) if last > first else "",
        lunar=_lunar(first, isinstance(festival.rule, Lunar)),
        wait=_wait(first, last, today),
        past=last < today,
        activities=_activities(pack, festival),
    )


def _said(day: date) -> str:
    return i18n.long_date(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def _lunar(day: date, counts: bool) -> str:
    """The lunar day in words, where it is what decides."""
    if not counts:
        return ""
    month, of_month = calendar.lunar_names(day)
    if locale_code() == "en":
        month, of_month = (str(part) for part in calendar.lunar_day(day)[:2])
    return _("day %(day)s of lunar month %(month)s", day=of_month, month=month)


def _wait(first: date, last: date, today: date) -> str:
    if last < today:
        return ""
    if first <= today:
        return _("today") if first == last else _("going on")
    away = (first - today).days
    return _("tomorrow") if away == 1 else ngettext("in %(num)s day", "in %(num)s days", away)


def _month_name(year: int, month: int) -> str:
    return str(format_date(date(year, month, 1), "LLLL", locale=locale_code()))


def _activities(pack: Pack, festival: Festival) -> tuple[Activity, ...]:
    """What is put on for a festival: named by it, or naming it."""
    return tuple(
        one
        for one in pack.activities
        if one.code in festival.activities or one.festival == festival.code
    )


def sections_shown() -> dict[str, Any]:
    """What `culture/_sections.html` shows of the shipped pack on show."""
    pack = queries.pack(queries.current_pack().code)
    return {
        "pack": pack,
        "bound": queries.bound_of(pack) if not queries.current_pack().edition else [],
        "taken": queries.taken_of(pack),
        "of_here": queries.is_of_here(pack),
        "words": SECTION,
    }

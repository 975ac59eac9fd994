"""The calendar as pages show it: a year in months, days in words, hours in the fields of a form."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code, long_date, ngettext, say
from saas.kernel.schemas import push_label
from saas.workdays import rules, words
from saas.workdays.queries import YearState
from saas.workdays.rules import Exceptional, Span, Spans, Week


@dataclass(frozen=True, slots=True)
class Square:
    """A day in its month. ``told`` is all that is known of it, in one line."""

    day: date
    kind: str
    word: str
    told: str
    own: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month as rows of seven, Monday first; None where the day is another month's."""

    name: str
    rows: list[list[Square | None]]


@dataclass(frozen=True, slots=True)
class Run:
    """Days that follow each other and are the same: one line of the list. A single one is not
    counted: its ``length`` is empty.
    """

    first: date
    last: date
    days: str
    length: str
    mark: str
    word: str
    name: str
    hours: str
    source: str
    own: bool


@dataclass(frozen=True, slots=True)
class YearPage:
    """A whole year. ``offered`` and ``state`` are as in `queries.YearState`."""

    months: list[Month]
    runs: list[Run]
    total: str


def year_page(state: YearState, week: Week, days: Sequence[Exceptional], today: date) -> YearPage:
    """The year with its exceptional days, in order, over its ordinary week."""
    settled = {one.day: one for one in days}
    worked = sum(
        bool(rules.spans_of(settled[day], week) if day in settled else week[day.weekday()])
        for day in rules.days_of(state.year)
    )
    return YearPage(
        months=[_month(state.year, n, week, settled, today) for n in range(1, 13)],
        runs=[_run(one, week) for one in rules.runs(days)],
        total=ngettext("%(num)s working day", "%(num)s working days", worked),
    )


def _month(
    year: int, month: int, week: Week, settled: Mapping[date, Exceptional], today: date
) -> Month:
    name = get_month_names("wide", context="stand-alone", locale=locale_code())[month]
    rows = Calendar().monthdatescalendar(year, month)
    squares: list[list[Square | None]] = [
        [_square(day, week, settled.get(day), today) if day.month == month else None for day in row]
        for row in rows
    ]
    return Month(str(name), squares)


def _square(day: date, week: Week, one: Exceptional | None, today: date) -> Square:
    kind, own = rules.kind_of(day, week, one), one is not None and one.source == rules.OWN
    parts = [day_words(day), str(words.KIND[kind]), say(one.name) if one else ""]
    parts += [str(words.SOURCE[rules.OWN])] if own else []
    return Square(
        day=day,
        kind=kind,
        word=str(words.SHORT.get(kind, "")),
        told=_(", ").join(part for part in parts if part),
        own=own,
        today=day == today,
    )


def _run(run: Sequence[Exceptional], week: Week) -> Run:
    one, last = run[0], run[-1].day
    kind = rules.kind_of(one.day, week, one)
    spans = rules.spans_of(one, week)
    return Run(
        first=one.day,
        last=last,
        days=_span_of_days(one.day, last),
        length=ngettext("%(num)s day", "%(num)s days", len(run)) if len(run) > 1 else "",
        mark=words.MARK[kind],
        word=str(words.KIND[kind]),
        name=say(one.name),
        hours=spans_words(spans),
        source=str(words.SOURCE[one.source]),
        own=one.source == rules.OWN,
    )


def _span_of_days(first: date, last: date) -> str:
    if first == last:
        return f"{first:%Y-%m-%d} {day_name(first.isoweekday())}"
    return f"{first:%Y-%m-%d} – {last:%m-%d}"


def day_words(day: date) -> str:
    """A day with its weekday, as residents read it."""
    zone = current_tenant().time_zone
    return long_date(datetime.combine(day, time(12), ZoneInfo(zone)), zone)


def day_name(
    weekday: int, width: Literal["abbreviated", "narrow", "short", "wide"] = "abbreviated"
) -> str:
    """A day of the week, 1 to 7 from Monday, in the reader's language."""
    return str(get_day_names(width, locale=locale_code())[weekday - 1])


def heads() -> list[tuple[str, str]]:
    """The heads of a month's columns: as short as can be told apart, and in full."""
    width: Literal["narrow", "short"] = "short" if locale_code() == "en" else "narrow"
    return [(day_name(n, width), day_name(n, "wide")) for n in range(1, 8)]


def spans_words(spans: Spans) -> str:
    """09:00–12:00, 13:00–18:00."""
    return _(", ").join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)


def week_lines(week: Week) -> list[tuple[str, str]]:
    """The week in short: days that follow each other with the same hours, and these."""
    lines = []
    for spans, days in groupby(range(1, 8), key=lambda n: week[n - 1]):
        first, *_between, last = [*days] * 2
        lines.append((_days(first, last), spans_words(spans) or str(words.KIND["rest"])))
    return lines


def _days(first: int, last: int) -> str:
    if first == last:
        return day_name(first)
    return _("%(first)s to %(last)s", first=day_name(first), last=day_name(last))


def what_counts(day: date, week: Week, one: Exceptional | None) -> str:
    """A day under one word about it, or under its weekday's: kind, name and hours."""
    spans = week[day.weekday()] if one is None else rules.spans_of(one, week)
    name = say(one.name) if one else ""
    parts = (str(words.KIND[rules.kind_of(day, week, one)]), name, spans_words(spans))
    return " · ".join(part for part in parts if part)


def slots(week: Week) -> list[str]:
    """What the columns of the week's form are called; more of them where a day has more spans."""
    more = max(len(spans) for spans in week) - len(words.SLOTS)
    return [*map(str, words.SLOTS), *[_("Further hours")] * more]


def week_typed(week: Week) -> dict[str, Any]:
    """The week as the values of its form."""
    values: dict[str, Any] = {}
    for number, spans in enumerate(week, start=1):
        _fill(values, f"day-{number}", rules.slotted(spans, len(slots(week))))
    return values


def day_typed(one: Exceptional | None, *, works: bool, until: date | None) -> dict[str, Any]:
    """The district's own word about a day as the values of its form; without one, a proposal."""
    values: dict[str, Any] = {
        "works": "on" if (one.works if one else works) else "off",
        "until": until.isoformat() if until else "",
    }
    push_label(values, "name", one.name if one else None)
    spans = one.spans or () if one else ()
    _fill(values, "hours", rules.slotted(spans, max(len(spans), len(words.SLOTS))))
    return values


def _fill(values: dict[str, Any], name: str, places: Sequence[Span | None]) -> None:
    for n, span in enumerate(places):
        values[f"{name}-{n}-opens"] = f"{span[0]:%H:%M}" if span else ""
        values[f"{name}-{n}-closes"] = f"{span[1]:%H:%M}" if span else ""

"""Pure decisions: which days and hours are worked, and time counted in them.

A week has seven tuples of spans, Monday first. Time is
counted as it really passes: where clocks are put forward or back inside a span, the day is shorter
or longer by that hour.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from chinese_calendar import get_holiday_detail
from chinese_calendar.constants import Holiday

from saas.kernel.context import Label
from saas.kernel.hours import Span

Spans = tuple[Span, ...]
Week = tuple[Spans, ...]

PUBLISHED: Final = "published"
OWN: Final = "own"
#: Where a day's word comes from, and where a year's: the later one goes before the earlier.
SOURCES: Final = (PUBLISHED, OWN)
#: How far back and ahead of the present year a district keeps its calendar.
YEARS_BACK: Final = 10
YEARS_AHEAD: Final = 5
#: A holiday that is entered at once lasts no longer.
MOST_DAYS: Final = 31
MOST_DAYS_COUNTED: Final = 400

_NOON_AND_EVENING: Final = (12, 18)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_MINUTE: Final = 60_000_000
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A day that is not as its weekday: off, or worked. ``spans`` None: as an ordinary one."""

    day: date
    works: bool
    name: Label
    source: str
    spans: Spans | None = None


def read_spans(rows: Iterable[Mapping[str, str]]) -> Spans:
    """Stored ``{"opens": "09:00", "closes": "12:00"}`` as spans in order."""
    times = ((time.fromisoformat(r["opens"]), time.fromisoformat(r["closes"])) for r in rows)
    return tuple(sorted(Span(*pair) for pair in times))


def written_spans(spans: Iterable[Span]) -> list[dict[str, str]]:
    """The other way, for storing."""
    return [{"opens": f"{a:%H:%M}", "closes": f"{b:%H:%M}"} for a, b in sorted(spans)]


def has_work(week: Week) -> bool:
    """Whether any day of the week is worked: without one, no deadline would ever come."""
    return any(week)


def ordinary_spans(week: Week) -> Spans:
    """The hours of an ordinary working day: those that most days have, the first of equals."""
    worked = Counter(spans for spans in week if spans)
    return worked.most_common(1)[0][0] if worked else ()


def effective(days: Iterable[Exceptional]) -> dict[date, Exceptional]:
    """One word for each day: the district's own goes before the published one."""
    ranked = sorted(days, key=lambda one: SOURCES.index(one.source))
    return {one.day: one for one in ranked}


def spans_of(one: Exceptional, week: Week) -> Spans:
    """The hours of such a day: its own, those of its weekday, or those of an ordinary day."""
    if not one.works:
        return ()
    if one.spans is not None:
        return one.spans
    return week[one.day.weekday()] or ordinary_spans(week)


def kind_of(day: date, week: Week, one: Exceptional | None) -> str:
    """work, rest (as its weekday), off, made_up (work on a day of rest) or hours (other ones)."""
    ordinary = week[day.weekday()]
    if one is None:
        return "work" if ordinary else "rest"
    if not one.works:
        return "off"
    if not ordinary:
        return "made_up"
    return "work" if spans_of(one, week) == ordinary else "hours"


def runs(days: Sequence[Exceptional]) -> list[list[Exceptional]]:
    """Days in order, those together that follow each other and say the same."""
    found: list[list[Exceptional]] = []
    for one in days:
        last = found[-1][-1] if found else None
        if last is not None and one == replace(last, day=last.day + _DAY):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def slotted(spans: Spans, slots: int) -> list[Span | None]:
    """Spans in the places of morning, afternoon and evening as far as they fit, in order."""
    places: list[Span | None] = []
    for n, span in enumerate(spans):
        wanted = sum(span[0].hour >= hour for hour in _NOON_AND_EVENING)
        room = slots - (len(spans) - n)
        places += [None] * (min(wanted, room) - len(places))
        places.append(span)
    return places + [None] * (slots - len(places))


def usable_year(year: int, this_year: int) -> bool:
    """Whether the calendar of ``year`` can be looked at and changed."""
    return this_year - YEARS_BACK <= year <= this_year + YEARS_AHEAD


@lru_cache(maxsize=32)
def published_days(year: int) -> tuple[Exceptional, ...] | None:
    """The public holidays and make-up days of a year; None while they are not published.

    They come from the library, whose knowledge ends with the last notice of the State Council
    that it was released after.
    """
    try:
        return tuple(_published(year))
    except NotImplementedError:
        return None


def _published(year: int) -> Iterator[Exceptional]:
    for day in days_of(year):
        off, name = get_holiday_detail(day)
        if name is not None:
            label = {"zh": Holiday(name).chinese, "en": name}
            yield Exceptional(day, not off, label, PUBLISHED)


def days_of(year: int) -> list[date]:
    """Every day of a year in order."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@dataclass(frozen=True, slots=True)
class _Year:
    """The working spans of a local year in microseconds since 1970.

    ``worked`` is, for each span, the working time of the year up to its end.
    """

    opens: array[int]
    closes: array[int]
    worked: array[int]

    @property
    def total(self) -> int:
        return self.worked[-1] if self.worked else 0

    def until(self, at: int) -> int:
        """The working time of the year before ``at``."""
        n = bisect_right(self.opens, at)
        return self.worked[n - 1] - max(self.closes[n - 1] - at, 0) if n else 0

    def when(self, worked: int) -> int:
        """The earliest moment by which ``worked`` (above 0, at most the total) has passed."""
        n = bisect_left(self.worked, worked)
        return self.closes[n] - (self.worked[n] - worked)


@dataclass(frozen=True)
class WorkingTime:
    """A district's working time: pure, safe to share between threads, quick to ask often.

    ``exceptions`` maps a day to its spans, none of them for a day off. A year is worked out when
    it is first asked for and kept.
    """

    week: Week
    exceptions: Mapping[date, Spans]
    zone: str
    _years: dict[int, _Year] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not has_work(self.week):
            raise ValueError("a week has seven days, and at least one of them is worked")

    @property
    def minutes_per_day(self) -> int:
        """Minutes of an ordinary working day."""
        spans = ordinary_spans(self.week)
        return sum(_minute(closes) - _minute(opens) for opens, closes in spans)

    @property
    def hours_per_day(self) -> float:
        """Hours of an ordinary working day."""
        return self.minutes_per_day / 60

    def spans_on(self, day: date) -> Spans:
        """The local hours of a day, in order; none on a day off."""
        spans = self.exceptions.get(day)
        return self.week[day.weekday()] if spans is None else spans

    def is_working(self, moment: datetime) -> bool:
        """Whether ``moment`` (aware) lies in working time; closing time no longer does."""
        at, year = self._place(moment)
        found = self._year(year)
        n = bisect_right(found.opens, at)
        return n > 0 and at < found.closes[n - 1]

    def add(self, start: datetime, minutes: int) -> datetime:
        """The earliest moment, in UTC, by which ``minutes`` of working time have passed.

        Begins with the next opening when ``start`` (aware) is outside working time; ends at
        closing time when it comes out even. No minutes, or fewer, are over at once.
        """
        if minutes <= 0:
            return start.astimezone(UTC)
        at, year = self._place(start)
        worked = self._year(year).until(at) + minutes * _MINUTE
        while worked > (total := self._year(year).total):
            worked, year = worked - total, year + 1
        return _EPOCH + self._year(year).when(worked) * _MICROSECOND

    def between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from ``start`` to ``end`` (both aware); 0 if it is not later."""
        if end <= start:
            return 0
        (begun, first), (ended, last) = self._place(start), self._place(end)
        years = sum(self._year(year).total for year in range(first, last))
        worked = years + self._year(last).until(ended) - self._year(first).until(begun)
        return worked // _MINUTE

    def days_between(self, start: datetime, end: datetime) -> int:
        """How many working days come after that of ``start`` until that of ``end`` is over (both
        aware); no more than `MOST_DAYS_COUNTED` days are looked at.
        """
        zone = _zone(self.zone)
        first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        most = min((last - first).days, MOST_DAYS_COUNTED)
        return sum(bool(self.spans_on(first + _DAY * n)) for n in range(1, most + 1))

    def _place(self, moment: datetime) -> tuple[int, int]:
        """A moment in microseconds since 1970, and the local year that it is in."""
        local = moment.astimezone(_zone(self.zone))
        return (moment - _EPOCH) // _MICROSECOND, local.year

    def _year(self, year: int) -> _Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._counted(year)
        return found

    def _counted(self, year: int) -> _Year:
        opens, closes, worked, total = array("q"), array("q"), array("q"), 0
        for day in days_of(year):
            for begins, ends in _instants(day, self.spans_on(day), _zone(self.zone)):
                total += ends - begins
                opens.append(begins)
                closes.append(ends)
                worked.append(total)
        return _Year(opens, closes, worked)


def counted_in(week: Week, days: Iterable[Exceptional], zone: str) -> WorkingTime:
    """The working time of a week with its exceptional days."""
    settled = effective(days)
    return WorkingTime(week, {day: spans_of(one, week) for day, one in settled.items()}, zone)


_zone = lru_cache(maxsize=64)(ZoneInfo)


def _instants(day: date, spans: Spans, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """Local spans as instants. Where the clock is changed, the day is read minute by minute."""
    if not spans:
        return
    midnight = datetime.combine(day, time(), zone)
    following = datetime.combine(day + _DAY, time(), zone)
    first = (midnight - _EPOCH) // _MICROSECOND
    length = (following.astimezone(UTC) - midnight.astimezone(UTC)) // _MICROSECOND // _MINUTE
    if length == 24 * 60:
        yield from (
            (first + _minute(opens) * _MINUTE, first + _minute(closes) * _MINUTE)
            for opens, closes in spans
        )
        return
    inside = [_worked_minute(first + n * _MINUTE, spans, zone) for n in range(length)]
    turns = [n for n, (a, b) in enumerate(pairwise([False, *inside, False])) if a != b]
    for begins, ends in zip(turns[::2], turns[1::2], strict=True):
        yield first + begins * _MINUTE, first + ends * _MINUTE


def _worked_minute(at: int, spans: Spans, zone: ZoneInfo) -> bool:
    local = (_EPOCH + at * _MICROSECOND).astimezone(zone).time()
    return any(opens <= local < closes for opens, closes in spans)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute

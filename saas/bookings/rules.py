"""What may be done with a booking, which times fit, and on which dates a series falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from saas.casework import Cell

STATES: Final = (
    "asked", "confirmed", "in_use", "done", "declined", "cancelled", "released", "skipped",
)  # fmt: skip
#: In these the room is that booking's and nobody else's.
HELD: Final = ("confirmed", "in_use", "done")
#: Somebody means to come, or is there.
LIVING: Final = ("asked", "confirmed", "in_use")
WHO: Final = ("everybody", "organisations", "staff")
KINDS: Final = ("activity", "meeting", "guest")
CHANNELS: Final = ("online", "desk", "phone")
EVERY: Final = ("week", "fortnight", "month")
#: Why a date was not had.
SKIPPED: Final = ("taken", "closed", "hours", "holiday")
#: The code of the terms for rooms of which the model says nothing of their own.
ANY: Final = "any"
MOST_DATES: Final = 60
#: So long after it was there for is it kept who a guest was: to be told of what was left behind, as
#: long as names of visitors are kept. No rule asks for longer; a district that must keep them less
#: long asks for it.
GUESTS_KEPT: Final = timedelta(days=90)
STEP: Final = timedelta(minutes=30)
#: Nothing is shorter, and nobody, staff neither, means a day that is further off.
SHORTEST: Final = timedelta(minutes=1)
FURTHEST: Final = timedelta(days=3653)
#: A door opens so long before what is booked.
EARLY: Final = timedelta(minutes=30)

TABLE: Final[Mapping[tuple[str, str], Cell]] = {
    ("asked", "approve"): Cell("confirmed", by="decider", clock="start", unless=("over",)),
    ("asked", "decline"): Cell("declined", by="decider", clock="stop", asks=("reason",)),
    ("asked", "lapse"): Cell("cancelled", by="clock", clock="stop"),
    ("confirmed", "start"): Cell("in_use", by="present", clock="end", unless=("early", "late")),
    ("confirmed", "release"): Cell("released", by="clock", clock="stop"),
    ("in_use", "end"): Cell("done", by="present", clock="stop"),
    ("skipped", "retry"): Cell("confirmed", by="either", clock="start", unless=("over", "asking")),
    ("skipped", "ask_again"): Cell("asked", by="either", clock="ask", unless=("over", "settled")),
    ("confirmed", "cancel"): Cell("cancelled", by="owner", clock="stop", unless=("begun",)),
    ("asked", "cancel"): Cell("cancelled", by="owner", clock="stop"),
    ("confirmed", "call_off"): Cell("cancelled", by="handler", clock="stop", asks=("reason",)),
    ("asked", "call_off"): Cell("cancelled", by="handler", clock="stop", asks=("reason",)),
    ("skipped", "cancel"): Cell("cancelled", by="either", clock="stop"),
}

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Terms:
    """Who may book a room, and how; see `models.TermsColumns`."""

    who: str = "everybody"
    notice_hours: int = 2
    ahead_days: int = 60
    longest_minutes: int = 240
    buffer_minutes: int = 15
    grace_minutes: int = 20
    approval: bool = False
    holidays: bool = False

    @property
    def buffer(self) -> timedelta:
        """How long it stays free after a booking."""
        return timedelta(minutes=self.buffer_minutes)

    @property
    def grace(self) -> timedelta:
        """How long after its begin somebody may come."""
        return timedelta(minutes=self.grace_minutes)


def bars(state: str, now: datetime, during: Stretch, terms: Terms) -> frozenset[str]:
    """What stands in the way of acts at ``now``, by the words of the table."""
    start, end = during
    found = {
        "over": now >= end if state == "skipped" else now >= start,
        "early": now < start - EARLY,
        "late": now >= min(start + terms.grace, end),
        "begun": now >= start,
        "asking": terms.approval,
        "settled": not terms.approval,
    }
    return frozenset(bar for bar, stands in found.items() if stands)


def refused_term(wanted: Stretch, now: datetime, terms: Terms, *, staff: bool) -> str | None:
    """Which of the terms a time does not keep: order, past, long, notice, ahead; None if none.

    Who works there is bound neither to the notice nor to how far ahead the terms say.
    """
    start, end = wanted
    if end - start < SHORTEST:
        return "order"
    if start < now - STEP or end <= now:
        return "past"
    if end - start > timedelta(minutes=terms.longest_minutes):
        return "long"
    if not staff and start < now + timedelta(hours=terms.notice_hours):
        return "notice"
    return "ahead" if start > now + ahead(terms, staff=staff) else None


def ahead(terms: Terms, *, staff: bool) -> timedelta:
    """How far ahead somebody may book."""
    return FURTHEST if staff else timedelta(days=terms.ahead_days)


def free(windows: Sequence[Stretch], busy: Iterable[Stretch], buffer: timedelta) -> list[Stretch]:
    """What is left of ``windows``: every stretch in it can be booked. ``busy`` ends with the time
    to clean up; the same time is needed before what comes next.
    """
    left = list(windows)
    for start, end in busy:
        left = [part for span in left for part in _without(span, (start - buffer, end))]
    return sorted(span for span in left if span[0] < span[1])


def _without(span: Stretch, gone: Stretch) -> list[Stretch]:
    if gone[1] <= span[0] or gone[0] >= span[1]:
        return [span]
    return [(span[0], gone[0]), (gone[1], span[1])]


def fits(wanted: Stretch, spans: Iterable[Stretch]) -> bool:
    """Whether a time lies within one of these stretches."""
    return any(start <= wanted[0] and wanted[1] <= end for start, end in spans)


def nearest(wanted: Stretch, spans: Iterable[Stretch], most: int = 3) -> list[Stretch]:
    """The times of the same length within ``spans`` that begin nearest to what was wanted."""
    length = wanted[1] - wanted[0]
    found: list[Stretch] = []
    for start, end in spans:
        at = _next_step(start)
        while at + length <= end:
            found.append((at, at + length))
            at += STEP
    found.sort(key=lambda one: (abs(one[0] - wanted[0]), one[0]))
    return sorted(found[:most])


def _next_step(moment: datetime) -> datetime:
    past = timedelta(minutes=moment.minute % 30, seconds=moment.second)
    past += timedelta(microseconds=moment.microsecond)
    return moment if not past else moment - past + STEP


def dates(first: date, every: str, until: date) -> list[date]:
    """The dates of a series, ``first`` among them; a month repeats its weekday: the second
    Saturday, and the last one where the first date is a fifth.
    """
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, until))
    if every == "month":
        place = (first.day - 1) // 7 + 1
        on = weekday(first.weekday(), -1 if place == 5 else place)
        found = rrule(MONTHLY, dtstart=begin, until=end, byweekday=on)
    else:
        found = rrule(WEEKLY, dtstart=begin, until=end, interval=2 if every == "fortnight" else 1)
    return [moment.date() for moment in found][: MOST_DATES + 1]

"""Pure decisions about opening hours: rows of {days, opens, closes}, days 1 to 7 from Monday."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saas.kernel.hours import Span, fault_of_spans, read_time


def faults_of_hours(hours: Sequence[Mapping[str, Any]]) -> list[str]:
    """Keys of what is wrong with opening hours: days, time, order, overlap."""
    faults: list[str] = []
    days: dict[int, list[Span]] = {}
    for row in hours:
        opens, closes = read_time(str(row.get("opens"))), read_time(str(row.get("closes")))
        if not row.get("days"):
            faults.append("days")
        elif opens is None or closes is None:
            faults.append("time")
        elif opens >= closes:
            faults.append("order")
        else:
            for day in row["days"]:
                days.setdefault(int(day), []).append(Span(opens, closes))
    return faults + (["overlap"] if any(map(fault_of_spans, days.values())) else [])


#: Opening and closing as they are written: 09:00, 17:30.
Shown = tuple[str, str]


def by_day(hours: Sequence[Mapping[str, Any]]) -> dict[int, list[Shown]]:
    """Day 1 to 7 to its spans in order; days without any are left out."""
    days: dict[int, list[Shown]] = {}
    for row in hours:
        for day in row["days"]:
            days.setdefault(int(day), []).append((row["opens"], row["closes"]))
    return {day: sorted(days[day]) for day in sorted(days)}


def week(hours: Sequence[Mapping[str, Any]]) -> list[tuple[list[int], list[Shown]]]:
    """Days with the same spans together, by their first day: (days, spans)."""
    groups: list[tuple[list[int], list[Shown]]] = []
    for day, spans in by_day(hours).items():
        like = next((days for days, same in groups if same == spans), None)
        if like is None:
            groups.append(([day], spans))
        else:
            like.append(day)
    return groups


def runs(days: Sequence[int]) -> list[tuple[int, int]]:
    """Days in order as (first, last) of each unbroken run."""
    found: list[tuple[int, int]] = []
    for day in days:
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


@dataclass(frozen=True, slots=True)
class Today:
    """A day as ``open`` (until ``time``), ``later`` (from ``time``), ``over`` or ``closed``."""

    state: str
    time: str = ""


def today(hours: Sequence[Mapping[str, Any]], local: datetime) -> Today:
    """How the day stands at the district's local time."""
    spans, now = by_day(hours).get(local.isoweekday(), []), local.strftime("%H:%M")
    for opens, closes in spans:
        if now < opens:
            return Today("later", opens)
        if now < closes:
            return Today("open", closes)
    return Today("over" if spans else "closed")

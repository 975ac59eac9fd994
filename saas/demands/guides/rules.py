"""Hours at a counter, from the district's working time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from saas.kernel.hours import Span

#: An hour at a counter is given no later than this before it begins.
LEAST_NOTICE: Final = timedelta(hours=1)

#: So many appointments that lie ahead somebody can have for one affair.
MOST_AHEAD: Final = 2
#: So many hours of one affair are given in a day to who has no account, at one address.
GUEST_HOURS: Final = 10
GUEST_WINDOW: Final = timedelta(days=1)
#: So long before it somebody is reminded, unless it was made later than that.
REMINDED_BEFORE: Final = timedelta(hours=24)


def is_to_remind(hour: datetime, acts: Iterable[tuple[str, datetime]], now: datetime) -> bool:
    """Whether who comes at ``hour`` is to be reminded now; ``acts``: what was done and when, in
    order. Once for each hour, and not where it was taken a moment ago.
    """
    if not now < hour <= now + REMINDED_BEFORE:
        return False
    verb, at = [act for act in acts if act[0] in {"file", "rebook", "remind"}][-1]
    return verb != "remind" and at < hour - REMINDED_BEFORE


def slots_of(spans: Iterable[Span], day: datetime, minutes: int, zone: str) -> list[datetime]:
    """The beginnings (aware) of the slots of ``minutes`` that fit into a day's working spans.

    ``day`` is any moment of that local day.
    """
    local, step, found = day.astimezone(ZoneInfo(zone)), timedelta(minutes=minutes), []
    for opens, closes in spans:
        begins = datetime.combine(local.date(), opens)
        while begins + step <= datetime.combine(local.date(), closes):
            found.append(begins.replace(tzinfo=ZoneInfo(zone)))
            begins += step
    return found

"""Hours at a counter, from the district's working time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from saas.kernel.hours import Span

#: An hour at a counter is given no later than this before it begins.
LEAST_NOTICE: Final = timedelta(hours=1)


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

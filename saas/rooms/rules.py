"""Pure decisions about rooms: status, opening hours, codes for copies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from itertools import pairwise
from typing import Any, Final

STATUSES: Final = ("planned", "open", "paused", "retired")
#: status → statuses it may change to. Retired rooms can be brought back as planned.
CHANGES: Final[Mapping[str, tuple[str, ...]]] = {
    "planned": ("open", "retired"),
    "open": ("paused", "retired"),
    "paused": ("open", "retired"),
    "retired": ("planned",),
}
NEEDS_REASON: Final = frozenset({"paused", "retired"})


def may_change(before: str, after: str) -> bool:
    """Whether a room's status may go from ``before`` to ``after``."""
    return after in CHANGES.get(before, ())


def read_time(text: str) -> time | None:
    """09:30 as a time; None for anything else."""
    try:
        return time.fromisoformat(text) if len(text) == 5 else None
    except ValueError:
        return None


def faults_of_hours(hours: Sequence[Mapping[str, Any]]) -> list[str]:
    """Keys of what is wrong with opening hours: days, time, order, overlap."""
    faults: list[str] = []
    spans: list[tuple[int, time, time]] = []
    for row in hours:
        opens, closes = read_time(str(row.get("opens"))), read_time(str(row.get("closes")))
        if not row.get("days"):
            faults.append("days")
        elif opens is None or closes is None:
            faults.append("time")
        elif opens >= closes:
            faults.append("order")
        else:
            spans += [(int(day), opens, closes) for day in row["days"]]
    return faults + (["overlap"] if _overlap(spans) else [])


def _overlap(spans: Sequence[tuple[int, time, time]]) -> bool:
    ordered = sorted(spans)
    return any(a[0] == b[0] and b[1] < a[2] for a, b in pairwise(ordered))


def open_at(hours: Sequence[Mapping[str, Any]], local: datetime) -> bool:
    """Whether a room with these hours is open at the district's local time."""
    now = local.time()
    for row in hours:
        opens, closes = read_time(row["opens"]), read_time(row["closes"])
        if local.isoweekday() in row["days"] and opens and closes and opens <= now < closes:
            return True
    return False


def free_code(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or with the first number that makes it free."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}_{number}" in taken:
        number += 1
    return f"{wanted}_{number}"

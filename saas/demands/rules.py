"""The one state table of demands, and the clock of their deadlines.

A cell says what a verb does in a state. What has no cell is refused, whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

STATES: Final = ("waiting", "accepted", "resolved", "ended", "withdrawn")
LIVING: Final = ("waiting", "accepted")
VERBS: Final = ("accept", "resolve", "pass_up", "return_down", "end", "withdraw")


@dataclass(frozen=True, slots=True)
class Cell:
    """What happens. ``step`` is +1 for a level up, -1 for one down; ``by`` is handler or filer.

    ``top``: True only at the highest level, False only below it, None anywhere.
    """

    after: str
    by: str = "handler"
    step: int = 0
    needs_reason: bool = False
    top: bool | None = None


TABLE: Final[Mapping[tuple[str, str], Cell]] = {
    ("waiting", "accept"): Cell("accepted"),
    ("waiting", "withdraw"): Cell("withdrawn", by="filer"),
    ("accepted", "resolve"): Cell("resolved", needs_reason=True),
    ("accepted", "pass_up"): Cell("waiting", step=+1, needs_reason=True, top=False),
    ("accepted", "return_down"): Cell("waiting", step=-1, needs_reason=True),
    ("accepted", "end"): Cell("ended", needs_reason=True, top=True),
    ("accepted", "withdraw"): Cell("withdrawn", by="filer"),
}


def cell(state: str, verb: str, *, position: int, levels: int) -> Cell | None:
    """The cell for ``verb`` in ``state`` at the ``position``-th (from 0) of ``levels``, if any."""
    found = TABLE.get((state, verb))
    if found is None or not 0 <= position + found.step < levels:
        return None
    at_top = position == levels - 1
    return None if found.top is not None and found.top != at_top else found


def open_verbs(state: str, *, by: str, position: int, levels: int) -> list[str]:
    """The verbs that ``by`` (handler or filer) may use now, in the table's order."""
    return [
        verb
        for verb in VERBS
        if (c := cell(state, verb, position=position, levels=levels)) and c.by == by
    ]


#: A person files no more than this in the window; a tired finger or a script, not a need.
FILE_LIMIT: Final = 20
FILE_WINDOW: Final = timedelta(hours=1)

WORKDAY_BEGINS: Final = time(9)
WORKDAY_HOURS: Final = 8
_WEEKEND: Final = frozenset({6, 7})


def add_working_hours(start: datetime, hours: int, zone: str) -> datetime:
    """``start`` plus ``hours`` of working time: eight a day from 9:00, Monday to Friday."""
    moment, left = _into_work(start.astimezone(ZoneInfo(zone))), timedelta(hours=hours)
    while left > (rest := _closing(moment) - moment):
        left -= rest
        moment = _into_work(_opening(moment + timedelta(days=1)))
    return moment + left


def _opening(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), WORKDAY_BEGINS, moment.tzinfo)


def _closing(moment: datetime) -> datetime:
    return _opening(moment) + timedelta(hours=WORKDAY_HOURS)


def _into_work(moment: datetime) -> datetime:
    """The moment itself in working time, else the next opening."""
    if moment < _opening(moment):
        moment = _opening(moment)
    elif moment >= _closing(moment):
        moment = _opening(moment + timedelta(days=1))
    while moment.isoweekday() in _WEEKEND:
        moment = _opening(moment + timedelta(days=1))
    return moment


def light(state: str, due_at: datetime | None, entered_at: datetime, now: datetime) -> str:
    """good, warn (three quarters of the time are gone) or late; done and withdrawn as such."""
    if state not in LIVING:
        return "ended" if state == "withdrawn" else "done"
    if due_at is None:
        return "good"
    if now >= due_at:
        return "late"
    return "warn" if (now - entered_at) * 4 >= (due_at - entered_at) * 3 else "good"

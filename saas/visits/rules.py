"""What may be done with a visit, and how many are too many: decided from values alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from saas.casework import Cell, everywhere

STATES: Final = ("asked", "checked", "confirmed", "held", "followed", "declined", "cancelled")
#: Who comes; measures count by it.
LEVELS: Final = ("leaders", "meeting", "peers", "others")
KINDS: Final = ("planned", "chosen")
PLEDGES: Final = ("yes", "part", "no")
TERMS: Final = ("weekly", "escorts", "table")
#: Not without the number of an official letter.
LETTERED: Final = ("confirmed", "held", "followed")
#: Before the day: it can still be changed, declined and cancelled.
COMING: Final = ("asked", "checked", "confirmed")
#: It takes a place in its week, rooms and guides.
TAKEN: Final = ("checked", "confirmed", "held", "followed")
#: The itinerary can be laid.
LAID: Final = ("checked", "confirmed")
#: So long names of guests and of who asked are kept after the day. No rule asks for longer.
KEPT: Final = timedelta(days=90)
#: Who sends from the page of the day is counted for so long.
DAY_WINDOW: Final = timedelta(hours=1)
FURTHEST: Final = timedelta(days=366)
MOST_STOPS: Final = 12

TABLE: Final[Mapping[tuple[str, str], Cell]] = {
    ("asked", "check"): Cell("checked", by="office", asks=("letter_no",)),
    ("checked", "confirm"): Cell(
        "confirmed", by="office", unless=("over", "no_stops", "no_guide", "no_choice", "to_approve")
    ),
    ("confirmed", "hold"): Cell("held", by="guide", unless=("early", "open_stop")),
    ("held", "follow"): Cell("followed", by="office", unless=("no_guests",)),
    ("asked", "change"): Cell("asked", by="guest"),
    ("asked", "decline"): Cell("declined", by="office", asks=("reason",)),
    ("checked", "decline"): Cell("declined", by="office", asks=("reason",)),
    **{(state, "cancel"): Cell("cancelled", by="guest", unless=("begun",)) for state in COMING},
    ("confirmed", "call_off"): Cell("cancelled", by="office", asks=("reason",)),
    **everywhere("pledge", ("held", "followed"), by="either", asks=("pledge",)),
    **everywhere("note", STATES, by="office", asks=("reason",)),
}


@dataclass(frozen=True, slots=True)
class Laid:
    """A stop as far as the table asks: has it a guide, is it open, is its room to be approved?"""

    kind: str
    guided: bool
    is_open: bool
    to_approve: bool = False


def bars(
    now: datetime, start: datetime, end: datetime, stops: Sequence[Laid], guests: int, *, day: bool
) -> frozenset[str]:
    """What stands in the way of acts now, by the words of the table; ``day``: it has come."""
    found = {
        "over": now >= end,
        "early": not day and now < start,
        "begun": now >= start,
        "no_stops": not stops,
        "no_guide": any(not one.guided for one in stops),
        "no_choice": all(one.kind != "chosen" for one in stops),
        "to_approve": any(one.to_approve for one in stops),
        "open_stop": any(one.is_open for one in stops),
        "no_guests": not guests,
    }
    return frozenset(bar for bar, stands in found.items() if stands)


def most_escorts(guests: int, each: int) -> int:
    """How many of the house may sit with so many guests: ``each`` for the first ten, beyond that
    one for ``each`` of them.
    """
    return max(each, guests // each)

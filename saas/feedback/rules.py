"""What can be answered, and for how long; what becomes of a picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

#: From best to worst; words stand beside each face.
GRADES: Final = ("good", "fair", "poor")
#: So long after the end somebody is asked.
ASKED_FOR: Final = timedelta(days=14)
#: A ticket is good for so long: who was called away comes back to it.
TICKET: Final = timedelta(hours=24)
#: From so many answers on they are shown: of two or three everybody knows who it was.
LEAST: Final = 5

#: States of a picture; what is removed is gone from the disk too.
SHOWN: Final = ("shown", "hidden", "removed")
IN_USE: Final = ("shown", "hidden")
OUTCOMES: Final = ("put_back", "removed")
#: State and what is done with it → state.
PICTURE: Final[Mapping[tuple[str, str], str]] = {
    ("shown", "object"): "hidden",
    ("hidden", "object"): "hidden",
    ("hidden", "put_back"): "shown",
    ("hidden", "removed"): "removed",
    ("shown", "removed"): "removed",
}
#: So many pictures of a session at most.
MOST_PICTURES: Final = 30
#: So long after an objection it is decided.
DECIDED_IN: Final = timedelta(days=3)


def is_asked(state: str, end: datetime, now: datetime) -> bool:
    """Whether those who came are asked how it was."""
    return state in ("running", "held", "closed") and now < end + ASKED_FOR


def share(count: int, total: int) -> int:
    """Of a hundred."""
    return round(100 * count / total) if total else 0

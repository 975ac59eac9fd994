"""What can be written down of who came, when, and whose code is good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

KINDS: Final = ("person", "listed", "tally")
BANDS: Final = ("child", "adult", "elder", "other")
#: How somebody came to be marked: by the code of the minute in the room, by the slip that was
#: shown, found by name, counted, taken over from paper.
HOWS: Final = ("scanned", "shown", "found", "tally", "paper")
#: Who counts takes back what was pressed by mistake without a word for so long.
UNDO: Final = timedelta(minutes=5)
#: In these people are still counted; when it is closed only corrections come, with a cause.
OPEN: Final = ("running", "held")
DIGITS: Final = 6
#: Letters or digits by which somebody is looked for: there is no list to leaf through.
LEAST: Final = 2


def minutes_back(now: datetime) -> list[datetime]:
    """Whose code is good: of this minute and of the two before; who types is slow, and a picture of
    the code that is sent home is soon of no use.
    """
    return [now - timedelta(minutes=n) for n in range(3)]


def barred(state: str, cause: str) -> str | None:
    """Why nothing is written down at a session in this state: early, gone, closed (without a
    cause); None if it is.
    """
    if state in OPEN:
        return None
    if state == "closed":
        return None if cause.strip() else "closed"
    return "gone" if state == "cancelled" else "early"


def is_found(needle: str, name: str, phone: str) -> bool:
    """Whether somebody is meant by two or more signs of the name, or four of the number's end."""
    text = "".join(needle.split()).casefold()
    if len(text) < LEAST:
        return False
    ends = text.isdigit() and len(text) >= 4 and phone.endswith(text)
    return ends or text in "".join(name.split()).casefold()

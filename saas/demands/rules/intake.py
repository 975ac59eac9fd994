"""What is decided while something comes in: likeness, codes as typed, hours at a counter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

#: Letters and digits of a demand's code.
CODE_LENGTH: Final = 16
#: From here on two demands may be about the same, and from there on it is asked before sending.
MAY_BE_SAME: Final = 0.3
LIKELY_SAME: Final = 0.5
#: Looks by tracking code from one address, and wrong codes among them, in a window.
TRACK_LIMIT: Final = 60
TRACK_WRONG_LIMIT: Final = 10
TRACK_WINDOW: Final = timedelta(minutes=15)
#: An hour at a counter is given no later than this before it begins.
LEAST_NOTICE: Final = timedelta(hours=1)

_HALF_LIFE: Final = timedelta(days=14)
#: The alphabet of codes has no 0, 1, 8 or 9: what people read as one of them is one of these.
_MISREAD: Final = {"0": "o", "1": "li", "8": "b", "9": "g"}
_MOST_READINGS: Final = 64


def sameness(alike: float, *, same_place: bool, age: timedelta) -> float:
    """How likely a living demand of the same category is the same matter, 0 to 1.

    The words count most, then whether it is at the very same place, then how new it is.
    """
    fresh: float = 0.5 ** max(age / _HALF_LIFE, 0.0)
    return 0.6 * alike + 0.25 * same_place + 0.15 * fresh


def code_readings(text: str, length: int) -> list[str]:
    """The codes that ``text`` can mean as somebody typed it off a slip; none if it is no code.

    Spaces, dashes, capitals and full-width characters do not matter, and a digit that codes do not
    have stands for the letter that looks like it.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(c for c in plain if c.isalnum())
    if len(plain) != length or not plain.isascii():
        return []
    choices = [_MISREAD.get(c, c) for c in plain]
    readings = 1
    for choice in choices:
        readings *= len(choice)
    if readings > _MOST_READINGS:
        return []
    return ["".join(letters) for letters in product(*choices)]


def grouped(code: str) -> str:
    """A code in groups of four, as it stands on a slip."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4)).upper()


def slots_of(
    spans: Iterable[tuple[time, time]], day: datetime, minutes: int, zone: str
) -> list[datetime]:
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

"""What is decided while something comes in: limits, likeness, codes as typed."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from itertools import product
from typing import Final

#: A person files no more than this in the window; a tired finger or a script, not a need.
FILE_LIMIT: Final = 20
FILE_WINDOW: Final = timedelta(hours=1)

_NOISE: Final = re.compile(r"[\W_]+")


def alike(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: pairs of neighbouring characters that both have.

    Pairs need no dictionary, so they serve Chinese and English, and a swapped clause counts little.
    """
    a, b = pairs(one), pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring letters and digits of a text, in small letters."""
    plain = _NOISE.sub("", text.lower())
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


#: Letters and digits of a demand's code.
CODE_LENGTH: Final = 16
#: From here on two demands may be about the same, and from there on it is asked before sending.
MAY_BE_SAME: Final = 0.3
LIKELY_SAME: Final = 0.5
#: Looks by tracking code from one address, and wrong codes among them, in a window.
TRACK_LIMIT: Final = 60
TRACK_WRONG_LIMIT: Final = 10
TRACK_WINDOW: Final = timedelta(minutes=15)

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

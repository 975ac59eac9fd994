"""What is checked and hinted at while somebody files: limits and likeness."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

#: A person files no more than this in the window; a tired finger or a script, not a need.
FILE_LIMIT: Final = 20
FILE_WINDOW: Final = timedelta(hours=1)
#: Where a photo belongs: to what was reported, to what was done about it, to a note of staff.
BEFORE: Final = "before"
AFTER: Final = "after"
NOTED: Final = "note"

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

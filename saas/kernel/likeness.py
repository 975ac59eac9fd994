"""How alike two texts are, without a dictionary: by the pairs of signs that stand side by side."""

from __future__ import annotations

import re
from typing import Final

_NOISE: Final = re.compile(r"[\W_]+")
#: Fewer pairs in common than these are chance.
_LEAST_IN_COMMON: Final = 2


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


def likeness(asked: set[str], question: str) -> float:
    """How much of a question stands in what is asked, or the other way round; 0 to 1.

    ``asked`` are the `pairs` of what somebody typed. A resident writes ten sentences where a
    question has one, or types two words of it: the shorter of both is the measure.
    """
    known = pairs(question)
    common = len(asked & known)
    if common < min(_LEAST_IN_COMMON, len(asked)) or not common:
        return 0.0
    return common / min(len(asked), len(known))

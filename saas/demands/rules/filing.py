"""What is checked and hinted at while somebody files: limits, likeness, personal data."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

#: A person files no more than this in the window; a tired finger or a script, not a need.
FILE_LIMIT: Final = 20
FILE_WINDOW: Final = timedelta(hours=1)

_NOISE: Final = re.compile(r"[\W_]+")
#: Numbers and addresses by which a person can be found, longest first: identity, bank card, phone.
_PERSONAL: Final = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\d)\d{17}[\dXx](?!\d)"
    r"|(?<!\d)\d{13,19}(?!\d)"
    r"|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"
    r"|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"
    r"|[\u4e00-\u9fff][A-Z][ ·]?(?=[A-Z0-9]*\d)[A-Z0-9]{5,6}(?![A-Z0-9])"
)
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９＠－", "0123456789@-")


def without_personal_data(text: str) -> str:
    """``text`` with the numbers and addresses by which a person can be found blotted out.

    Names cannot be told from other words; who publishes a text reads it first.
    """
    return _PERSONAL.sub("▇▇▇", text.translate(_FULL_WIDTH))


def alike(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: pairs of neighbouring characters that both have.

    Pairs need no dictionary, so they serve Chinese and English, and a swapped clause counts little.
    """
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _pairs(text: str) -> set[str]:
    plain = _NOISE.sub("", text.lower())
    return {plain[i : i + 2] for i in range(len(plain) - 1)}

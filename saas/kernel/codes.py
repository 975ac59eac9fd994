"""Codes of `crypto.new_token` as people write them on paper and read them off it."""

from __future__ import annotations

import unicodedata
from itertools import product
from typing import Final

#: The alphabet of codes has no 0, 1, 8 or 9: what people read as one of them is one of these.
_MISREAD: Final = {"0": "o", "1": "li", "8": "b", "9": "g"}
_MOST_READINGS: Final = 64


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

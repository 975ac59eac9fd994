"""Codes of `crypto.new_token` as people write them on paper and read them off it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Final

from stdnum import damm

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


#: So many things of one day can be told apart by a number that is said.
PER_DAY: Final = 10_000


def day_number(day: date, key: int) -> str:
    """A number that can be said on the telephone, as 1128-0042-7: month and day, the last four
    digits of the thing's key, and a check digit over both and the year (Damm's, which finds every
    wrong digit and every two that changed places).
    """
    short = f"{key % PER_DAY:04d}"
    return f"{day:%m%d}-{short}-{damm.calc_check_digit(f'{day:%Y%m%d}{short}')}"


def day_numbers(text: str, years: Iterable[int]) -> list[tuple[date, int]]:
    """The days and last four digits that ``text`` can mean as somebody says or types it, out of
    these years; none if it is no such number.
    """
    digits = plain_digits(text)
    if not re.fullmatch(r"[0-9]{9}", digits):
        return []
    return [
        (day, int(digits[4:8]))
        for year in years
        if (day := _day(year, digits[:4])) and day_number(day, int(digits[4:8]))[-1] == digits[8]
    ]


def plain_digits(text: str) -> str:
    """``text`` without blanks and dashes, its digits half-width."""
    return re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", text))


def _day(year: int, month_and_day: str) -> date | None:
    try:
        return date(year, int(month_and_day[:2]), int(month_and_day[2:]))
    except ValueError:
        return None

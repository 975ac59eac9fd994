"""Amounts: read, written in capitals, taken from lots, and how long they lie. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

MOST: Final = Decimal("999999999.99")
_WRITTEN: Final = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
_DIGITS: Final = "\u96f6\u58f9\u8d30\u53c1\u8086\u4f0d\u9646\u67d2\u634c\u7396"
_PLACES: Final = ("", "\u62fe", "\u4f70", "\u4edf")
_GROUPS: Final = ("", "\u4e07", "\u4ebf")
_YUAN, _JIAO, _FEN, _WHOLE = "\u5143", "\u89d2", "\u5206", "\u6574"


def yuan(text: str) -> Decimal | None:
    """An amount above nothing, in yuan and fen, as somebody wrote it; None for what is none.

    Nothing is rounded: half a fen is no amount. Commas of thousands and blanks do not matter.
    """
    plain = re.sub(r"[,\s\uff0c\u00a5\uffe5]", "", text)
    found = Decimal(plain).quantize(Decimal("0.01")) if _WRITTEN.fullmatch(plain) else None
    return found if found else None


def capitals(amount: Decimal) -> str:
    """An amount below a hundred billion as slips have it, in Chinese capitals."""
    fen = int(amount * 100)
    whole, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    said = _whole(whole) + _YUAN if whole else ""
    if not jiao and not rest:
        return (said or _DIGITS[0] + _YUAN) + _WHOLE
    said += _DIGITS[jiao] + _JIAO if jiao else _DIGITS[0] if said else ""
    return said + (_DIGITS[rest] + _FEN if rest else _WHOLE)


def _whole(number: int) -> str:
    said = ""
    for place in (2, 1, 0):
        group = number // 10 ** (4 * place) % 10_000
        if group:
            gap = bool(said) and (group < 1000 or _ends_in_nothing(number, place))
            said += (_DIGITS[0] if gap else "") + _group(group) + _GROUPS[place]
    return said


def _ends_in_nothing(number: int, place: int) -> bool:
    """Whether the group of four above ``place`` is empty: then a zero is said between."""
    return bool(number // 10 ** (4 * place + 4) % 10_000 == 0)


def _group(number: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += (_DIGITS[0] if gap and said else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return said


@dataclass(frozen=True, slots=True)
class Lot:
    """Something that can be used up: its id, what is left of it, and its place in the order."""

    id: int
    left: Decimal
    rank: int = 0
    on: date = date.min


def consume(lots: Iterable[Lot], amount: Decimal) -> list[tuple[Lot, Decimal]] | None:
    """Which lots pay how much of ``amount``: by rank, inside it the oldest first, to the fen.

    None where they do not cover it: then nothing is taken at all.
    """
    taken, missing = [], amount
    for lot in sorted(lots, key=lambda one: (one.rank, one.on, one.id)):
        part = min(lot.left, missing)
        if part > 0:
            taken.append((lot, part))
            missing -= part
    return None if missing else taken

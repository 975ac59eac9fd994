"""Text in pictures: SVG does not break lines, so they are broken here."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass


def width_of(text: str) -> float:
    """How wide a text is, in widths of one Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def _pieces(text: str) -> list[str]:
    """Where a line may break: between Chinese characters and after spaces, never before a stop."""
    pieces: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        closing = char in " ·，。、；：！？）》”’…"
        if pieces and (closing or (not wide and pieces[-1] and not _ends(pieces[-1]))):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _ends(piece: str) -> bool:
    return piece[-1] in " -/·" or unicodedata.east_asian_width(piece[-1]) in "WF"


def balanced(text: str, limit: float, lines: int = 3) -> tuple[str, ...]:
    """Like `wrap`, with lines of about the same length, so that no single character is left."""
    rows = max(1, math.ceil(width_of(text) / limit))
    even = wrap(text, max(width_of(text) / rows + 0.6, limit / 2), lines)
    return even if len(even) <= rows else wrap(text, limit, lines)


def wrap(text: str, limit: float, lines: int = 3) -> tuple[str, ...]:
    """``text`` in lines of ``limit`` characters; what does not fit ends with an ellipsis."""
    done, current = [], ""
    for piece in _pieces(" ".join(text.split())):
        if current and width_of((current + piece).rstrip()) > limit:
            done.append(current.rstrip())
            current = ""
        current += piece
    done = [line for line in [*done, current.rstrip()] if line]
    if len(done) <= lines:
        return tuple(done)
    return (*done[: lines - 1], done[lines - 1][: max(1, len(done[lines - 1]) - 1)] + "…")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text at its place."""

    x: float
    y: float
    text: str
    style: str = ""

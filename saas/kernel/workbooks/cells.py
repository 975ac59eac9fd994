"""Cells as people fill them in: read as text or as a date, whatever stands there.

Cells come as the reader gives them: text, numbers, dates, booleans. Nothing in them is ever run.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from saas.kernel.unseen import seen, unspaced
from saas.kernel.written import day_written

#: Days counted by spreadsheets from the end of 1899; before 1982 and after 2119 it is no date.
_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(30_000, 80_000)
#: Full-width digits and letters; Chinese punctuation is meant where it stands.
_WIDE: Final = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}
#: How the file format writes a sign that XML has not; its own beginning is escaped so too.
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")

Cell = str | float | int | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong where: sheet, row (1 is the first), heading of the column, and what stands
    there. ``key`` says what it is; ``other`` is another row that it has to do with; ``cell`` is the
    column counted from 0, where one cell alone is meant.
    """

    sheet: str
    row: int
    column: str
    key: str
    found: str = ""
    other: int | None = None
    cell: int | None = None


def plain(text: str) -> str:
    """A word as it is compared: full-width as half-width, small, without any space."""
    return unspaced(text).casefold()


def cell_text(cell: Cell) -> str:
    """What stands in a cell as text: a whole number without its point, a date as 2026-11-22."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return seen(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(cell))).strip()


def cell_date(cell: Cell) -> date | None:
    """A date, however it stands there: as one, as a number of days, as text; else None."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = unicodedata.normalize("NFKC", cell_text(cell))
    if text.isascii() and text.isdigit() and int(text) in _SERIALS:
        return _EPOCH + timedelta(days=int(text))
    if isinstance(cell, float) and math.isfinite(cell) and int(cell) in _SERIALS:
        return _EPOCH + timedelta(days=int(cell))
    return day_written(text)


def tidy(text: str) -> str:
    """One line as it is kept: full-width letters and digits as half-width, one space for many."""
    return " ".join(seen(text).translate(_WIDE).split())


def column_letters(number: int) -> str:
    """A, B, … Z, AA: how spreadsheets call the column with this number from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

"""Reading rows of a workbook as people fill it in: pure, cell by cell, every fault with its place.

Cells come as the reader gives them: text, numbers, dates, booleans. Nothing in them is ever run.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from saas.kernel.workbooks import Cell, CellFault, cell_date, cell_text, plain

#: More rows than this are refused: an import that cannot be looked over helps nobody.
MOST_ROWS: Final = 5000
#: A heading stands in one of the first rows; above it there may be a title.
HEADING_WITHIN: Final = 10
_NEEDED: Final = ("category", "unit", "words")
_LONGEST: Final = {"reference": 60, "words": 2000, "spot": 100, "name": 60, "phone": 30}


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """A row that can become a demand; ``category`` and ``unit`` are codes."""

    sheet: str
    row: int
    category: str
    unit: str
    words: str
    reference: str = ""
    spot: str = ""
    received_on: date | None = None
    name: str = ""
    phone: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a workbook may speak of: every way of writing it, made plain by `plain`, to its code.

    ``flags`` maps words for yes and no; ``headings`` headings to the names of fields.
    """

    headings: Mapping[str, str]
    categories: Mapping[str, str]
    units: Mapping[str, str]
    flags: Mapping[str, bool]
    today: date


def heading_of(grid: Sequence[Sequence[Cell]], headings: Mapping[str, str]) -> int | None:
    """The row that names the columns, counted from 0: the first that has all that are needed."""
    for number, cells in enumerate(grid[:HEADING_WITHIN]):
        names = {headings.get(plain(cell_text(cell))) for cell in cells}
        if names.issuperset(_NEEDED):
            return number
    return None


def read_sheet(
    sheet: str, grid: Sequence[Sequence[Cell]], known: Known
) -> tuple[list[WorkbookRow], list[CellFault]]:
    """The rows of a sheet and every fault in them; a row with a fault is not among the rows.

    Empty rows are passed over. Two columns of one name are a fault of the heading.
    """
    top = heading_of(grid, known.headings)
    if top is None:
        return [], [CellFault(sheet, 1, "", "no_heading")]
    names = [known.headings.get(plain(cell_text(cell))) for cell in grid[top]]
    given = [name for name in names if name]
    if len(set(given)) < len(given):
        return [], [CellFault(sheet, top + 1, "", "heading_twice")]
    titles = {n: cell_text(cell) for n, cell in zip(names, grid[top], strict=True) if n}
    rows: list[WorkbookRow] = []
    faults: list[CellFault] = []
    for number, cells in enumerate(grid[top + 1 :], top + 2):
        values = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if not any(cell_text(cell) for cell in values.values()):
            continue
        found = _Row(sheet, number, values, titles, known)
        rows += [found.read()] if not found.faults() else []
        faults += found.faults()
    return rows, faults


class _Row:
    """One row: each field read once, and what is wrong with it."""

    def __init__(
        self,
        sheet: str,
        number: int,
        values: Mapping[str, Cell],
        titles: Mapping[str, str],
        known: Known,
    ) -> None:
        self._sheet, self._number, self._titles, self._known = sheet, number, titles, known
        self._values = values
        self._text = {name: cell_text(cell) for name, cell in values.items()}
        self._wrong: dict[str, str] = {}
        self._codes = {
            "category": self._named("category", known.categories),
            "unit": self._named("unit", known.units),
        }
        self._check()

    def _named(self, name: str, known: Mapping[str, str]) -> str:
        text = self._text.get(name, "")
        code = known.get(plain(text), "")
        if not code:
            self._wrong[name] = f"no_such_{name}" if text else "empty"
        return code

    def _check(self) -> None:
        if not self._text.get("words"):
            self._wrong["words"] = "empty"
        for name, most in _LONGEST.items():
            if len(self._text.get(name, "")) > most:
                self._wrong[name] = "too_long"
        self._received = cell_date(self._values.get("received_on"))
        if self._text.get("received_on"):
            if self._received is None:
                self._wrong["received_on"] = "no_date"
            elif self._received > self._known.today:
                self._wrong["received_on"] = "in_the_future"
        flag = plain(self._text.get("anonymous", ""))
        if flag and flag not in self._known.flags:
            self._wrong["anonymous"] = "no_flag"
        self._anonymous = self._known.flags.get(flag, False)

    def faults(self) -> list[CellFault]:
        """One for each field that cannot be used."""
        return [
            CellFault(
                self._sheet, self._number, self._titles.get(name, ""), key, self._text.get(name, "")
            )
            for name, key in self._wrong.items()
        ]

    def read(self) -> WorkbookRow:
        """The row as it will be filed."""
        half = {
            n: unicodedata.normalize("NFKC", self._text.get(n, "")) for n in ("reference", "phone")
        }
        return WorkbookRow(
            sheet=self._sheet,
            row=self._number,
            **self._codes,
            words=self._text["words"],
            reference=half["reference"],
            spot=self._text.get("spot", ""),
            received_on=self._received,
            name=self._text.get("name", ""),
            phone=half["phone"],
            anonymous=self._anonymous,
        )


def identity_of(row: WorkbookRow) -> tuple[str, ...]:
    """By what a row is known again: its number at its place, or else all that makes it up."""
    if row.reference:
        return "reference", plain(row.reference), row.unit
    return "whole", row.category, row.unit, plain(row.words), plain(row.spot), row.phone


def repeats(rows: Sequence[WorkbookRow]) -> list[CellFault]:
    """Rows that say the same as one before them."""
    first: dict[tuple[str, ...], WorkbookRow] = {}
    faults = []
    for row in rows:
        before = first.setdefault(identity_of(row), row)
        if before is not row:
            faults.append(CellFault(row.sheet, row.row, "", "repeated", row.reference, before.row))
    return faults

"""The sheets of a workbook as rows of named texts; what stands where is kept for every fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from saas.kernel.workbooks import Cell, CellFault, cell_text, plain, tidy
from saas.sheets import Sheet

#: Section → the columns without which a sheet is not one of it.
NEEDED: Final = {
    "units": frozenset({"kind", "name"}),
    "people": frozenset({"person", "unit", "role"}),
    "rooms": frozenset({"street", "room"}),
    "deadlines": frozenset({"level", "accept", "resolve"}),
}
#: More filled-in rows than this are refused.
MOST_ROWS: Final = 5000
_HEADING_WITHIN: Final = 10
#: Section → heading as it is compared → name of the column.
Headings = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a sheet has its section: the row of the headings and each column's place, from 0."""

    sheet: str
    section: str
    top: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A filled-in row: the tidy text of each column that has one."""

    found: Found
    row: int
    texts: Mapping[str, str]
    raw: Mapping[str, Cell]

    def get(self, name: str) -> str:
        """What stands in a column, or nothing."""
        return self.texts.get(name, "")

    def fault(self, name: str, key: str, other: Said | None = None) -> CellFault:
        """What is wrong with a column of this row; ``other`` is the row that it clashes with."""
        place = self.found
        return CellFault(
            place.sheet,
            self.row,
            place.headings.get(name, ""),
            key,
            self.get(name),
            other.row if other else None,
            place.columns.get(name, min(place.columns.values(), default=0)),
        )


@dataclass(slots=True)
class Draft:
    """A workbook that was read: rows by section, what could not be read, and how many cells were
    written a little differently from what will be kept.
    """

    rows: dict[str, list[Said]] = field(default_factory=lambda: {name: [] for name in NEEDED})
    found: list[Found] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    tidied: int = 0

    @property
    def total(self) -> int:
        """Filled-in rows in all."""
        return sum(len(rows) for rows in self.rows.values())


def read_sheets(sheets: Sequence[Sheet], headings: Headings) -> Draft:
    """Every sheet that has the headings of a section; the others are not meant."""
    draft = Draft()
    for sheet in sheets:
        place = _place(sheet, headings)
        if place is None:
            continue
        draft.found.append(place)
        draft.faults += [fault for fault in sheet.merged if fault.row > place.top + 1]
        twice = _headings_twice(sheet, place, headings)
        if twice is not None:
            draft.faults.append(twice)
            continue
        for said in _rows(sheet, place):
            draft.rows[place.section].append(said)
            draft.tidied += sum(_is_tidied(cell) for cell in said.raw.values())
    return draft


def _place(sheet: Sheet, headings: Headings) -> Found | None:
    for number, cells in enumerate(sheet.grid[:_HEADING_WITHIN]):
        for section, needed in NEEDED.items():
            known = headings[section]
            columns = dict(_columns(cells, known))
            if columns.keys() >= needed:
                said = {name: tidy(cell_text(cells[at])) for name, at in columns.items()}
                return Found(sheet.name, section, number, columns, said)
    return None


def _columns(cells: Iterable[Cell], known: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Names and places; of two headings of one name the first counts."""
    named = [(known.get(plain(cell_text(cell))), at) for at, cell in enumerate(cells)]
    yield from ((name, at) for name, at in reversed(named) if name)


def _headings_twice(sheet: Sheet, place: Found, headings: Headings) -> CellFault | None:
    known, seen = headings[place.section], set[str]()
    for at, cell in enumerate(sheet.grid[place.top]):
        name = known.get(plain(cell_text(cell)))
        if name in seen:
            said = tidy(cell_text(cell))
            return CellFault(sheet.name, place.top + 1, said, "heading_twice", said, None, at)
        seen |= {name} if name else set()
    return None


def _rows(sheet: Sheet, place: Found) -> Iterator[Said]:
    for number, cells in enumerate(sheet.grid[place.top + 1 :], place.top + 2):
        raw = {name: cells[at] for name, at in place.columns.items() if at < len(cells)}
        texts = {name: text for name, cell in raw.items() if (text := tidy(cell_text(cell)))}
        if texts:
            yield Said(place, number, texts, raw)


def _is_tidied(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(cell.strip()) and tidy(cell_text(cell)) != cell

"""The sheets of a workbook as rows of named texts; what stands where is kept for every fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Final

from saas.kernel import i18n
from saas.kernel.crypto import masked_phone
from saas.kernel.errors import Invalid
from saas.kernel.i18n import LOCALES
from saas.kernel.workbooks import Cell, CellFault, cell_text, plain, tidy
from saas.sheets.columns import Given, Table, Text, Wrong
from saas.sheets.reading import Sheet, Unreadable, read_workbook

#: More filled-in rows than this are refused: what cannot be looked over helps nobody.
MOST_FILLED: Final = 5000
#: The headings stand in one of the first rows; above them there may be a title.
_HEADING_WITHIN: Final = 10


#: A table, and headings as they are compared → name of the column.
Headed = tuple[Table, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sheet has its table: the row of the headings and each column's place, from 0."""

    sheet: str
    table: Table
    top: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A filled-in row: the clean text of each column that has one, ``tidied`` of which stood there
    a little differently.
    """

    place: Place
    row: int
    texts: Mapping[str, str]
    raw: Mapping[str, Cell]
    tidied: int = 0

    def get(self, name: str) -> str:
        """What stands in a column, or nothing."""
        return self.texts.get(name, "")

    def fault(self, name: str, key: str, other: Row | None = None) -> CellFault:
        """What is wrong with a column of this row, or with all of it if ``name`` is empty;
        ``other`` is the row that it clashes with.
        """
        place, text = self.place, self.get(name)
        if text and place.table.column(name).personal:
            text = masked_phone(text)
        first = min(place.columns.values(), default=0)
        return CellFault(
            place.sheet,
            self.row,
            place.headings.get(name, ""),
            key,
            text,
            other.row if other else None,
            place.columns.get(name, first),
        )

    def values(self, given: Given) -> tuple[dict[str, Any], list[CellFault]]:
        """What its cells mean, by column, and what cannot be used; an empty cell means nothing."""
        values: dict[str, Any] = {}
        faults = []
        for column in self.place.table.columns:
            name, text = column.key, self.get(column.key)
            try:
                if text:
                    values[name] = column.read(self.raw[name], text, given)
                elif column.needed:
                    raise Wrong("empty")
            except Wrong as wrong:
                faults.append(self.fault(name, wrong.key))
        return values, faults


@dataclass(slots=True)
class Draft:
    """A workbook that was read: rows by table, what could not be read, and how many cells were
    written a little differently from what will be kept.
    """

    rows: dict[str, list[Row]]
    places: list[Place] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    tidied: int = 0

    @property
    def total(self) -> int:
        """Filled-in rows in all."""
        return sum(len(rows) for rows in self.rows.values())


def receive(
    stream: IO[bytes], tables: Sequence[Table], sentences: Mapping[str, Text], *,
    plainly: bool = False,
) -> tuple[list[Sheet], Draft]:  # fmt: skip
    """What somebody sent, read; ``plainly``: a file of texts between commas will do as well. Raises
    `Invalid` at ``file``, with one of the ``sentences``, for what cannot be read, is not meant
    (no_heading), is empty (no_rows) or too long (rows).
    """
    try:
        sheets = read_workbook(stream, plainly=plainly)
    except Unreadable as error:
        raise Invalid({"file": [sentences[error.key]]}) from None
    draft = read_sheets(sheets, headed(tables))
    if not draft.places:
        raise Invalid({"file": [sentences["no_heading"]]})
    if draft.total > MOST_FILLED:
        raise Invalid({"file": [sentences["rows"]]})
    if not draft.total and not draft.faults:
        raise Invalid({"file": [sentences["no_rows"]]})
    return sheets, draft


def read_sheets(sheets: Iterable[Sheet], tables: Sequence[Headed]) -> Draft:
    """Every sheet that has the headings of a table; the others are not meant."""
    draft = Draft({table.key: [] for table, _ in tables})
    for sheet in sheets:
        found = next(_places(sheet, tables), None)
        if found is None:
            continue
        place, twice = found
        draft.places.append(place)
        draft.faults += [fault for fault in sheet.merged if fault.row > place.top + 1]
        if twice is not None:
            draft.faults.append(twice)
            continue
        for row in _rows(sheet, place):
            draft.rows[place.table.key].append(row)
            draft.tidied += row.tidied
    return draft


def headed(tables: Iterable[Table]) -> list[Headed]:
    """Tables with their headings in every language that the product speaks."""
    found: list[tuple[Table, dict[str, str]]] = [(table, {}) for table in tables]
    for locale in LOCALES:
        with i18n.speaking(locale):
            for table, known in found:
                known |= {plain(str(word)): column.key for column in table.columns
                          for word in (column.heading, *column.also)}  # fmt: skip
    return [*found]


def _places(sheet: Sheet, tables: Sequence[Headed]) -> Iterator[tuple[Place, CellFault | None]]:
    """Rows that have all headings that a table needs; with the fault of a heading there twice."""
    for number, cells in enumerate(sheet.grid[:_HEADING_WITHIN]):
        for table, known in tables:
            columns: dict[str, int] = {}
            twice = None
            for at, cell in enumerate(cells):
                name, shown = known.get(plain(cell_text(cell))), tidy(cell_text(cell))
                if name in columns:
                    twice = twice or CellFault(
                        sheet.name, number + 1, shown, "heading_twice", shown, None, at
                    )
                elif name:
                    columns[name] = at
            if columns.keys() >= table.needed:
                shown_as = {name: tidy(cell_text(cells[at])) for name, at in columns.items()}
                yield Place(sheet.name, table, number, columns, shown_as), twice


def _rows(sheet: Sheet, place: Place) -> Iterator[Row]:
    clean = {column.key: column.clean for column in place.table.columns}
    for number, cells in enumerate(sheet.grid[place.top + 1 :], place.top + 2):
        raw = {name: cells[at] for name, at in place.columns.items() if at < len(cells)}
        texts = {name: text for name, cell in raw.items() if (text := clean[name](cell_text(cell)))}
        if texts:
            other = sum(isinstance(raw[name], str) and raw[name] != texts[name] for name in texts)
            yield Row(place, number, texts, raw, other)

"""What is given out: a table to fill in or as it is now, faults as a list, the marked copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from saas.kernel import workbooks
from saas.kernel.i18n import gettext as _
from saas.kernel.workbooks import CellFault, Marked, Page, column_letters, write_book, write_marked
from saas.sheets.columns import Table, Text
from saas.sheets.reading import Sheet
from saas.sheets.rows import MOST_FILLED, headed, read_sheets

#: Table and column → what can be chosen in it.
Choices = Mapping[tuple[str, str], tuple[str, ...]]
#: What a row has in each column, by name; what is not named stays empty.
Filled = Iterable[Mapping[str, str]]
#: Of all of it, not of one cell: the heading is not said before it.
_OF_SEVERAL = frozenset({"merged", "heading_twice"})


def columns_of(table: Table, choices: Choices) -> list[workbooks.Column]:
    """Its columns in the reader's language."""
    return [
        workbooks.Column(
            str(column.heading),
            column.width,
            str(column.help),
            choices.get((table.key, column.key), ()),
        )
        for column in table.columns
    ]


def page_of(table: Table, choices: Choices, filled: Filled = ()) -> Page:
    """Its sheet, with what is known already."""
    rows = [[row.get(column.key, "") for column in table.columns] for row in filled]
    return Page(str(table.title), columns_of(table, choices), rows)


def guide_of(pages: Iterable[Page]) -> list[tuple[str, str]]:
    """How to fill in each column, as lines of heading and sentence."""
    return [(column.heading, column.help) for page in pages for column in page.columns]


def book_of(
    pages: Sequence[Page], title: Text, lines: Sequence[tuple[str, str]], lists: Text
) -> bytes:
    """The workbook: how to, the sheets, and hidden what can be chosen."""
    return write_book((str(title), lines), pages, str(lists), most_rows=MOST_FILLED)


def sentence_of(fault: CellFault, sentences: Mapping[str, Text]) -> str:
    """A fault as a sentence that says what to do; ``%(row)s`` in it is the other row."""
    text = str(sentences[fault.key])
    text = text % {"row": fault.other} if fault.other else text
    alone = not fault.column or fault.key in _OF_SEVERAL
    return text if alone else f"{fault.column}{_(': ')}{text}"


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault as a line of a table; ``column`` is its letter."""

    sheet: str
    row: int
    column: str
    text: str
    found: str


@dataclass(frozen=True, slots=True)
class Faults:
    """The first faults in the order of the workbook, and how many more there are."""

    lines: list[FaultLine]
    more: int

    @property
    def total(self) -> int:
        """How many in all."""
        return len(self.lines) + self.more


def faults_of(faults: Iterable[CellFault], sentences: Mapping[str, Text], most: int) -> Faults:
    """Every fault with sheet, row, column and what to do, so many at most."""
    ordered = sorted(faults, key=lambda fault: (fault.sheet, fault.row, fault.cell or 0))
    lines = [
        FaultLine(
            fault.sheet,
            fault.row,
            column_letters(fault.cell or 0),
            sentence_of(fault, sentences),
            fault.found[:60],
        )
        for fault in ordered[:most]
    ]
    return Faults(lines, len(ordered) - len(lines))


def marked_of(
    sheets: Iterable[Sheet],
    tables: Sequence[Table],
    faults: Iterable[CellFault],
    sentences: Mapping[str, Text],
    choices: Choices,
    lists: Text,
) -> bytes:
    """What came back, the faulty cells coloured, each with a comment."""
    wrong: dict[str, dict[tuple[int, int], str]] = {}
    for fault in faults:
        cells, cell = wrong.setdefault(fault.sheet, {}), (fault.row - 1, fault.cell or 0)
        text = sentence_of(fault, sentences)
        cells[cell] = f"{cells[cell]}\n{text}" if cell in cells else text
    sheets = list(sheets)
    places = {place.sheet: place for place in read_sheets(sheets, headed(tables)).places}
    marked = []
    for sheet in sheets:
        place = places[sheet.name]
        keys = [column.key for column in place.table.columns]
        known = dict(zip(keys, columns_of(place.table, choices), strict=True))
        columns = {at: known[name] for name, at in place.columns.items()}
        marked.append(Marked(sheet.name, sheet.grid, place.top, columns, wrong.get(sheet.name, {})))
    return write_marked(marked, str(lists), most_rows=MOST_FILLED)

"""What is given out and shown: a table to fill in or as it is now, faults, the marked copy, and
what would be done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from saas.kernel import workbooks
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import gettext as _
from saas.kernel.workbooks import CellFault, Marked, Page, column_letters, write_book, write_marked
from saas.sheets.changes import ADD, CHANGE, SAME, Change
from saas.sheets.columns import Table, Text
from saas.sheets.reading import Sheet
from saas.sheets.rows import MOST_FILLED, Row, headed, read_sheets

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


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of the thing that a row is (add, change, same), what it is called, what of it
    changes, and ``details`` that only its domain knows.
    """

    row: Row
    state: str
    name: str
    changes: Sequence[Change] = ()
    details: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row that adds or changes something; ``details`` say what."""

    state: str
    name: str
    details: list[str]
    where: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A table: how many rows add, change, leave; the first that do anything; how many more."""

    title: str
    added: int
    changed: int
    same: int
    lines: list[PreviewLine]
    more: int


def preview_of(table: Table, planned: Sequence[Planned], most: int) -> Preview:
    """What would be done, before and after, so many lines at most."""
    counts = Counter(one.state for one in planned)
    shown = [one for one in planned if one.state != SAME]
    lines = [_line(table, one) for one in shown[:most]]
    numbers = (counts[ADD], counts[CHANGE], counts[SAME])
    return Preview(str(table.title), *numbers, lines, len(shown) - len(lines))


def _line(table: Table, one: Planned) -> PreviewLine:
    where = _("%(sheet)s, row %(row)s", sheet=one.row.place.sheet, row=one.row.row)
    details = [*(_in_words(table, change) for change in one.changes), *one.details]
    return PreviewLine(one.state, one.name, [detail for detail in details if detail], where)


def _in_words(table: Table, change: Change) -> str:
    column, before, after = table.column(change.column), change.before, change.after
    if column.personal:
        before, after = masked_phone(before), masked_phone(after)
    return f"{column.heading}{_(': ')}{f'{before} → ' if before else ''}{after}"

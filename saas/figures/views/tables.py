"""A board's table as pages, reports and workbooks show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from saas.figures import words
from saas.figures.board import Board, Group, Line
from saas.figures.cut import Cut
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.web import charts

#: The address of the records of a measure within a cut; that of the figures of another cut.
Records = Callable[[str, Cut], str]
Within = Callable[[Cut, str], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as a value (a share where ``rate``), in words, and the page of its records."""

    key: str
    name: str
    value: float | int | None
    text: str
    url: str
    rate: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its figures; ``url`` looks at it alone."""

    name: str
    url: str
    cells: list[Cell]


def row_of(board: Board, group: Group, by: str, records: Records, within: Within) -> Row:
    """A group as a line of the table."""
    cells = cells_of(board, group.line, group.cut, records)
    return Row(name_of(group), within(group.cut, by), cells)


def total_of(board: Board, line: Line, cut: Cut, records: Records) -> Row:
    """The whole as the last line."""
    return Row(_("All"), "", cells_of(board, line, cut, records))


def name_of(group: Group) -> str:
    """What a group is called in the reader's language."""
    if isinstance(group.name, date):
        return words.span_of(group.name, group.name)
    if isinstance(group.name, str):
        return group.name
    name = say(group.name)
    return _("%(unit)s itself", unit=name) if group.cut.own else name


def cells_of(board: Board, line: Line, cut: Cut, records: Records) -> list[Cell]:
    """The figures of a line in the order of the board's columns."""
    return [_cell(board, key, line, cut, records) for key in board.columns]


def _cell(board: Board, key: str, line: Line, cut: Cut, records: Records) -> Cell:
    name = str(board.definition(key).name)
    if key in board.measures:
        return count_cell(key, name, line[key], records(key, cut))
    derived = board.derived[key]
    value = derived.value(line)
    text = "—" if value is None else (charts.percent if derived.rate else charts.number)(value)
    return Cell(key, name, value, text, records(derived.opens, cut) if value else "", derived.rate)


def count_cell(key: str, name: str, number: int, url: str) -> Cell:
    """A counted number; 0 has no records to open."""
    return Cell(key, name, number, charts.number(number), url if number else "")


def facts_of(board: Board, cut: Cut) -> list[tuple[str, str]]:
    """The filters in words, for the head of a page or of a workbook; unset ones are left out."""
    place = say(cut.unit.name) if cut.unit else ""
    facts = [
        (_("Months"), words.months_of(cut)),
        (_("Place"), _("%(unit)s itself", unit=place) if place and cut.own else place),
    ]
    for one in board.facts.dimensions:
        if value := cut[one.code]:
            facts.append((str(one.name), dict(one.options()).get(value, "").removeprefix("– ")))
    return [(name, value) for name, value in facts if value]

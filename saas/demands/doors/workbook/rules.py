"""Rows of a workbook that can become demands, and by what each is known again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from saas.kernel.workbooks import CellFault, plain
from saas.sheets import Given, Row


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


def read_rows(rows: Iterable[Row], given: Given) -> tuple[list[WorkbookRow], list[CellFault]]:
    """What can be filed, and every fault; a row with a fault is not among the rows.

    Rows that say the same as one before them are a fault.
    """
    read, faults = list[WorkbookRow](), list[CellFault]()
    first: dict[tuple[str, ...], tuple[Row, WorkbookRow]] = {}
    for row in rows:
        values, wrong = row.values(given)
        faults += wrong
        if wrong:
            continue
        made = WorkbookRow(sheet=row.place.sheet, row=row.row, **values)
        before, known = first.setdefault(identity_of(made), (row, made))
        if before is row:
            read.append(made)
        elif is_another(made, known.words, known.spot, known.phone):
            faults.append(row.fault("reference", "number_twice", before))
        else:
            faults.append(row.fault("", "repeated", before))
    return read, faults


def is_another(row: WorkbookRow, words: str, spot: str, phone: str) -> bool:
    """Whether a row cannot be the matter that has these: everything that tells it differs."""
    told = ((row.words, words), (row.spot, spot), (row.phone, phone))
    return all(plain(here) != plain(there) for here, there in told if here or there)


def identity_of(row: WorkbookRow) -> tuple[str, ...]:
    """By what a row is known again: its number at its place, or else all that makes it up."""
    if row.reference:
        return "reference", plain(row.reference), row.unit
    return "whole", row.category, row.unit, plain(row.words), plain(row.spot), row.phone

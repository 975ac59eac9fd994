"""The numbers of a chart as a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One number in words, and the page of its records."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What is counted, and its numbers in the order of the headings."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``headings`` are those of the cells; the naming column has none."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]

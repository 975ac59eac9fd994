"""Bars that lie: one row each, in the order given, with room for long names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from saas.web.charts import numbers
from saas.web.charts.numbers import Value
from saas.web.charts.table import Cell, Row, Table
from saas.web.pictures.lines import width_of

FULL = 100.0  # width of a track; its height is the style sheet's
LEAST = 0.6  # what is more than nothing is seen
MOST_RESERVED = 14  # beyond these em the number breaks


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name and value, and where one is given how much of the value is ``part``."""

    label: str
    value: Value | None
    url: str = ""
    part: Value | None = None
    part_url: str = ""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A row with lengths from 0 to 100 and its numbers in words; length None is no data."""

    label: str
    url: str
    said: str
    length: float | None
    part_said: str = ""
    part_share: str = ""
    part_url: str = ""
    part_length: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """The rows, and how many em their numbers need beside the tracks."""

    title: str
    unit: str
    names: tuple[str, ...]
    rows: tuple[DrawnBar, ...]
    reserve: int
    missing: bool
    table: Table


def bars(
    rows: Sequence[Bar], title: str, unit: str = "", names: tuple[str, str] = ("", "")
) -> Bars:
    """Lay out rows on one common scale.

    ``names`` say what value and part count ("Received", "Resolved"); the second one is needed
    only where rows have parts. A part above its value is written as it is and drawn as all of
    it. Raises ValueError for negative values.
    """
    longest = max((numbers.size(row.value) or 0.0 for row in rows), default=0.0)
    parted = any(row.part is not None for row in rows)
    drawn = tuple(_drawn(row, longest, unit, names[1] if parted else "") for row in rows)
    return Bars(
        title=title,
        unit=unit,
        names=names if parted else names[:1] if names[0] else (),
        rows=drawn,
        reserve=_reserve(drawn),
        missing=any(row.length is None for row in drawn),
        table=_table(rows, names, parted, unit),
    )


def length_of(value: float | None, longest: float) -> float | None:
    """A value's length on a track; something is never drawn as nothing."""
    if value is None:
        return None
    if not value or not longest:
        return 0.0
    return round(max(LEAST, FULL * min(1.0, value / longest)), 2)


def _drawn(row: Bar, longest: float, unit: str, part_name: str) -> DrawnBar:
    value, part = numbers.size(row.value), numbers.size(row.part)
    said = numbers.number(row.value, unit)
    if value is None or not part_name:
        return DrawnBar(row.label, row.url, said, length_of(value, longest))
    return DrawnBar(
        label=row.label,
        url=row.url,
        said=said,
        length=length_of(value, longest),
        part_said=f"{part_name} {numbers.number(row.part)}",
        part_share=_share_said(part, value),
        part_url=row.part_url,
        part_length=length_of(None if part is None else min(part, value), longest),
    )


def _share_said(part: float | None, value: float) -> str:
    rate = numbers.share(part, value)
    return "" if rate is None else numbers.percent(rate)


def _reserve(rows: Sequence[DrawnBar]) -> int:
    """Em for the longest number; the small line under it is set smaller."""
    small = 0.875
    widths = [width_of(row.said) for row in rows]
    widths += [width_of(f"{row.part_said} {row.part_share}") * small for row in rows]
    return min(MOST_RESERVED, math.ceil(max(widths, default=0.0) + 0.5))


def _table(rows: Sequence[Bar], names: tuple[str, str], parted: bool, unit: str) -> Table:
    headings = (names[0] or unit, names[1], "%") if parted else (names[0] or unit,)
    return Table(headings, tuple(Row(row.label, _cells(row, parted)) for row in rows))


def _cells(row: Bar, parted: bool) -> tuple[Cell, ...]:
    first = Cell(numbers.number(row.value), row.url)
    if not parted:
        return (first,)
    part = Cell(numbers.number(row.part), row.part_url)
    return first, part, Cell(numbers.percent(numbers.share(row.part, row.value)))

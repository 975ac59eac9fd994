"""Bars as a table: a row each, one to three numbers side by side on one common scale.

The table is the picture: the style sheet gives each number a bar as long as its ``length``, lying,
or where there is room standing beside the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saas.kernel.i18n import gettext as _
from saas.web.charts import numbers
from saas.web.charts.numbers import Value
from saas.web.charts.plot import Point, check

FULL = 100
#: More rows than this stand side by side only where there is much room.
_DENSE = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in words with its bar: ``length`` is 0 to 100, None where there is no data."""

    said: str
    url: str
    length: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row: its name in full, a short one and its ``group`` for where it stands."""

    label: str
    short: str
    group: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """The rows; ``empty`` is the sentence that stands instead of them. ``standing``: the rows are
    points in time and may stand; ``dense`` ones need more room for it.
    """

    title: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[BarRow, ...]
    standing: bool
    dense: bool
    missing: bool
    empty: str


def bars(
    points: Sequence[Point],
    title: str,
    unit: str = "",
    series: Sequence[str] = (),
    *,
    standing: bool = False,
) -> Bars:
    """Lay out points on one scale; ``series`` names their numbers. Raises ValueError for negative
    values and where a point has not one value a series.
    """
    names = check(points, series)
    sizes = [numbers.size(value) for point in points for value in point.values]
    longest = max((size for size in sizes if size is not None), default=0.0)
    known = [size for size in sizes if size is not None]
    return Bars(
        title=title,
        unit=unit,
        series=names if any(names) else (),
        rows=_rows(points, longest),
        standing=standing,
        dense=len(points) > _DENSE,
        missing=len(known) < len(sizes),
        empty="" if known else _("There are no figures for this time yet."),
    )


def columns(
    points: Sequence[Point], title: str, unit: str = "", series: Sequence[str] = ()
) -> Bars:
    """Counts over time: the same, standing where there is room."""
    return bars(points, title, unit, series, standing=True)


def length_of(value: float | None, longest: float) -> int | None:
    """A value's share of the longest; something is never drawn as nothing."""
    if value is None:
        return None
    return max(1, round(FULL * min(1.0, value / longest))) if value and longest else 0


def _rows(points: Sequence[Point], longest: float) -> tuple[BarRow, ...]:
    found, before = [], ""
    for point in points:
        marks = tuple(
            Mark(
                numbers.number(value),
                point.urls[i] if i < len(point.urls) else "",
                length_of(numbers.size(value), longest),
            )
            for i, value in enumerate(point.values)
        )
        group = point.group if point.group != before else ""
        before = point.group
        found.append(BarRow(point.label, point.short or point.label, group, marks))
    return tuple(found)


def share_mark(part: Value | None, whole: Value | None, url: str = "") -> Mark:
    """A share of a whole as a bar of its own: never longer than all of it."""
    share = numbers.share(part, whole)
    said = "—" if share is None else numbers.percent(share)
    return Mark(said, url, length_of(share, 1.0))

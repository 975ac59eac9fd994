"""Satisfaction from one to five stars: how many gave each, the mean, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code, ngettext
from saas.web.charts import numbers
from saas.web.charts.bars import length_of
from saas.web.charts.table import Cell, Row, Table

MOST = 5


@dataclass(frozen=True, slots=True)
class StarRow:
    """How many gave this number of stars."""

    stars: int
    label: str
    said: str
    share: str
    length: float
    url: str


@dataclass(frozen=True, slots=True)
class Stars:
    """``mean`` is empty and ``row`` without stars while nobody has rated."""

    title: str
    mean: str
    told: str
    row: tuple[str, ...]
    count: int
    counted: str
    rows: tuple[StarRow, ...]
    table: Table


def stars(counts: Sequence[int], title: str, urls: Sequence[str] = ()) -> Stars:
    """``counts`` of one, two, three, four and five stars, ``urls`` in the same order.

    Raises ValueError for another number of counts or a negative one.
    """
    if len(counts) != MOST or min(counts) < 0:
        raise ValueError("five counts from 0 on are needed")
    total = sum(counts)
    mean = sum(i * n for i, n in enumerate(counts, 1)) / total if total else None
    rows = tuple(
        _row(i, counts, total, urls[i - 1] if i <= len(urls) else "") for i in range(MOST, 0, -1)
    )
    said = "" if mean is None else str(format_decimal(mean, "0.0", locale=locale_code()))
    return Stars(
        title=title,
        mean=said,
        told=_("%(mean)s of 5 stars", mean=said) if said else "",
        row=_shapes(mean or 0.0),
        count=total,
        counted=ngettext("%(count)s rating", "%(count)s ratings", total, count=number_of(total)),
        rows=rows,
        table=_table(rows),
    )


def number_of(count: int) -> str:
    """A count without a unit."""
    return numbers.number(count)


def _shapes(mean: float) -> tuple[str, ...]:
    """Five stars, full, half or empty, nearest to the mean."""
    halves = round(mean * 2)
    return tuple(
        "full" if halves >= 2 * i else "half" if halves == 2 * i - 1 else "none"
        for i in range(1, MOST + 1)
    )


def _row(number: int, counts: Sequence[int], total: int, url: str) -> StarRow:
    count = counts[number - 1]
    rate = numbers.share(count, total)
    return StarRow(
        stars=number,
        label=ngettext("%(num)s star", "%(num)s stars", number),
        said=number_of(count),
        share="" if rate is None else numbers.percent(rate),
        length=length_of(count, max(counts)) or 0.0,
        url=url,
    )


def _table(rows: Sequence[StarRow]) -> Table:
    lines = (Row(row.label, (Cell(row.said, row.url), Cell(row.share or "—"))) for row in rows)
    return Table((_("Ratings"), "%"), tuple(lines))

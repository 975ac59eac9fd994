"""Satisfaction from one to five stars: how many gave each, the mean, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code, ngettext
from saas.web.charts import numbers
from saas.web.charts.bars import BarRow, Mark, length_of

MOST = 5


@dataclass(frozen=True, slots=True)
class Stars:
    """``mean`` is empty and ``row`` without stars while nobody has rated; ``rows`` are bars."""

    title: str
    mean: str
    told: str
    row: tuple[str, ...]
    count: int
    counted: str
    rows: tuple[BarRow, ...]


def stars(counts: Sequence[int], title: str, urls: Sequence[str] = ()) -> Stars:
    """``counts`` of one, two, three, four and five stars, ``urls`` in the same order.

    Raises ValueError for another number of counts or a negative one.
    """
    if len(counts) != MOST or min(counts) < 0:
        raise ValueError("five counts from 0 on are needed")
    total = sum(counts)
    mean = sum(i * n for i, n in enumerate(counts, 1)) / total if total else None
    said = "" if mean is None else str(format_decimal(mean, "0.0", locale=locale_code()))
    return Stars(
        title=title,
        mean=said,
        told=_("%(mean)s of 5 stars", mean=said) if said else "",
        row=_shapes(mean or 0.0),
        count=total,
        counted=ngettext(
            "%(count)s rating", "%(count)s ratings", total, count=numbers.number(total)
        ),
        rows=tuple(
            _row(i, counts, urls[i - 1] if i <= len(urls) else "") for i in range(MOST, 0, -1)
        ),
    )


def _shapes(mean: float) -> tuple[str, ...]:
    """Five stars, full, half or empty, nearest to the mean."""
    halves = round(mean * 2)
    return tuple(
        "full" if halves >= 2 * i else "half" if halves == 2 * i - 1 else "none"
        for i in range(1, MOST + 1)
    )


def _row(number: int, counts: Sequence[int], url: str) -> BarRow:
    count, share = counts[number - 1], numbers.share(counts[number - 1], sum(counts))
    label = ngettext("%(num)s star", "%(num)s stars", number)
    note = "" if share is None else numbers.percent(share)
    mark = Mark(numbers.number(count), url, length_of(count, max(counts)), note)
    return BarRow(label, label, "", (mark,))

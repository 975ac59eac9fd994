"""What pages of figures have in common: a cut in an address, the ways to others, files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from babel.dates import format_skeleton
from flask import request, url_for

from saas.figures.board import Board
from saas.figures.cut import MOST_MONTHS, Cut, Place, month_after, month_written, this_month
from saas.kernel import clock
from saas.kernel.db import rows
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import locale_code

_YEAR: Final = 12
_LAST_MONTHS = _l("Last 12 months")
#: What an address says of a cut that is about all time.
_ALL: Final = "all"


def cut_asked(
    board: Board, paths: tuple[str, ...], unit: Callable[[str], Place], *, whole: bool = False
) -> Cut:
    """What the address asks for within ``paths``; what it names and is not there raises `NotFound`,
    as ``unit`` does for a unit out of reach. ``whole``: it may ask for all time.
    """
    code = request.args.get("unit", "")
    cut = Cut(
        paths,
        unit=unit(code) if code else None,
        own=bool(request.args.get("own")),
        narrowed={one.code: value for one in board.facts.dimensions if (value := _known(one))},
    )
    if whole and request.args.get("span") == _ALL:
        return cut
    last = _month("to") or this_month()
    first = _month("from") or month_after(last, 1 - _YEAR)
    first, last = min(first, last), max(first, last)
    return cut.during(max(first, month_after(last, 1 - MOST_MONTHS)), last)


def _known(dimension: Any) -> str:
    value = request.args.get(dimension.code, "")
    if value and value not in {code for code, _name in dimension.options()}:
        raise NotFound
    return value


def _month(name: str) -> date | None:
    text = request.args.get(name, "")
    month = month_written(text)
    if text and month is None:
        raise NotFound
    return month


def grouping_asked(board: Board) -> str:
    """What the address asks to divide by."""
    by = request.args.get("by", "unit")
    if by not in board.facts.groupings:
        raise NotFound
    return by


def params(cut: Cut) -> dict[str, Any]:
    """A cut as it stands in an address."""
    span = {"from": f"{cut.start:%Y-%m}", "to": f"{cut.end:%Y-%m}"} if cut.start else {"span": _ALL}
    unit = {"unit": cut.unit.code if cut.unit else "", "own": "1" if cut.own else ""}
    return {key: value for key, value in {**span, **unit, **cut.narrowed}.items() if value}


def within(board: Board) -> Callable[[Cut, str], str]:
    """The address of the figures of a cut, divided by something."""
    return lambda cut, by: url_for(board.page, by=by, **params(cut))


def records_of(board: Board) -> Callable[[str, Cut], str]:
    """The address of the records that a number counts."""
    return lambda measure, cut: url_for(board.records, measure=measure, **params(cut))


def tabs(board: Board, cut: Cut, by: str) -> list[tuple[object, str, bool]]:
    """The same figures divided otherwise."""
    to, groupings = within(board), board.facts.groupings.items()
    return [(each.name, to(cut, one), one == by) for one, each in groupings]


def spans(board: Board, cut: Cut, by: str) -> list[tuple[object, str, bool]]:
    """The last twelve months, and each year of which there is something in reach."""
    now, to = this_month(), within(board)
    found: list[tuple[object, date, date]] = [(_LAST_MONTHS, month_after(now, 1 - _YEAR), now)]
    for year in _years(board, cut.paths):
        first = date(year, 1, 1)
        name = str(format_skeleton("y", first, locale=locale_code()))
        found.append((name, first, date(year, _YEAR, 1)))
    return [
        (name, to(cut.during(first, last), by), (first, last) == (cut.start, cut.end))
        for name, first, last in found
    ]


def _years(board: Board, paths: tuple[str, ...]) -> list[int]:
    """Every year of which there is a fact within reach, the latest first."""
    facts, zone = board.facts, clock.zone()
    first, last = rows(sa.select(sa.func.min(facts.time), sa.func.max(facts.time)))[0]
    if first is None:
        return []
    years = range(first.astimezone(zone).year, last.astimezone(zone).year + 1)
    seen = sa.select(sa.literal(1)).select_from(facts.table)
    any_in = [
        seen.where(
            *facts.within(Cut(paths).during(date(year, 1, 1), date(year, _YEAR, 1)))
        ).exists()
        for year in years
    ]
    found = rows(sa.select(*any_in))[0]
    return [year for year, there in zip(years, found, strict=True) if there][::-1]

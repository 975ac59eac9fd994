"""What pages of figures have in common: a cut in an address, the ways to others, files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from babel.dates import format_skeleton
from flask import request, url_for
from flask_babel.speaklater import LazyString

from saas.figures.board import Board
from saas.figures.counting import years_of
from saas.figures.cut import MOST_MONTHS, Cut, Place, month_after, this_month
from saas.kernel.db import rows
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import locale_code
from saas.kernel.written import month_written

_YEAR: Final = 12
_LAST_MONTHS = _l("Last 12 months")
#: What an address says of a cut that is about all time.
_ALL: Final = "all"
#: What the months are called in an address, and what they were called before.
_BEFORE: Final = {"since": "from", "until": "to"}
_DIVIDED: Final = "unit"
_NO_MONTH = _l("Write the month like 2026-11.")
_NO_CHOICE = _l("Choose one of the list.")


def cut_asked(
    board: Board, paths: tuple[str, ...], unit: Callable[[str], Place], *, whole: bool = False
) -> Cut:
    """What the address asks for within ``paths``. What cannot be read in it is passed over
    (`passed_over`); a unit out of reach raises, as ``unit`` does. ``whole``: it may ask for all
    time. Without a span it is the latest of which there is something to look at.
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
    first, last = _month("since"), _month("until")
    if not first and not last:
        return cut.during(*_usual_span(board, paths))
    last = last or this_month()
    first = first or month_after(last, 1 - _YEAR)
    first, last = min(first, last), max(first, last)
    return cut.during(max(first, month_after(last, 1 - MOST_MONTHS)), last)


def _known(dimension: Any) -> str:
    value = request.args.get(dimension.code, "")
    return value if value in {code for code, _name in dimension.options()} else ""


def _month(name: str) -> date | None:
    """A month of the address, by its name of now or of before; other sites add ``from`` to it."""
    return month_written(request.args.get(name, "") or request.args.get(_BEFORE[name], ""))


def passed_over(board: Board) -> dict[str, list[LazyString]]:
    """Names in the address whose values cannot be read, and what to write instead."""
    asked = request.args
    wrong = {name: _NO_MONTH for name in _BEFORE if asked.get(name) and not _month(name)}
    wrong |= {
        one.code: _NO_CHOICE
        for one in board.facts.dimensions
        if asked.get(one.code) and not _known(one)
    }
    return {name: [sentence] for name, sentence in wrong.items()}


def grouping_asked(board: Board) -> str:
    """What the address asks to divide by; what is none is as if nothing was asked."""
    by = request.args.get("by", _DIVIDED)
    return by if by in board.facts.groupings else _DIVIDED


def params(cut: Cut) -> dict[str, Any]:
    """A cut as it stands in an address."""
    ends = {"since": cut.start, "until": cut.end} if cut.start else {}
    span = {name: f"{end:%Y-%m}" for name, end in ends.items() if end} or {"span": _ALL}
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
    for year in years_of(board.facts, cut.paths):
        found.append((year_name(year), date(year, 1, 1), date(year, _YEAR, 1)))
    return [
        (name, to(cut.during(first, last), by), (first, last) == (cut.start, cut.end))
        for name, first, last in found
    ]


def year_name(year: int) -> str:
    """A year in the reader's language."""
    return str(format_skeleton("y", date(year, 1, 1), locale=locale_code()))


def months_asked() -> tuple[date, date] | None:
    """The months that the address asks for, in order; None where it asks for none."""
    first, last = _month("since"), _month("until")
    first, last = first or last, last or first
    return (min(first, last), max(first, last)) if first and last else None


def _usual_span(board: Board, paths: tuple[str, ...]) -> tuple[date, date]:
    """The last twelve months, where half of them have something; else the year that has most, as
    far as it has come and has records.
    """
    now = this_month()
    first = month_after(now, 1 - _YEAR)
    latest = _filled(board, Cut(paths).during(first, now))
    fullest = _fullest_year(board, paths) if len(latest) < _YEAR // 2 else None
    if fullest is None:
        return first, now
    if fullest < first.year or not latest:
        return date(fullest, 1, 1), date(fullest, _YEAR, 1)
    return latest[0], now


def _filled(board: Board, cut: Cut) -> list[date]:
    """The months of a cut in which there is something."""
    seen = sa.select(sa.literal(1)).select_from(board.facts.table)
    each = [
        seen.where(*board.facts.within(cut.during(month, month))).exists() for month in cut.months()
    ]
    found = rows(sa.select(*each))[0]
    return [month for month, there in zip(cut.months(), found, strict=True) if there]


def _fullest_year(board: Board, paths: tuple[str, ...]) -> int | None:
    """The year of which there is most within reach; of two alike the later one."""
    facts = board.facts
    count = sa.select(sa.func.count()).select_from(facts.table)
    years = years_of(board.facts, paths)
    spans = [(date(year, 1, 1), date(year, _YEAR, 1)) for year in years]
    each = [
        count.where(*facts.within(Cut(paths).during(*span))).scalar_subquery() for span in spans
    ]
    found = rows(sa.select(*each))[0] if each else ()
    return max(zip(found, years, strict=True), default=(0, None))[1]

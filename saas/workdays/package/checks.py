"""The rules between hours, and their one order: of a week, and of whatever else is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import Fault, Parts, explain, rows, text

explain(
    {
        "closes_early": _l("It closes at %(closes)s, which is not after %(opens)s."),
        "hours_overlap": _l("On day %(days)s these hours overlap with %(first)s."),
    }
)


def check(parts: Parts) -> Iterator[Fault]:
    """Every fault between the hours of the week."""
    return check_hours("workdays", parts.get("workdays"), "week", "week")


def settle(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The week with each pair of times once."""
    if "workdays" not in parts:
        return {}
    return {"workdays": {"week": settled_week(parts["workdays"]["week"])}}


def settled_week(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The hours of a week, each pair of times once with all its days."""
    days: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        days[row["opens"], row["closes"]].update(row["days"])
    spans = sorted(days, key=lambda span: (span[0], span[1]))
    return [{"days": sorted(days[o, c]), "opens": o, "closes": c} for o, c in spans]


def check_hours(file: str, part: object, name: str, path: str) -> Iterator[Fault]:
    """Each row ends after it begins and meets no other of the same day."""
    taken: list[_Span] = []
    for at, row in rows(part, name):
        span = _span(f"{path}[{at}]", row)
        if span is not None:
            yield from _overlaps(file, span, taken)
            taken.append(span)


class _Span(NamedTuple):
    """A row of hours that could be read."""

    path: str
    days: set[int]
    opens: str
    closes: str


def _span(path: str, row: Mapping[str, Any]) -> _Span | None:
    opens, closes, days = text(row, "opens"), text(row, "closes"), row.get("days")
    if opens is None or closes is None or not isinstance(days, list):
        return None
    return _Span(path, {day for day in days if type(day) is int}, opens, closes)


def _overlaps(file: str, span: _Span, taken: list[_Span]) -> Iterator[Fault]:
    """It ends after it begins, and meets no other span of the same day."""
    if span.closes <= span.opens:
        values = {"opens": span.opens, "closes": span.closes}
        yield Fault(file, f"{span.path}.closes", "closes_early", values)
    for other in taken:
        days = sorted(span.days & other.days)
        if days and span.opens < other.closes and other.opens < span.closes:
            values = {"days": ", ".join(map(str, days)), "first": other.path}
            yield Fault(file, span.path, "hours_overlap", values)

"""What the calendar takes from a model package: the week. Its holidays are the published ones."""

from __future__ import annotations

from datetime import time
from typing import Any

from saas.kernel.context import SYSTEM
from saas.packages.parts import Part
from saas.packages.schemas import Package
from saas.packages.schemas.settled import settled_week
from saas.workdays import commands, queries
from saas.workdays.queries import Span, Week


def _bring(package: Package) -> None:
    """The week of the package; a new calendar gets the years whose holidays are published too."""
    week = _week(package)
    if queries.begun():
        commands.set_week(week, actor=SYSTEM)
    else:
        commands.begin(week, actor=SYSTEM)


def _week(package: Package) -> Week:
    spans: list[list[Span]] = [[] for _ in range(7)]
    for row in package.workdays:
        for day in row.days:
            spans[day - 1].append((time.fromisoformat(row.opens), time.fromisoformat(row.closes)))
    return tuple(tuple(sorted(day)) for day in spans)


def _read() -> dict[str, Any]:
    """The week as it is worked now; days with the same hours stand together."""
    rows = [
        {"days": [number], "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        for number, spans in enumerate(queries.week(), start=1)
        for opens, closes in spans
    ]
    return {"workdays": {"week": settled_week(rows)}}


PART = Part(_bring, _read, tables=("work_week",))

"""What the calendar takes from a model package: the week. Its holidays are the published ones."""

from __future__ import annotations

from datetime import time

from saas.kernel.context import SYSTEM
from saas.packages.schemas import Package
from saas.workdays import commands
from saas.workdays.queries import Span


def install(package: Package) -> None:
    """The week of the package, and the years whose holidays are published."""
    week: list[list[Span]] = [[] for _ in range(7)]
    for row in package.workdays:
        for day in row.days:
            week[day - 1].append((time.fromisoformat(row.opens), time.fromisoformat(row.closes)))
    commands.begin(tuple(tuple(sorted(spans)) for spans in week), actor=SYSTEM)

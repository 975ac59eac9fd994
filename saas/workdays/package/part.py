"""What the calendar takes from a model package: the week. Its holidays are the published ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

from saas.kernel.context import SYSTEM
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.parts import File, Package, Part, Section, alone
from saas.workdays import commands, queries
from saas.workdays.package import checks
from saas.workdays.package.shapes import Workdays
from saas.workdays.package.words import hours_in_words, spans
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
    for row in package.of(Workdays).week:
        for day in row.days:
            opens, closes = time.fromisoformat(row.opens), time.fromisoformat(row.closes)
            spans[day - 1].append(Span(opens, closes))
    return tuple(tuple(sorted(day)) for day in spans)


def _read() -> dict[str, Any]:
    """The week as it is worked now; days with the same hours stand together."""
    rows = [
        {"days": [number], "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        for number, spans in enumerate(queries.week(), start=1)
        for opens, closes in spans
    ]
    return {"workdays": {"week": checks.settled_week(rows)}}


def _sections(package: Package) -> Iterator[Section]:
    week = spans(package.of(Workdays).week)
    yield Section(60, "week", _("Working hours"), "workdays/_package.html", week)


_WEEK = _l("Working hours")
PART = Part(
    files=(File("workdays", Workdays, _WEEK, place=50),),
    lists=(
        alone("workdays", "week", _l("the week"), _WEEK, form="file",
              says={"week": hours_in_words}),
    ),
    check=checks.check,
    settle=checks.settle,
    words={"week": _l("hours of the week")},
    explained={
        "Workdays": _l("The hours of an ordinary week, in which deadlines count."),
        "Hours": _l("The same hours on one or several days of the week."),
        "Hours.days": _l("Days of the week; 1 is Monday."),
        "Hours.opens": _l('A time of day in quotes, such as "09:00".'),
    },
    sections=_sections,
    bring=_bring,
    read=_read,
    tables=("work_week",),
)  # fmt: skip

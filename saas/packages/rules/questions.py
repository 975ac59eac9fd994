"""The rules between questions, reports and the rest of demands.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from saas.packages.rules.faults import Fault, codes, places, repeated, rows, text, texts
from saas.packages.schemas.questions import LEAST_CHOICES, MOST_QUESTIONS
from saas.packages.schemas.reports import CLIMBING_MEASURES, LADDER_DIVIDED

_FILE = "demands"


def check_questions(part: object) -> Iterator[Fault]:
    """Questions stand at leaves, a few at each; those with choices have some, the others none."""
    yield from repeated(_FILE, places(part, "questions"))
    known = codes(part, "categories")
    groups = {text(row, "parent") for _, row in rows(part, "categories")}
    asked = Counter[str]()
    for place, row in rows(part, "questions"):
        where, category = f"questions[{place}]", text(row, "category") or ""
        if category and (category not in known or category in groups):
            yield Fault(_FILE, f"{where}.category", "not_a_leaf", {"found": category})
        asked[category] += 1
        if asked[category] == MOST_QUESTIONS + 1:
            yield Fault(_FILE, where, "too_many_questions", {"limit": MOST_QUESTIONS})
        yield from _choices(row, where)


def _choices(row: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from repeated(_FILE, places(row, "choices", path=where))
    count = len(rows(row, "choices"))
    if text(row, "kind") == "choice":
        if count < LEAST_CHOICES:
            yield Fault(_FILE, f"{where}.choices", "too_few", {"least": LEAST_CHOICES})
    elif count:
        yield Fault(_FILE, f"{where}.choices", "no_choices_here")


def check_reports(part: object, levels: list[str]) -> Iterator[Fault]:
    """Sections show what fits their grouping, and are narrowed down to what there is."""
    yield from repeated(_FILE, places(part, "reports"))
    known = {"kind": codes(part, "kinds"), "category": codes(part, "categories")}
    for place, report in rows(part, "reports"):
        for number, row in rows(report, "sections"):
            where = f"reports[{place}].sections[{number}]"
            yield from _measures(row, where)
            for name, key in (("kind", "no_such_demand_kind"), ("category", "no_such_parent")):
                found = text(row, name)
                if found is not None and found not in known[name]:
                    yield Fault(_FILE, f"{where}.{name}", key, {"found": found})
            level = text(row, "level")
            if levels and level is not None and level not in levels:
                yield Fault(_FILE, f"{where}.level", "no_such_level", {"found": level})


def _measures(row: Mapping[str, Any], where: str) -> Iterator[Fault]:
    given = [(f"{where}.measures[{i}]", name) for i, name in texts(row, "measures")]
    yield from repeated(_FILE, given)
    climbing = text(row, "by") == LADDER_DIVIDED
    for place, name in given:
        if (name in CLIMBING_MEASURES) != climbing:
            yield Fault(_FILE, place, "not_of_grouping", {"found": name})

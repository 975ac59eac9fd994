"""The rules between the rows of demands.yaml, and between it and the ladder that demands climb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saas.packages.rules.faults import Fault, Parts, codes, places, repeated, rows, text
from saas.packages.rules.questions import check_questions, check_reports

#: The ladder that demands climb. The other ladders of a package are its own affair.
ESCALATION = "escalation"
#: The kind of unit that a department is.
DEPARTMENT = "department"
_FILE = "demands"


def check_demands(parts: Parts) -> Iterator[Fault]:
    """Every fault between kinds, categories, deadlines, reasons, guides, templates,
    questions and reports.
    """
    part = parts.get(_FILE)
    for name in ("kinds", "reasons", "templates"):
        yield from repeated(_FILE, places(part, name))
    yield from repeated(_FILE, places(part, "guides", "category"))
    yield from _categories(part)
    yield from _kinds(part)
    yield from _deadlines(part, _escalation_levels(parts))
    yield from _leaves(part)
    yield from _uses(part)
    yield from check_questions(part)
    yield from check_reports(part, _escalation_levels(parts))


def _categories(part: object) -> Iterator[Fault]:
    yield from repeated(_FILE, places(part, "categories"))
    known, above = codes(part, "categories"), set[str]()
    for place, row in rows(part, "categories"):
        parent = text(row, "parent")
        if parent is not None and parent not in above:
            key = "parent_below" if parent in known else "no_such_parent"
            yield Fault(_FILE, f"categories[{place}].parent", key, {"found": parent})
        above.add(text(row, "code") or "")


def _kinds(part: object) -> Iterator[Fault]:
    """A top category names its kind; those beneath it have the same and name none."""
    known = codes(part, "kinds")
    for place, row in rows(part, "categories"):
        where, kind = f"categories[{place}].kind", text(row, "kind")
        if "parent" in row and (row["parent"] is None) != (kind is not None):
            key = "top_needs_kind" if kind is None else "kind_of_parent"
            yield Fault(_FILE, where, key)
        elif kind is not None and kind not in known:
            yield Fault(_FILE, where, "no_such_demand_kind", {"found": kind})


def _deadlines(part: object, levels: list[str]) -> Iterator[Fault]:
    found = places(part, "deadlines", "level") + places(part, "guides", "level")
    general = [
        (f"deadlines[{place}].level", text(row, "level") or "")
        for place, row in rows(part, "deadlines")
        if text(row, "category") is None
    ]
    yield from repeated(_FILE, general)
    yield from repeated(_FILE, _pairs(part))
    for place, row in rows(part, "deadlines"):
        accept, resolve = row.get("accept_hours"), row.get("resolve_hours")
        if type(accept) is int and type(resolve) is int and accept > resolve:
            yield Fault(_FILE, f"deadlines[{place}].accept_hours", "accept_after_resolve")
    for where, level in found:
        if levels and level not in levels:
            yield Fault(_FILE, where, "no_such_level", {"found": level})
    given = {level for _, level in general}
    for level in levels:
        if isinstance(part, Mapping) and level not in given:
            yield Fault(_FILE, "deadlines", "level_without_deadline", {"found": level})


def _pairs(part: object) -> list[tuple[str, str]]:
    """Level and category of every deadline that holds for one category alone."""
    return [
        (f"deadlines[{place}].category", f"{text(row, 'level')}, {category}")
        for place, row in rows(part, "deadlines")
        if (category := text(row, "category")) is not None
    ]


def _leaves(part: object) -> Iterator[Fault]:
    """Guides, deadlines and templates speak of categories that there are; guides of leaves."""
    known = codes(part, "categories")
    groups = {text(row, "parent") for _, row in rows(part, "categories")}
    for name in ("deadlines", "templates"):
        for where, category in places(part, name, "category"):
            if category not in known:
                yield Fault(_FILE, where, "no_such_parent", {"found": category})
    for where, category in places(part, "guides", "category"):
        if category not in known or category in groups:
            yield Fault(_FILE, where, "not_a_leaf", {"found": category})


def _uses(part: object) -> Iterator[Fault]:
    """There is something to choose for either use."""
    uses = {text(row, "use") for _, row in rows(part, "reasons")}
    for use in ("suspend", "decline"):
        if rows(part, "reasons") and use not in uses:
            yield Fault(_FILE, "reasons", "no_reason_for", {"found": use})


def _escalation_levels(parts: Parts) -> list[str]:
    for _, ladder in rows(parts.get("territory"), "ladders"):
        if text(ladder, "code") == ESCALATION:
            return [value for _, value in places(ladder, "levels")]
    return []

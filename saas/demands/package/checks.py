"""The rules between the rows of demands.yaml, and between it and the ladder that demands climb."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from saas.demands.figures.rules import CLIMBING_MEASURES, LADDER_DIVIDED
from saas.demands.menu.rules import LEAST_CHOICES, MOST_QUESTIONS, USES
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import (
    Fault,
    Parts,
    codes,
    explain,
    places,
    repeated,
    rows,
    strange,
    text,
    texts,
)
from saas.territory.package.checks import escalation_levels

explain(
    {
        "no_such_parent": _l("There is no category “%(found)s”."),
        "parent_below": _l("“%(found)s” must stand above the categories that it groups."),
        "no_such_level": _l("The ladder that demands climb has no level “%(found)s”."),
        "level_without_deadline": _l("The level “%(found)s” has no deadline."),
        "no_such_demand_kind": _l("There is no kind “%(found)s” of demands."),
        "top_needs_kind": _l("A category that stands at the top says of which kind it is."),
        "kind_of_parent": _l("Only top categories name a kind; this one has that of its parent."),
        "no_reason_for": _l("There must be at least one reason for “%(found)s”."),
        "unknown_blank": _l("“%(found)s” cannot be filled in; the blanks are %(allowed)s."),
        "too_many_questions": _l("A category asks at most %(limit)s questions; this is one more."),
        "no_choices_here": _l("Only questions of kind choice have choices."),
        "not_of_grouping": _l("“%(found)s” cannot be shown with this division."),
        "accept_after_resolve": _l("The time to accept is longer than the time to resolve."),
        "not_a_leaf": _l("“%(found)s” is not a category in which a demand can be filed."),
    }
)

_FILE = "demands"


def check(parts: Parts) -> Iterator[Fault]:
    """Every fault between kinds, categories, deadlines, reasons, guides, templates,
    questions and reports.
    """
    part = parts.get(_FILE)
    for name in ("kinds", "reasons", "templates"):
        yield from repeated(_FILE, places(part, name))
    yield from repeated(_FILE, places(part, "guides", "category"))
    yield from _categories(part)
    yield from _kinds(part)
    yield from _deadlines(part, escalation_levels(parts))
    yield from _leaves(part)
    yield from _uses(part)
    yield from _questions(part)
    yield from _reports(part, escalation_levels(parts))


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
    if levels:
        found = places(part, "deadlines", "level") + places(part, "guides", "level")
        yield from strange(_FILE, found, levels, "no_such_level")
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
    """All that speaks of a category speaks of one that there is; guides and questions of leaves."""
    for name in ("deadlines", "templates"):
        found = places(part, name, "category")
        yield from strange(_FILE, found, codes(part, "categories"), "no_such_parent")
    leaves = codes(part, "categories") - codes(part, "categories", "parent")
    for name in ("guides", "questions"):
        yield from strange(_FILE, places(part, name, "category"), leaves, "not_a_leaf")


def _uses(part: object) -> Iterator[Fault]:
    """There is something to choose for either use."""
    uses = {text(row, "use") for _, row in rows(part, "reasons")}
    for use in USES:
        if rows(part, "reasons") and use not in uses:
            yield Fault(_FILE, "reasons", "no_reason_for", {"found": use})


def _questions(part: object) -> Iterator[Fault]:
    """A few at each category; those with choices have some, the others none."""
    yield from repeated(_FILE, places(part, "questions"))
    asked = Counter[str]()
    for place, row in rows(part, "questions"):
        where, category = f"questions[{place}]", text(row, "category") or ""
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


def _reports(part: object, levels: list[str]) -> Iterator[Fault]:
    """Sections show what fits their grouping, and are narrowed down to what there is."""
    yield from repeated(_FILE, places(part, "reports"))
    known = {
        "kind": ("no_such_demand_kind", codes(part, "kinds")),
        "category": ("no_such_parent", codes(part, "categories")),
        **({"level": ("no_such_level", {*levels})} if levels else {}),
    }
    for place, report in rows(part, "reports"):
        path = f"reports[{place}]"
        for name, (key, those) in known.items():
            yield from strange(_FILE, places(report, "sections", name, path), those, key)
        for number, row in rows(report, "sections"):
            yield from _measures(row, f"{path}.sections[{number}]")


def _measures(row: Mapping[str, Any], where: str) -> Iterator[Fault]:
    given = [(f"{where}.measures[{i}]", name) for i, name in texts(row, "measures")]
    yield from repeated(_FILE, given)
    climbing = text(row, "by") == LADDER_DIVIDED
    for place, name in given:
        if (name in CLIMBING_MEASURES) != climbing:
            yield Fault(_FILE, place, "not_of_grouping", {"found": name})

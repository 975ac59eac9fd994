"""The one order and grouping in which the content of a package is compared and kept.

Where the order of rows says nothing (deadlines, guides), or where the same thing can be written in
two ways (the hours of a week, categories beneath their groups), a file may do as it likes. What is
compared, installed and exported is written in one way, so that only a difference in meaning is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_Rows = Sequence[Mapping[str, Any]]
_ESCALATION = "escalation"


def settled(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The same content in its one order; ``parts`` are those of a package without faults."""
    found = dict(parts)
    if "workdays" in parts:
        found["workdays"] = {"week": settled_week(parts["workdays"]["week"])}
    if "territory" in parts:
        kinds = list(_parents_first(parts["territory"]["kinds"]))
        found["territory"] = {**parts["territory"], "kinds": kinds}
    if "demands" in parts:
        found["demands"] = _demands(parts["demands"], parts.get("territory", {}))
    return found


def settled_week(rows: _Rows) -> list[dict[str, Any]]:
    """The hours of a week, each pair of times once with all its days."""
    days: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        days[row["opens"], row["closes"]].update(row["days"])
    spans = sorted(days, key=lambda span: (span[0], span[1]))
    return [{"days": sorted(days[o, c]), "opens": o, "closes": c} for o, c in spans]


def _parents_first(kinds: _Rows) -> Iterator[Mapping[str, Any]]:
    """Kinds of units with those above before those below, otherwise as they stood."""
    waiting, known = list(kinds), {row["code"] for row in kinds}
    while waiting:
        open_ = {row["code"] for row in waiting}
        ready = [row for row in waiting if not open_ & (set(row["under"]) & known)]
        yield (first := (ready or waiting)[0])
        waiting.remove(first)


def _demands(part: Mapping[str, Any], territory: Mapping[str, Any]) -> dict[str, Any]:
    categories = list(_groups_first(part["categories"]))
    place = {row["code"]: at for at, row in enumerate(categories)}
    levels = _levels(territory)

    def when(row: Mapping[str, Any]) -> tuple[int, str, int, str]:
        category, level = row.get("category"), row["level"]
        at = -1 if category is None else place.get(category, len(place))
        return at, category or "", levels.get(level, len(levels)), level

    found = {**part, "categories": categories, "deadlines": sorted(part["deadlines"], key=when)}
    if "guides" in part:
        found["guides"] = sorted(part["guides"], key=lambda row: _at(place, row["category"]))
    return found


def _at(place: Mapping[str, int], category: str) -> tuple[int, str]:
    return place.get(category, len(place)), category


def _groups_first(rows: _Rows) -> Iterator[Mapping[str, Any]]:
    """Categories as a tree: each followed by those beneath it; strays at the end."""
    beneath: dict[str | None, list[Mapping[str, Any]]] = defaultdict(list)
    known = {row["code"] for row in rows}
    for row in rows:
        beneath[row["parent"] if row["parent"] in known else None].append(row)
    seen: set[str] = set()
    stack = list(reversed(beneath[None]))
    while stack:
        row = stack.pop()
        if row["code"] not in seen:
            seen.add(row["code"])
            yield row
            stack.extend(reversed(beneath[row["code"]]))
    yield from (row for row in rows if row["code"] not in seen)


def _levels(territory: Mapping[str, Any]) -> dict[str, int]:
    ladders = (row for row in territory.get("ladders", ()) if row["code"] == _ESCALATION)
    return {level["code"]: at for row in ladders for at, level in enumerate(row["levels"])}

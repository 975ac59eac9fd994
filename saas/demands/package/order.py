"""The one order of what stands in demands.yaml: where order says nothing, this one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from saas.territory.package.shapes import ESCALATION

_Rows: TypeAlias = Sequence[Mapping[str, Any]]


def settle(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Categories beneath their groups, deadlines and guides in the order of the categories."""
    if "demands" not in parts:
        return {}
    return {"demands": _demands(parts["demands"], parts.get("territory", {}))}


def _demands(part: Mapping[str, Any], territory: Mapping[str, Any]) -> dict[str, Any]:
    categories = list(_groups_first(part["categories"]))
    place = {row["code"]: at for at, row in enumerate(categories)}
    ladders = (row for row in territory.get("ladders", ()) if row["code"] == ESCALATION)
    levels = {level["code"]: at for row in ladders for at, level in enumerate(row["levels"])}

    def where(category: str | None) -> tuple[int, str]:
        at = -1 if category is None else place.get(category, len(place))
        return at, category or ""

    def when(row: Mapping[str, Any]) -> tuple[int, str, int, str]:
        level = row["level"]
        return *where(row.get("category")), levels.get(level, len(levels)), level

    found = {**part, "categories": categories, "deadlines": sorted(part["deadlines"], key=when)}
    if "guides" in part:
        found["guides"] = sorted(part["guides"], key=lambda row: where(row["category"]))
    return found


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

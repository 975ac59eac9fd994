"""The rules between the rows of territory.yaml, and their one order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

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
    texts_of,
)
from saas.territory.package.shapes import DEPARTMENT, ESCALATION

explain(
    {
        "no_such_kind": _l("There is no kind of unit “%(found)s” in territory.yaml."),
        "kind_below": _l(
            "“%(found)s” must stand above this kind in the list: a kind never stands under itself."
        ),
        "one_root": _l(
            "Exactly one kind of unit stands at the root (under: []); here it is %(count)s."
        ),
        "no_escalation": _l("There is no ladder with the code “%(found)s”, which demands climb."),
        "level_without_kind": _l("Each level that demands climb needs a kind of unit."),
        "level_out_of_order": _l(
            "A unit of kind “%(found)s” never stands under one of kind “%(above)s”, the next"
            " level up."
        ),
        "no_department_kind": _l(
            "Departments need a kind of unit “%(found)s” that may stand under the root."
        ),
    }
)


def check(parts: Parts) -> Iterator[Fault]:
    """Every fault between kinds, ladders and departments."""
    yield from _kinds(parts)
    yield from _ladders(parts)
    yield from _departments(parts)


def _kinds(parts: Parts) -> Iterator[Fault]:
    part = parts.get("territory")
    kinds = rows(part, "kinds")
    yield from repeated("territory", places(part, "kinds"))
    roots = [row for _, row in kinds if row.get("under") == []]
    if kinds and len(roots) != 1:
        yield Fault("territory", "kinds", "one_root", {"count": len(roots)})
    known, above = codes(part, "kinds"), set[str]()
    for place, row in kinds:
        for at, code in texts(row, "under"):
            if code not in above:
                key = "kind_below" if code in known else "no_such_kind"
                yield Fault("territory", f"kinds[{place}].under[{at}]", key, {"found": code})
        yield from repeated("territory", texts_of(row, "under", f"kinds[{place}]"))
        above.add(text(row, "code") or "")


def _ladders(parts: Parts) -> Iterator[Fault]:
    part = parts.get("territory")
    known = codes(part, "kinds")
    yield from repeated("territory", places(part, "ladders"))
    ladders = rows(part, "ladders")
    if ladders and ESCALATION not in codes(part, "ladders"):
        yield Fault("territory", "ladders", "no_escalation", {"found": ESCALATION})
    for place, ladder in ladders:
        path = f"ladders[{place}]"
        yield from repeated("territory", places(ladder, "levels", path=path))
        yield from repeated("territory", places(ladder, "levels", "kind", path=path))
        if known:
            kinds = places(ladder, "levels", "kind", path=path)
            yield from strange("territory", kinds, known, "no_such_kind")
        if text(ladder, "code") == ESCALATION:
            yield from _climb(part, ladder, path)


def _climb(part: object, ladder: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Each level of the ladder that demands climb stands, in the tree, under the next."""
    levels = rows(ladder, "levels")
    for place, level in levels:
        if "kind" in level and level["kind"] is None:
            yield Fault("territory", f"{path}.levels[{place}].kind", "level_without_kind")
    over = _over(part)
    for (place, lower), (_, upper) in pairwise(levels):
        kind, above = text(lower, "kind"), text(upper, "kind")
        if kind in over and above in over and above not in over[kind]:
            values = {"found": kind, "above": above}
            where = f"{path}.levels[{place}].kind"
            yield Fault("territory", where, "level_out_of_order", values)


def _over(part: object) -> dict[str, set[str]]:
    """For each kind every kind under which it may stand, directly or further up."""
    over: dict[str, set[str]] = {}
    for _, row in rows(part, "kinds"):
        direct = [code for _, code in texts(row, "under")]
        further = [code for each in direct for code in over.get(each, ())]
        over.setdefault(text(row, "code") or "", set()).update(direct, further)
    return over


def _departments(parts: Parts) -> Iterator[Fault]:
    """Departments stand directly under the root, as units of the kind ``department``."""
    part = parts.get("territory")
    yield from repeated("territory", places(part, "departments"))
    kinds = {text(row, "code"): row for _, row in rows(part, "kinds")}
    root = next((code for code, row in kinds.items() if row.get("under") == []), None)
    under = [kind for _, kind in texts(kinds.get(DEPARTMENT, {}), "under")]
    if rows(part, "departments") and root not in under:
        yield Fault("territory", "departments", "no_department_kind", {"found": DEPARTMENT})


def escalation_levels(parts: Parts) -> list[str]:
    """The levels of the ladder that demands climb, as far as they can be read."""
    for _, ladder in rows(parts.get("territory"), "ladders"):
        if text(ladder, "code") == ESCALATION:
            return [value for _, value in places(ladder, "levels")]
    return []


def settle(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Kinds of units with those above before those below, otherwise as they stood."""
    if "territory" not in parts:
        return {}
    kinds = list(_parents_first(parts["territory"]["kinds"]))
    return {"territory": {**parts["territory"], "kinds": kinds}}


def _parents_first(kinds: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    waiting, known = list(kinds), {row["code"] for row in kinds}
    while waiting:
        open_ = {row["code"] for row in waiting}
        ready = [row for row in waiting if not open_ & (set(row["under"]) & known)]
        yield (first := (ready or waiting)[0])
        waiting.remove(first)

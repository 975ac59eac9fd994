"""The rules between the rows and files of one model package."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from saas.packages.rules.demands import DEPARTMENT, ESCALATION, check_demands
from saas.packages.rules.faults import Fault, Parts, codes, places, repeated, rows, text, texts


def check_package(parts: Parts, key: str | None = None, version: str | None = None) -> list[Fault]:
    """Every fault between the rows and files of a package.

    ``key`` and ``version`` are those that its folders promise, where it lies in folders.
    """
    checks = (
        _head(parts, {"key": key, "version": version}),
        _kinds(parts),
        _ladders(parts),
        _departments(parts),
    )
    hours = (_room_hours(parts), _working_hours(parts))
    more = (_roles(parts), _rooms(parts), *hours, check_demands(parts), _words(parts))
    return [fault for check in (*checks, *more) for fault in check]


def check_permissions(parts: Parts, known: Collection[str]) -> list[Fault]:
    """A fault for each permission that the product does not have."""
    return [
        Fault(
            "accounts", f"roles[{place}].permissions[{at}]", "no_such_permission", {"found": name}
        )
        for place, role in rows(parts.get("accounts"), "roles")
        for at, name in texts(role, "permissions")
        if name not in known
    ]


def _head(parts: Parts, promised: Mapping[str, str | None]) -> Iterator[Fault]:
    head = parts.get("package")
    for name, folder in promised.items():
        found = text(head, name) if isinstance(head, Mapping) else None
        if folder is not None and found is not None and found != folder:
            yield Fault("package", name, f"{name}_differs", {"found": found, "folder": folder})


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
        yield from repeated("territory", _listed(row, "under", f"kinds[{place}]"))
        above.add(text(row, "code") or "")


def _listed(row: Mapping[str, Any], name: str, path: str) -> list[tuple[str, str]]:
    return [(f"{path}.{name}[{at}]", value) for at, value in texts(row, name)]


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
        for where, kind in places(ladder, "levels", "kind", path=path):
            if known and kind not in known:
                yield Fault("territory", where, "no_such_kind", {"found": kind})
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


def _roles(parts: Parts) -> Iterator[Fault]:
    part = parts.get("accounts")
    known = codes(parts.get("territory"), "kinds")
    yield from repeated("accounts", places(part, "roles"))
    for place, role in rows(part, "roles"):
        path = f"roles[{place}]"
        yield from repeated("accounts", _listed(role, "at", path))
        yield from repeated("accounts", _listed(role, "permissions", path))
        for where, kind in _listed(role, "at", path):
            if known and kind not in known:
                yield Fault("accounts", where, "no_such_kind", {"found": kind})
    yield from _special_roles(parts)


def _special_roles(parts: Parts) -> Iterator[Fault]:
    """Who founds a district and who lives in it must be clear without asking."""
    roles = rows(parts.get("accounts"), "roles")
    for flag, key in (("administers", "one_administers"), ("resident", "one_resident")):
        count = sum(role.get(flag) is True for _, role in roles)
        if roles and count != 1:
            yield Fault("accounts", "roles", key, {"count": count})
    kinds = rows(parts.get("territory"), "kinds")
    roots = [text(row, "code") for _, row in kinds if row.get("under") == []]
    for place, role in roles:
        at = [kind for _, kind in texts(role, "at")]
        if role.get("administers") is True and len(roots) == 1 and roots[0] not in at:
            where = f"roles[{place}].at"
            yield Fault("accounts", where, "administers_at_root", {"root": roots[0]})


def _rooms(parts: Parts) -> Iterator[Fault]:
    part = parts.get("rooms")
    for name in ("platforms", "rooms"):
        yield from repeated("rooms", places(part, name))
    centre = part.get("centre") if isinstance(part, Mapping) else None
    seal = text(centre, "seal") if isinstance(centre, Mapping) else None
    seals = [("centre.seal", seal)] if seal else []
    rest = [*places(part, "platforms", "seal"), *places(part, "rooms", "seal")]
    yield from repeated("rooms", [*seals, *rest])
    known = codes(part, "platforms")
    for where, platform in places(part, "rooms", "platform"):
        if platform not in known:
            yield Fault("rooms", where, "no_such_platform", {"found": platform})


def _room_hours(parts: Parts) -> Iterator[Fault]:
    for place, room in rows(parts.get("rooms"), "rooms"):
        yield from _hours("rooms", room, "hours", f"rooms[{place}].hours")


def _working_hours(parts: Parts) -> Iterator[Fault]:
    yield from _hours("workdays", parts.get("workdays"), "week", "week")


def _hours(file: str, part: object, name: str, path: str) -> Iterator[Fault]:
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


def _words(parts: Parts) -> Iterator[Fault]:
    yield from repeated("words", places(parts.get("words"), "words", "term"))

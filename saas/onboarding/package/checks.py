"""The rules of a package's sample: it fits the package that it shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import (
    Fault,
    Parts,
    Row,
    codes,
    explain,
    places,
    repeated,
    rows,
    text,
    texts,
)

_FILE = "sample"
explain({"not_in_sample": _l("Neither this file nor the package has “%(found)s” at such a place.")})


def check(parts: Parts) -> Iterator[Fault]:
    """Every fault between the rows of sample.yaml and the package; none where there is no file."""
    part = parts.get(_FILE)
    yield from _units(parts, part)
    yield from _people(parts, part)
    yield from _rooms(parts, part)


def _units(parts: Parts, part: object) -> Iterator[Fault]:
    under = {
        text(row, "code"): [kind for _, kind in texts(row, "under")]
        for _, row in rows(parts.get("territory"), "kinds")
    }
    root = next((kind for kind, above in under.items() if above == []), None)
    kinds = {text(row, "code"): text(row, "kind") for _, row in rows(part, "units")}
    yield from repeated(_FILE, places(part, "units"))
    for place, row in rows(part, "units"):
        kind, parent = text(row, "kind"), text(row, "parent")
        above = kinds.get(parent) if parent else root
        if parent and parent not in kinds:
            yield _unknown(f"units[{place}].parent", parent)
        elif under and kind and above not in under.get(kind, ()):
            yield _unknown(f"units[{place}].kind", kind)


def _people(parts: Parts, part: object) -> Iterator[Fault]:
    yield from repeated(_FILE, places(part, "people", "login"))
    roles = codes(parts.get("accounts"), "roles")
    units = codes(part, "units")
    for row in rows(part, "people"):
        yield from _named("people", row, "role", roles)
        yield from _named("people", row, "unit", units)


def _rooms(parts: Parts, part: object) -> Iterator[Fault]:
    rooms, units = codes(parts.get("rooms"), "rooms"), codes(part, "units")
    logins = {login for _, login in places(part, "people", "login")}
    for row in rows(part, "rooms"):
        yield from _named("rooms", row, "room", rooms)
        yield from _named("rooms", row, "street", units)
        yield from _named("rooms", row, "keeper", logins)


def _named(table: str, row: Row, field: str, known: Collection[str]) -> Iterator[Fault]:
    """A fault when the row names there what is not known."""
    place, values = row
    found = text(values, field)
    if found and known and found not in known:
        yield _unknown(f"{table}[{place}].{field}", found)


def _unknown(path: str, found: str) -> Fault:
    return Fault(_FILE, path, "not_in_sample", {"found": found})

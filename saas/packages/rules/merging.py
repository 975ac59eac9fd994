"""The pieces of a three-way merge: single values, sets of codes, orders, and who speaks of whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from saas.packages.parts import Address
from saas.packages.rules.demands import ESCALATION
from saas.packages.rules.items import Items, listed_at

#: Fields that are sets of codes: each code is added or taken away by itself, so they never clash.
SETS = {
    ("territory", "kinds", "under"),
    ("accounts", "roles", "at"),
    ("accounts", "roles", "permissions"),
}
#: Lists in which order says nothing; `settled` gives them theirs.
UNORDERED = {("demands", "deadlines"), ("demands", "guides")}

_ONE = "one"
_MANY = "many"
#: Field → what its codes name: how the address of that begins.
_FIELDS: tuple[tuple[tuple[str, str], str, str, Address], ...] = (
    (("territory", "kinds"), "under", _MANY, ("territory", "kinds")),
    (("territory", "levels"), "kind", _ONE, ("territory", "kinds")),
    (("accounts", "roles"), "at", _MANY, ("territory", "kinds")),
    (("rooms", "rooms"), "platform", _ONE, ("rooms", "platforms")),
    (("demands", "categories"), "parent", _ONE, ("demands", "categories")),
    (("demands", "categories"), "kind", _ONE, ("demands", "kinds")),
    (("demands", "guides"), "level", _ONE, ("territory", "levels", ESCALATION)),
    (("demands", "templates"), "category", _ONE, ("demands", "categories")),
)
#: List → what the parts of its own keys name.
_KEYS: dict[tuple[str, str], Callable[[Address], Iterator[Address]]] = {
    ("territory", "levels"): lambda key: iter([("territory", "ladders", key[0])]),
    ("demands", "guides"): lambda key: iter([("demands", "categories", key[0])]),
    ("demands", "deadlines"): lambda key: _of_deadline(key),
}


def _of_deadline(key: Address) -> Iterator[Address]:
    yield ("territory", "levels", ESCALATION, key[0])
    if key[1]:
        yield ("demands", "categories", key[1])


def spoken_of(address: Address, fields: Mapping[str, Any]) -> Iterator[Address]:
    """The items that one item names, by its key or in its fields."""
    place = address[:2]
    if len(address) > 2 and place in _KEYS:
        yield from _KEYS[place](address[2:])
    for where, name, how, begins in _FIELDS:
        value = fields.get(name) if where == place else None
        if value:
            codes = value if how == _MANY else [value]
            yield from ((*begins, code) for code in codes)


def is_set(address: Address, name: str) -> bool:
    """Whether a field is a set of codes."""
    return (*address[:2], name) in SETS


def mixed(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The codes of a set that both sides have changed: theirs in their order, with ours put in."""
    gone = set(base) - (set(ours) & set(theirs))
    added = [code for code in ours if code not in base and code not in theirs]
    return [code for code in theirs if code not in gone] + added


def sequences(found: Items) -> dict[Address, list[Address]]:
    """Each list to the addresses of its rows in their order; levels by ladder."""
    lists: dict[Address, list[Address]] = {}
    for address in sorted(found, key=lambda each: (found[each].order, each)):
        listed = listed_at(address)
        if listed is not None and listed.place not in UNORDERED:
            lists.setdefault(address[: -len(listed.key)], []).append(address)
    return lists


def rearranged(base: Sequence[Address], ours: Sequence[Address], theirs: Sequence[Address]) -> str:
    """Who moved rows that all three have: nobody, ours, theirs, or both (differently)."""
    common = set(base) & set(ours) & set(theirs)
    b, o, t = ([row for row in rows if row in common] for rows in (base, ours, theirs))
    if o in (b, t):
        return "theirs" if t != b else "nobody"
    return "ours" if t == b else "both"


def woven(
    frame: Sequence[Address], other: Sequence[Address], kept: Collection[Address]
) -> list[Address]:
    """The rows that are kept: in the order of ``frame``, those of the other list put in.

    Each comes to stand behind the row that it stands behind in its own list.
    """
    rows = [row for row in frame if row in kept]
    before: Address | None = None
    for row in other:
        if row not in kept:
            continue
        if row not in rows:
            rows.insert(rows.index(before) + 1 if before else 0, row)
        before = row
    return rows

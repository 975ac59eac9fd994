"""The pieces of a three-way merge: single values, sets of codes, orders, and who speaks of whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from saas.packages.items import Items, described, listed_at
from saas.packages.parts import Address


def spoken_of(address: Address, fields: Mapping[str, Any]) -> Iterator[Address]:
    """The items that one item names, by its key or in its fields."""
    listed = described(address)
    if listed.inside:
        yield (listed.file, listed.inside, address[2])
    own = dict(zip(listed.key, address[-len(listed.key) :], strict=False)) if listed.key else {}
    for name, begins in listed.refs.items():
        value = own.get(name) or fields.get(name)
        for code in [value] if isinstance(value, str) else value or ():
            yield (*begins, code)


def is_set(address: Address, name: str) -> bool:
    """Whether a field is a set of codes."""
    return name in described(address).sets


def mixed(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The codes of a set that both sides have changed: theirs in their order, with ours put in."""
    gone = set(base) - (set(ours) & set(theirs))
    added = [code for code in ours if code not in base and code not in theirs]
    return [code for code in theirs if code not in gone] + added


def sequences(found: Items) -> dict[Address, list[Address]]:
    """Each list to the addresses of its rows in their order; lists inside rows one by one."""
    lists: dict[Address, list[Address]] = {}
    for address in sorted(found, key=lambda each: (found[each].order, each)):
        listed = listed_at(address)
        if listed is not None and listed.ordered:
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

"""A package as a flat table of items, each with an address for ever.

The files nest rows in lists. To say what differs between two packages, and to merge them, each
thing that has a name of its own stands alone, wherever it is nested. What has no name of its own
(the notes) is a field of what it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from saas.packages.parts import Address, Listed, plugs

#: Every item of a package by its address.
Items: TypeAlias = Mapping[Address, "Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a package: its fields as they stand in the file, without those of its key.

    ``order`` is its place among the rows of its list, from 0; inside a row, of those there.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0


def items(parts: Mapping[str, Any]) -> dict[Address, Item]:
    """Every item of the parts of a package, in the order of the files.

    ``parts`` are those of a package without faults, as `Package.parts` gives them; files that are
    not there have no items. Raises `ValueError` where two rows have the same key.
    """
    found: dict[Address, Item] = {}
    for listed in _singles():
        part = _mapping_of(parts, listed)
        if part is not None:
            found[listed.place] = Item(dict(part))
    for listed in _lists():
        for address, item in _rows_of(parts.get(listed.file, {}), listed):
            if address in found:
                raise ValueError(f"two rows are {address}")
            found[address] = item
    return found


def _singles() -> list[Listed]:
    """What is one item by itself: whole files first."""
    found = [each for each in plugs().lists if each.form != "list"]
    return sorted(found, key=lambda each: each.form != "file")


def _lists() -> list[Listed]:
    """Every list of items, in the order of the files; a list stands before those inside it."""
    return [each for each in plugs().lists if each.form == "list"]


def _mapping_of(parts: Mapping[str, Any], listed: Listed) -> Mapping[str, Any] | None:
    part: Mapping[str, Any] | None = parts.get(listed.file)
    return part if listed.form == "file" or part is None else part.get(listed.name)


def _rows_of(part: Mapping[str, Any], listed: Listed) -> Iterable[tuple[Address, Item]]:
    """Each row of a list with its address; rows inside other rows take over their key."""
    inner = [each.name for each in _lists() if each.file == listed.file and each.inside]
    if listed.inside is None:
        groups: list[tuple[Address, Any]] = [((), part.get(listed.name, []))]
    else:
        outer = part.get(listed.inside, [])
        groups = [((row["code"],), row.get(listed.name, [])) for row in outer]
    for above, rows in groups:
        for order, row in enumerate(rows):
            key = tuple(row.get(name) or "" for name in listed.key)
            left_out = {*listed.key, *inner}
            fields = {name: value for name, value in row.items() if name not in left_out}
            yield (*listed.place, *above, *key), Item(fields, order)


def from_items(found: Items) -> dict[str, Any]:
    """The parts that have exactly these items: the inverse of `items`.

    Items of a list stand by their order, those of the same order by their address, so that the
    order in which they are given does not matter. A row whose outer row is missing brings back the
    bare outer row, which the check of a package then refuses: nothing is lost without a word.
    """
    parts: dict[str, Any] = {}
    for listed in _singles():
        if listed.place in found:
            fields = dict(found[listed.place].fields)
            if listed.form == "file":
                parts[listed.file] = fields
            else:
                parts.setdefault(listed.file, {})[listed.name] = fields
    files = {address[0] for address in found}
    for listed in _lists():
        if listed.file in files:
            _put(parts.setdefault(listed.file, {}), listed, found)
    return parts


def _put(part: dict[str, Any], listed: Listed, found: Items) -> None:
    mine = [(key, item) for key, item in found.items() if key[:2] == listed.place]
    rows = sorted(mine, key=lambda pair: (pair[1].order, pair[0]))
    if listed.inside is None:
        if rows or not listed.optional:
            part[listed.name] = [_row(listed, address[2:], item) for address, item in rows]
        return
    outer: list[dict[str, Any]] = part.setdefault(listed.inside, [])
    for row in outer:
        row[listed.name] = []
    for address, item in rows:
        _within(listed, outer, address[2])[listed.name].append(_row(listed, address[3:], item))


def _within(listed: Listed, outer: list[dict[str, Any]], code: str) -> dict[str, Any]:
    """The row of that code, made if it is missing."""
    for row in outer:
        if row["code"] == code:
            return row
    outer.append({"code": code, listed.name: []})
    return outer[-1]


def _row(listed: Listed, key: Address, item: Item) -> dict[str, Any]:
    """A row as it stands in the file; a part of the key that says nothing is left out."""
    said = {name: value for name, value in zip(listed.key, key, strict=True) if value}
    return {**said, **item.fields}


def listed_at(address: Address) -> Listed | None:
    """The list that an item stands in; None for those that stand alone."""
    listed = described(address)
    return listed if listed.form == "list" else None


def described(address: Address) -> Listed:
    """What was declared of the items at such an address."""
    return plugs().by_place[address[0], address[1]]

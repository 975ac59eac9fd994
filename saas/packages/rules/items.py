"""A package as a flat table of items, each with an address for ever.

The files nest rows in lists. To say what differs between two packages, and to merge them, each
thing that has a name of its own stands alone: a room, a level of a ladder, a deadline. What has no
name of its own (a room's hours, the notes) is a field of what it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from saas.packages.parts import Address

#: Every item of a package by its address.
Items: TypeAlias = Mapping[Address, "Item"]

#: Files that are one item as a whole, by the name that the item has.
WHOLE = {"package": "head", "workdays": "week"}
#: Mappings that stand alone in their file.
SINGLE = (("rooms", "centre"), ("demands", "terms"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A list whose rows are items: which fields tell a row from the others.

    ``optional`` lists are left out of their file when they are empty. Rows of a list ``inside``
    another one of the same file stand in the row that the first part of their key names.
    """

    file: str
    name: str
    key: tuple[str, ...] = ("code",)
    optional: bool = False
    inside: str | None = None

    @property
    def place(self) -> tuple[str, str]:
        """File and name: how every address in this list begins."""
        return self.file, self.name


#: Every list of items, in the order of the files; a list stands before those inside it.
LISTED = (
    Listed("territory", "kinds"),
    Listed("territory", "ladders"),
    Listed("territory", "levels", inside="ladders"),
    Listed("territory", "departments", optional=True),
    Listed("accounts", "roles"),
    Listed("rooms", "platforms"),
    Listed("rooms", "rooms"),
    Listed("demands", "kinds"),
    Listed("demands", "categories"),
    Listed("demands", "deadlines", key=("level", "category")),
    Listed("demands", "reasons"),
    Listed("demands", "guides", key=("category",), optional=True),
    Listed("demands", "templates", optional=True),
    Listed("demands", "questions", optional=True),
    Listed("demands", "reports", optional=True),
    Listed("words", "words", key=("term",)),
)
_BY_PLACE = {each.place: each for each in LISTED}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a package: its fields as they stand in the file, without those of its key.

    ``order`` is its place among the items of its list, from 0; a level's is that in its ladder.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0


def items(parts: Mapping[str, Any]) -> dict[Address, Item]:
    """Every item of the parts of a package, in the order of the files.

    ``parts`` are those of a package without faults, as `Package.parts` gives them; files that are
    not there have no items. Raises `ValueError` where two rows have the same key.
    """
    found: dict[Address, Item] = {}
    for file, name in WHOLE.items():
        if file in parts:
            found[file, name] = Item(dict(parts[file]))
    for file, name in SINGLE:
        if name in parts.get(file, {}):
            found[file, name] = Item(dict(parts[file][name]))
    for listed in LISTED:
        for address, item in _rows_of(parts.get(listed.file, {}), listed):
            if address in found:
                raise ValueError(f"two rows are {address}")
            found[address] = item
    return found


def _rows_of(part: Mapping[str, Any], listed: Listed) -> Iterable[tuple[Address, Item]]:
    """Each row of a list with its address; rows inside other rows take over their key."""
    inner = [each.name for each in LISTED if each.file == listed.file and each.inside]
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
    order in which they are given does not matter. A level whose ladder is missing brings back the
    bare ladder, which the check of a package then refuses: nothing is lost without a word.
    """
    parts: dict[str, Any] = {}
    for file, name in WHOLE.items():
        if (file, name) in found:
            parts[file] = dict(found[file, name].fields)
    for file, name in SINGLE:
        if (file, name) in found:
            parts.setdefault(file, {})[name] = dict(found[file, name].fields)
    files = {address[0] for address in found}
    for listed in LISTED:
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
        _within(outer, address[2])[listed.name].append(_row(listed, address[3:], item))


def _within(outer: list[dict[str, Any]], code: str) -> dict[str, Any]:
    """The row of that code, made if it is missing."""
    for row in outer:
        if row["code"] == code:
            return row
    outer.append({"code": code, **{each.name: [] for each in LISTED if each.inside}})
    return outer[-1]


def _row(listed: Listed, key: Address, item: Item) -> dict[str, Any]:
    """A row as it stands in the file; a part of the key that says nothing is left out."""
    said = {name: value for name, value in zip(listed.key, key, strict=True) if value}
    return {**said, **item.fields}


def listed_at(address: Address) -> Listed | None:
    """The list that an item stands in; None for those that stand alone."""
    return _BY_PLACE.get((address[0], address[1]))

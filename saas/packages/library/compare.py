"""What differs between two editions, item by item and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Final

from saas.kernel.differing import ADDED, CHANGED, REMOVED, differing
from saas.packages.items import Items, listed_at
from saas.packages.parts import Address

MOVED: Final = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One item that is not the same in both.

    ``fields`` has each field that differs with its value before and after; None where there was or
    is none. ``after`` is the item behind which a moved one stands now, None for the first place.
    """

    address: Address
    kind: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    after: Address | None = None


def compare(before: Items, after: Items) -> list[Change]:
    """Every change that leads from ``before`` to ``after``: file by file, list by list."""
    found = [Change(*each) for each in differing(_fields(before), _fields(after))]
    found += _moved(before, after)
    lists = {each: number for number, each in enumerate(_places(before, after))}
    kinds = (CHANGED, MOVED, ADDED, REMOVED)
    place = {**_orders(before), **_orders(after)}
    return sorted(
        found,
        key=lambda each: (lists[each.address[:2]], kinds.index(each.kind), place[each.address]),
    )


def _places(*tables: Items) -> list[Address]:
    return list(dict.fromkeys(address[:2] for table in tables for address in table))


def _orders(table: Items) -> dict[Address, tuple[int, Address]]:
    return {address: (item.order, address) for address, item in table.items()}


def _fields(table: Items) -> dict[Address, Mapping[str, Any]]:
    return {address: item.fields for address, item in table.items()}


def _moved(before: Items, after: Items) -> Iterator[Change]:
    """The fewest items that must have moved, where those on both sides stand in another order."""
    for group in dict.fromkeys(_group(address) for address in after if listed_at(address)):
        old = _sequence(group, before, after)
        new = _sequence(group, after, before)
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        still = {address for block in blocks for address in old[block.a : block.a + block.size]}
        for place, address in enumerate(new):
            if address not in still:
                yield Change(address, MOVED, after=new[place - 1] if place else None)


def _group(address: Address) -> Address:
    """The list in which an item has its order: inside a row, that of the row."""
    listed = listed_at(address)
    return address[:3] if listed and listed.inside else address[:2]


def _sequence(group: Address, table: Items, other: Items) -> list[Address]:
    """The items of a list that both sides have, in their order on one of them."""
    found = [address for address in table if _group(address) == group and address in other]
    return sorted(found, key=lambda address: (table[address].order, address))

"""What differs between two editions of the same rows, row by row and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
#: Each field that differs with its value before and after; None where there was or is none.
Pairs = dict[str, tuple[Any, Any]]
_Key = TypeVar("_Key")


def differing(
    before: Mapping[_Key, Mapping[str, Any]], after: Mapping[_Key, Mapping[str, Any]]
) -> Iterator[tuple[_Key, str, Pairs]]:
    """Every row that is not the same in both, by its key: those that are gone, then those that are
    new or changed, in the order of ``after``.
    """
    for key, row in before.items():
        if key not in after:
            yield key, REMOVED, fields_differing(row, {})
    for key, row in after.items():
        pairs = fields_differing(before.get(key, {}), row)
        if key not in before:
            yield key, ADDED, pairs
        elif pairs:
            yield key, CHANGED, pairs


def fields_differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Pairs:
    """The fields of one row, those of ``before`` first."""
    names = dict.fromkeys([*before, *after])
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

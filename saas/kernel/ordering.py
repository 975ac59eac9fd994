"""Order and codes of what a district lists: categories, causes, templates, rooms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from saas.kernel.errors import Conflict

#: Longest code that can be made of a name; a number may follow.
_LONGEST = 32


def moved(codes: Sequence[str], code: str, way: str) -> list[str]:
    """``codes`` with ``code`` one place further up or down; unchanged at the ends."""
    order, at = list(codes), list(codes).index(code)
    to = at + (-1 if way == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return order


def spread(places: Iterable[int]) -> list[int]:
    """The same places in order, each higher than the one before, so that two can be exchanged."""
    found: list[int] = []
    for place in sorted(places):
        found.append(max(place, found[-1] + 1) if found else place)
    return found


def reorder(rows: Iterable[Any], code: str, way: str) -> None:
    """Let the row with ``code`` change places with its neighbour among ``rows``, which have code
    and position and stand in order. Raises `Conflict` if it is not among them.
    """
    by_code = {row.code: row for row in rows}
    if code not in by_code:
        raise Conflict
    places = spread(row.position for row in by_code.values())
    for place, each in zip(places, moved(list(by_code), code, way), strict=True):
        by_code[each].position = place


def code_from(name: Mapping[str, str], fallback: str) -> str:
    """A code for addresses from an English name; ``fallback`` where there is none to use."""
    code = re.sub(r"[^a-z0-9]+", "_", name.get("en", "").lower()).strip("_")[:_LONGEST].strip("_")
    return code if code[:1].isalpha() else fallback


def numbered(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or with the first number that makes it free."""
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    return found


def free_code(name: Mapping[str, str], fallback: str, taken: Collection[str]) -> str:
    """A code that is not taken, made of the English name where there is one."""
    return numbered(code_from(name, fallback), taken)

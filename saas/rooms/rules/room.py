"""Pure decisions about rooms: status, codes, order."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

STATUSES: Final = ("planned", "open", "paused", "retired")
#: status → statuses it may change to. Retired rooms can be brought back as planned.
CHANGES: Final[Mapping[str, tuple[str, ...]]] = {
    "planned": ("open", "retired"),
    "open": ("paused", "retired"),
    "paused": ("open", "retired"),
    "retired": ("planned",),
}
NEEDS_REASON: Final = frozenset({"paused", "retired"})


def may_change(before: str, after: str) -> bool:
    """Whether a room's status may go from ``before`` to ``after``."""
    return after in CHANGES.get(before, ())


def code_from(name: Mapping[str, str], fallback: str) -> str:
    """A code for addresses from an English name; ``fallback`` where there is none to use."""
    code = re.sub(r"[^a-z0-9]+", "_", name.get("en", "").lower()).strip("_")[:32].strip("_")
    return code if code and code[0].isalpha() else fallback


def swapped(codes: Sequence[str], code: str, way: str) -> list[str]:
    """``codes`` with ``code`` one place further up or down; unchanged at the ends."""
    order, at = list(codes), list(codes).index(code)
    to = at + (-1 if way == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return order


def free_code(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or with the first number that makes it free."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}_{number}" in taken:
        number += 1
    return f"{wanted}_{number}"


def spread(places: Sequence[int]) -> list[int]:
    """The same places in order, each higher than the one before, so that two can be exchanged."""
    found: list[int] = []
    for place in sorted(places):
        found.append(max(place, found[-1] + 1) if found else place)
    return found

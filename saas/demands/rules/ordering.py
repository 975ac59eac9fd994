"""Order and codes of what a district lists: reasons, categories, templates."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

#: Longest code that can be made of a name; a number may follow.
_LONGEST = 32


def moved(codes: Sequence[str], code: str, way: str) -> list[str]:
    """``codes`` with ``code`` one place further up or down; unchanged at the ends."""
    order, at = list(codes), list(codes).index(code)
    to = at + (-1 if way == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return order


def free_code(name: Mapping[str, str], fallback: str, taken: Collection[str]) -> str:
    """A code that is not taken, made of the English name where there is one."""
    code = re.sub(r"[^a-z0-9]+", "_", name.get("en", "").lower()).strip("_")[:_LONGEST].strip("_")
    wanted = code if code[:1].isalpha() else fallback
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    return found

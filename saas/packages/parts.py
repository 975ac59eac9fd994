"""What a domain gives to model packages and takes from them.

Each domain's ``package_part.py`` offers one `Part`; `saas.domains` lists them in floor order. What
a district has is thus one value, in the shape of a package, that can be compared with another one,
written to files, and brought back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from saas.packages.schemas import Package

#: An item of a package: file, list in it, and the item's key there, such as
#: ``("rooms", "rooms", "food")``.
Address: TypeAlias = tuple[str, ...]


def _nothing_held() -> Mapping[Address, int]:
    return {}


@dataclass(frozen=True, slots=True)
class Part:
    """A domain's share of a package.

    ``bring`` makes the district's rows say what the package says; in an empty district that is
    installing. ``read`` gives what the district has now as ``{file: content}``, in the shape of
    `Package.parts`: after ``bring(p)`` it says what ``p`` says. ``held`` counts what stands on
    items that therefore cannot go.
    """

    bring: Callable[[Package], None]
    read: Callable[[], Mapping[str, Any]]
    held: Callable[[], Mapping[Address, int]] = _nothing_held

"""Pure decisions about rooms: status, codes, order."""

from __future__ import annotations

from collections.abc import Mapping
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


def lacking(*, hours: bool, place: bool, keeper: bool) -> tuple[str, ...]:
    """What residents would miss at a room that opens, by the name of its field."""
    has = {"hours": hours, "place": place, "keeper": keeper}
    return tuple(field for field, there in has.items() if not there)

"""What goods can be, what can become of them: decided from values alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

KINDS: Final = ("food", "clothes", "books", "aids", "home", "other")
CONDITIONS: Final = ("new", "used")
UNITS: Final = ("piece", "bag", "box", "bottle", "set", "copy", "quilt", "pair", "kilo")
#: By which paper something is worth what its giver says; by ``none`` no worth is claimed.
SOURCES: Final = ("invoice", "price", "expert", "none")
#: ``off`` and ``keep`` answer who asked to write something off.
VERBS: Final = ("in", "out", "off", "keep", "count", "void")
LOSSES: Final = ("spoiled", "lost", "broken")
HEADS: Final = ("household", "person")
STATES: Final = ("there", "gone", "void")
#: To fewer than so many something was given without everybody reading for what.
FEW: Final = 5
SOON: Final = timedelta(days=14)


def freshness(best_before: date | None, today: date) -> str:
    """Whether a day is over or near: past, soon, or ""."""
    if best_before is None or best_before - today > SOON:
        return ""
    return "past" if best_before < today else "soon"


def lacks(kind: str, condition: str, source: str, *, worth: object, best_before: object) -> str:
    """The field that does not fit the others; "" where all do."""
    if kind == "food" and condition == "used":
        return "condition"
    if kind == "food" and best_before is None:
        return "best_before"
    return "worth" if (source == "none") != (worth is None) else ""

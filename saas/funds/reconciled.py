"""Until which month the host's statement was held against this book: a floor above says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

Known = Callable[[], date | None]
_KNOWN: list[Known] = []


def say_reconciled(known: Known) -> Known:
    """Declare who knows the last day until which book and bank were held against each other."""
    _KNOWN.append(known)
    return known


def reconciled_until() -> date | None:
    """That day; None where no month was."""
    return max((day for known in _KNOWN if (day := known())), default=None)

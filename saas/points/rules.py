"""What is earned, which lots there are, and when they end. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from saas.ledger import Lot

WHATS: Final = ("came", "helped")
#: For coming once, for an hour of help, at most a day; how long they are good, and how long before
#: their end that is said.
TERMS: Final = ("per_visit", "per_hour", "most_a_day", "valid_days", "notice_days")
MINUTES: Final = 60


def earned(each: int, minutes: int | None, most: int | None, had: int) -> int:
    """Points for a visit (``minutes`` None) or for help: a whole hour each begun half counts; never
    more than ``most`` with what the day ``had``.
    """
    whole = each if minutes is None else each * round(minutes / MINUTES + 1e-9)
    return whole if most is None else max(0, min(whole, most - had))


def lots(sums: Mapping[date, Decimal]) -> list[Lot]:
    """What is left of each lot, the oldest first, out of the sums of its entries. What was taken
    back of a lot after it was spent is missing in the oldest that is left.
    """
    missing = -sum((left for left in sums.values() if left < 0), Decimal())
    found: list[Lot] = []
    for number, (on, left) in enumerate(sorted(sums.items())):
        part = min(max(left, Decimal()), missing)
        missing -= part
        if left - part > 0:
            found.append(Lot(number, left - part, on=on))
    return found


def ends(on: date, valid_days: int) -> date:
    """The last day on which a lot is good."""
    return on + timedelta(days=valid_days)

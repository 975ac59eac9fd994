"""Reports that come out again and again: the spans that their issues are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

#: The span that one issue of a report is about.
PERIODS: Final = ("month", "quarter", "year")
#: How a section is divided that is not divided at all.
UNDIVIDED: Final = "all"
_PERIOD: Final = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2])|-Q([1-4]))?")
_YEAR, _QUARTER = 12, 3


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year: first days of its first and last month.

    ``key`` is how it is written in an address: 2026-10, 2026-Q4 or 2026.
    """

    kind: str
    start: date
    end: date

    @property
    def key(self) -> str:
        """It in an address."""
        if self.kind == "month":
            return f"{self.start:%Y-%m}"
        year = f"{self.start.year:04}"
        return year if self.kind == "year" else f"{year}-Q{(self.start.month + 2) // _QUARTER}"

    def shifted(self, steps: int) -> Period:
        """The one so many after it, or before."""
        months = {"month": 1, "quarter": _QUARTER, "year": _YEAR}[self.kind]
        number = self.start.year * _YEAR + self.start.month - 1 + steps * months
        return period_of(self.kind, date(number // _YEAR, number % _YEAR + 1, 1))


def period_of(kind: str, day: date) -> Period:
    """The period of this kind in which a day lies."""
    if kind == "month":
        first = day.replace(day=1)
        return Period(kind, first, first)
    if kind == "year":
        return Period(kind, date(day.year, 1, 1), date(day.year, _YEAR, 1))
    month = (day.month - 1) // _QUARTER * _QUARTER + 1
    return Period(kind, date(day.year, month, 1), date(day.year, month + 2, 1))


def period_written(kind: str, text: str) -> Period | None:
    """The period that an address names; None where it names none of this kind."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return None
    year, month, quarter = match.groups()
    first = int(month) if month else (int(quarter) - 1) * _QUARTER + 1 if quarter else 1
    found = period_of(kind, date(int(year), first, 1))
    return found if found.key == text else None

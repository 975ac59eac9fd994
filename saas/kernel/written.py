"""Days and months as people write them: 2026-12-1, 2026/3, 2026年3月, in wide or narrow signs."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from saas.kernel.unseen import seen

_DAY: Final = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?:\D.*)?")
_DENSE_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH: Final = re.compile(r"(\d{4}) ?[-./年] ?(\d{1,2}) ?月?")
_DENSE_MONTH: Final = re.compile(r"(\d{4})(\d{2})")


def day_written(text: str) -> date | None:
    """A day, year first; None for what is none."""
    return _dated(text, _DAY, _DENSE_DAY)


def month_written(text: str) -> date | None:
    """The first day of a month, year first; None for what is none."""
    return _dated(text, _MONTH, _DENSE_MONTH)


def _dated(text: str, *forms: re.Pattern[str]) -> date | None:
    plain = " ".join(unicodedata.normalize("NFKC", seen(text)).split())
    found = next(filter(None, (form.fullmatch(plain) for form in forms)), None)
    try:
        return date(*(int(part) for part in (*found.groups(), "1")[:3])) if found else None
    except ValueError:
        return None

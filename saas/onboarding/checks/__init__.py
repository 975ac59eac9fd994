"""What must be true before a district goes live: one small function for each check.

Each looks at what is really there and returns its evidence as findings. None of them leaves
anything behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from saas.onboarding.checks import calendar, contrast, holders, ladder, notice, place, rooms, second
from saas.onboarding.rules import Finding

CHECKS: Final[Mapping[str, Callable[[], list[Finding]]]] = {
    "ladder": ladder.check,
    "holders": holders.check,
    "notice": notice.check,
    "rooms": rooms.check,
    "contrast": contrast.check,
    "place": place.check,
    "second": second.check,
    "calendar": calendar.check,
}

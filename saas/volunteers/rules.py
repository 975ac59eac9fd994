"""When a shift can be taken, and how much of a day one can have helped."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

#: A shift is within a day, and so are the minutes of one.
LONGEST: Final = timedelta(hours=24)
MOST_MINUTES: Final = 24 * 60
#: So long after a session the desk may still say who helped.
AFTER: Final = timedelta(days=31)


def barred(*, cancelled: bool, left: bool, full: bool, over: bool, busy: bool) -> str | None:
    """Why somebody cannot take a shift; None if they can."""
    reasons = {"cancelled": cancelled, "left": left, "over": over, "full": full, "busy": busy}
    return next((name for name, holds in reasons.items() if holds), None)

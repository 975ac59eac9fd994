"""What is decided about getting in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

STATES: Final = ("asked", "confirmed", "refused")
#: So long somebody can come to the desk; afterwards it is asked anew.
LASTS: Final = timedelta(days=30)
#: Accounts asked for from one address in an hour: a hall full of people, no script.
REGISTER_LIMIT: Final = 30
REGISTER_WINDOW: Final = timedelta(hours=1)
#: Wrong codes from one device are counted with the number; these are all of an address.
CODE_LIMIT: Final = 60


def is_open(state: str, at: datetime, now: datetime) -> bool:
    """Whether it still waits to be confirmed."""
    return state == "asked" and now < at + LASTS

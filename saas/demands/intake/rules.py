"""What is decided while something comes in: limits, likeness, codes as typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

#: A person files no more than this in the window; a tired finger or a script, not a need.
FILE_LIMIT: Final = 20
FILE_WINDOW: Final = timedelta(hours=1)
#: From one address no more is filed without an account: a hall full of people, no script.
GUEST_LIMIT: Final = 60
#: Letters and digits of a demand's code, of the secret beside it in the code to scan, and digits of
#: what stands beside its number.
CODE_LENGTH: Final = 16
SECRET_LENGTH: Final = 20
PIN_LENGTH: Final = 6
#: Digits tried beside one number in a day, from wherever; a right try begins the count anew. Wrong
#: ones count for their address as wrong codes do: nobody alone soon shuts a slip for its holder.
PIN_LIMIT: Final = 100
PIN_WINDOW: Final = timedelta(days=1)
#: From here on two demands may be about the same, and from there on it is asked before sending.
MAY_BE_SAME: Final = 0.3
LIKELY_SAME: Final = 0.5
#: Wrong codes from one address in a window; right ones need no limit, nobody guesses one.
TRACK_WRONG_LIMIT: Final = 10
TRACK_WINDOW: Final = timedelta(minutes=15)

_HALF_LIFE: Final = timedelta(days=14)


def sameness(alike: float, *, same_place: bool, age: timedelta) -> float:
    """How likely a living demand of the same category is the same matter, 0 to 1.

    The words count most, then whether it is at the very same place, then how new it is.
    """
    fresh: float = 0.5 ** max(age / _HALF_LIFE, 0.0)
    return 0.6 * alike + 0.25 * same_place + 0.15 * fresh

"""Hours of a day as one value: when something opens and when it closes, in local times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import Final, NamedTuple

_CLOCK: Final = re.compile(r"[0-9]{2}:[0-9]{2}")


class Span(NamedTuple):
    """From ``opens`` to ``closes`` on one day."""

    opens: time
    closes: time


def read_time(text: str) -> time | None:
    """09:30 as a time; None for anything else."""
    try:
        return time.fromisoformat(text) if _CLOCK.fullmatch(text) else None
    except ValueError:
        return None


def fault_of_spans(spans: Sequence[Span]) -> str | None:
    """``order`` where one closes before it opens, ``overlap`` where two meet, else None."""
    ordered = sorted(spans)
    if any(opens >= closes for opens, closes in ordered):
        return "order"
    return "overlap" if any(a[1] > b[0] for a, b in pairwise(ordered)) else None

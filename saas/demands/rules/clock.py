"""What time a demand has: the hours of a level, and the light that shows how much is left.

A level's clock starts when a demand enters it and again when it is accepted there; what is said
about it never starts one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saas.casework.clock import Clock
from saas.demands.rules.states import DONE, RUNNING


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours that a level has, and the share of them (percent) after which it is warned."""

    accept: int
    resolve: int
    warn_percent: int


def light(state: str, clock: Clock, now: datetime) -> str:
    """good, warn or late; waiting while a clock stands; done, or ended without a result."""
    if state in DONE:
        return "done" if state in {"resolved", "confirmed"} else "ended"
    if state not in RUNNING:
        return "paused"
    if clock.due_at is None:
        return "good"
    if now >= clock.due_at:
        return "late"
    return "warn" if clock.warn_at and now >= clock.warn_at else "good"

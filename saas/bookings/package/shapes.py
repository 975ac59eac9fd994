"""The rows of bookings.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.bookings.rules import WHO
from saas.packages.schemas.fields import ChoiceField, Code, WholeField


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a kind of room is booked; without ``room`` every one that is not named."""

    who: Annotated[str, ChoiceField(*WHO)]
    notice_hours: Annotated[int, WholeField(least=0, most=720)]
    ahead_days: Annotated[int, WholeField(least=1, most=366)]
    longest_minutes: Annotated[int, WholeField(least=30, most=2880)]
    buffer_minutes: Annotated[int, WholeField(least=0, most=240)]
    grace_minutes: Annotated[int, WholeField(least=5, most=240)]
    room: Code | None = None
    approval: bool = False
    holidays: bool = False


@dataclass(frozen=True, slots=True)
class Bookings:
    """bookings.yaml."""

    terms: tuple[Terms, ...] = ()

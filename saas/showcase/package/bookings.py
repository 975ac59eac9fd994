"""The file of a demo district out of which its bookings are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from saas.packages.schemas.fields import ChoiceField, TextField

_Name: TypeAlias = Annotated[str, TextField(limit=60)]


@dataclass(frozen=True, slots=True)
class DemoPurpose:
    """What rooms are booked for."""

    kind: Annotated[str, ChoiceField("meeting", "activity", "guest")]
    words: Annotated[str, TextField(limit=100)]


@dataclass(frozen=True, slots=True)
class DemoBookings:
    """bookings.yaml: words and names out of which the bookings around today are made."""

    purposes: tuple[DemoPurpose, ...]
    guests: tuple[_Name, ...]

"""The rows of rooms.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from saas.packages.schemas.fields import Code, Label, Many, TextField, fail
from saas.workdays.package.shapes import Hours


class SealField(TextField):
    """The one character that stands for a room."""

    def shaped(self, value: str) -> str:
        """Exactly one character, so that it can be read at the size of an icon."""
        return value if len(value) == 1 else fail("bad_seal", found=value[:60])

    def as_json(self) -> dict[str, Any]:
        """One sign."""
        return {**super().as_json(), "maxLength": 1}


Seal: TypeAlias = Annotated[str, SealField()]


@dataclass(frozen=True, slots=True)
class Centre:
    """The support centre at the heart of a street's plan."""

    code: Code
    name: Label
    seal: Seal
    purpose: Label


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform, which serves organisations and gathers rooms."""

    code: Code
    name: Label
    seal: Seal
    purpose: Label


@dataclass(frozen=True, slots=True)
class Room:
    """A function room, which serves residents."""

    code: Code
    platform: Code
    name: Label
    seal: Seal
    purpose: Label
    services: Annotated[tuple[Label, ...], Many(least=1, most=40)]
    hours: Annotated[tuple[Hours, ...], Many(most=30)]
    by_appointment: bool = False


@dataclass(frozen=True, slots=True)
class Rooms:
    """rooms.yaml: what every street office that adopts the model begins with."""

    centre: Centre
    platforms: Annotated[tuple[Platform, ...], Many(most=60)]
    rooms: Annotated[tuple[Room, ...], Many(most=300)]

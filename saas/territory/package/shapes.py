"""The rows of territory.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.packages.schemas.fields import Code, Label, Many

#: The ladder that demands climb. The other ladders of a package are its own affair.
ESCALATION = "escalation"
#: The kind of unit that a department is.
DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit, and the kinds under which it may stand; the root kind has none."""

    code: Code
    name: Label
    under: Annotated[tuple[Code, ...], Many(most=40)]


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of a ladder; ``kind`` is the kind of unit that holds it, where one does."""

    code: Code
    name: Label
    kind: Code | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """A named order of levels, bottom first."""

    code: Code
    name: Label
    levels: Annotated[tuple[Level, ...], Many(least=1, most=20)]


@dataclass(frozen=True, slots=True)
class Department:
    """An office beside the levels, to which things are handed that are its business."""

    code: Code
    name: Label


@dataclass(frozen=True, slots=True)
class Territory:
    """territory.yaml: kinds of units from the root down, and the ladders over them.

    ``departments`` are units of the kind ``department`` with which every new district begins.
    """

    kinds: Annotated[tuple[Kind, ...], Many(least=1, most=40)]
    ladders: Annotated[tuple[Ladder, ...], Many(least=1, most=40)]
    departments: Annotated[tuple[Department, ...], Many(most=300)] = ()

    def ladder(self, code: str) -> Ladder:
        """The ladder of that code; a package that loads has every ladder it speaks of."""
        return next(ladder for ladder in self.ladders if ladder.code == code)

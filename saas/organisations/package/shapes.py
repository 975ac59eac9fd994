"""The rows of organisations.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.organisations.rules import NEEDS
from saas.packages.schemas.fields import ChoiceField, Code, Label, Many, WholeField


@dataclass(frozen=True, slots=True)
class Criterion:
    """A measure of which there must be so much, perhaps within the last days."""

    measure: Code
    at_least: Annotated[int, WholeField(least=1, most=100_000)]
    within_days: Annotated[int, WholeField(least=1, most=3650)] | None = None


@dataclass(frozen=True, slots=True)
class Type:
    """What an organisation can be: how it comes in, who supports it, how long it may be silent."""

    code: Code
    name: Label
    needs: Annotated[str, ChoiceField(*NEEDS)]
    supporter: Code
    silent_days: Annotated[int, WholeField(least=31, most=3650)]
    most_members: Annotated[int, WholeField(least=1, most=100_000)]
    source: Label
    valid_months: Annotated[int, WholeField(least=1, most=240)] | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a type's track, and what it takes to leave it for the next one."""

    code: Code
    type: Code
    name: Label
    criteria: Annotated[tuple[Criterion, ...], Many(most=12)] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word to choose."""

    code: Code
    name: Label


@dataclass(frozen=True, slots=True)
class Organisations:
    """organisations.yaml."""

    types: tuple[Type, ...] = ()
    stages: tuple[Stage, ...] = ()
    classes: tuple[Term, ...] = ()
    exits: tuple[Term, ...] = ()
    pilots: tuple[Term, ...] = ()

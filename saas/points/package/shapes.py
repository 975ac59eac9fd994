"""The rows of points.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.packages.schemas.fields import ChoiceField, Code, Label, TextField, WholeField
from saas.points.rules import TERMS, WHATS


@dataclass(frozen=True, slots=True)
class PointRule:
    """A rule of the points: its number, and where it comes from."""

    code: Annotated[str, ChoiceField(*TERMS)]
    number: Annotated[int, WholeField(least=1, most=3650)]
    source: Label
    dated: Annotated[str, TextField(limit=10)]


@dataclass(frozen=True, slots=True)
class PointBadge:
    """A badge for having come, or helped, so many times."""

    code: Code
    name: Label
    what: Annotated[str, ChoiceField(*WHATS)]
    times: Annotated[int, WholeField(least=1, most=1000)]


@dataclass(frozen=True, slots=True)
class Points:
    """points.yaml."""

    terms: tuple[PointRule, ...] = ()
    badges: tuple[PointBadge, ...] = ()

"""The rows of visits.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.packages.schemas.fields import ChoiceField, Label, TextField, WholeField
from saas.visits.rules import TERMS


@dataclass(frozen=True, slots=True)
class Term:
    """A rule for visits: its sentence, its number where it has one, and where it comes from."""

    code: Annotated[str, ChoiceField(*TERMS)]
    words: Label
    source: Label
    dated: Annotated[str, TextField(limit=10)]
    number: Annotated[int, WholeField(least=1, most=100)] | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """visits.yaml."""

    terms: tuple[Term, ...] = ()

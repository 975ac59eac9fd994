"""The rows of funds.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.funds.rules import TERMS
from saas.packages.schemas.fields import ChoiceField, Code, Label, TextField, WholeField


@dataclass(frozen=True, slots=True)
class Purpose:
    """What gifts can be for; the one coded ``free`` may be used for any."""

    code: Code
    name: Label


@dataclass(frozen=True, slots=True)
class Term:
    """A rule of the fund: its sentence, its number where it has one, and where it comes from."""

    code: Annotated[str, ChoiceField(*TERMS)]
    words: Label
    source: Label
    dated: Annotated[str, TextField(limit=10)]
    number: Annotated[int, WholeField(least=1, most=400)] | None = None


@dataclass(frozen=True, slots=True)
class Funds:
    """funds.yaml."""

    purposes: tuple[Purpose, ...] = ()
    terms: tuple[Term, ...] = ()

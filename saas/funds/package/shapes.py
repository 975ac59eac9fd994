"""The rows of funds.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.packages.schemas.fields import Code, Label, Many, TextField
from saas.packages.terms import Term


@dataclass(frozen=True, slots=True)
class Purpose:
    """What gifts can be for; the one coded ``free`` may be used for any."""

    code: Code
    name: Label


@dataclass(frozen=True, slots=True)
class Proof:
    """What has to be there before a campaign on a basis is published."""

    code: Code
    name: Label


@dataclass(frozen=True, slots=True)
class Basis:
    """On which law gifts can be asked for, what that allows, and which proofs it takes."""

    code: Code
    name: Label
    words: Label
    proofs: Annotated[tuple[Proof, ...], Many(least=1, most=9)]
    source: Label
    dated: Annotated[str, TextField(limit=10)]


@dataclass(frozen=True, slots=True)
class Funds:
    """funds.yaml."""

    purposes: tuple[Purpose, ...] = ()
    bases: tuple[Basis, ...] = ()
    terms: tuple[Term, ...] = ()

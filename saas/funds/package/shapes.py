"""The rows of funds.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.funds.rules import ORGANS
from saas.packages.schemas.fields import ChoiceField, Code, Label, Many, TextField
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
class Organ:
    """A committee, a space or a platform of the fund, and the room that it is, if it is one."""

    code: Code
    kind: Annotated[str, ChoiceField(*ORGANS)]
    name: Label
    room: Code | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Funds:
    """funds.yaml."""

    purposes: tuple[Purpose, ...] = ()
    bases: tuple[Basis, ...] = ()
    organs: tuple[Organ, ...] = ()
    terms: tuple[Term, ...] = ()

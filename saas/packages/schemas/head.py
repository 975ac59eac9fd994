"""package.yaml: the head of a model package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.packages.schemas.fields import Code, Key, Label, Many, TextField, Version


@dataclass(frozen=True, slots=True)
class BasedOn:
    """The edition of another package that this one was made from."""

    key: Key
    version: Version


@dataclass(frozen=True, slots=True)
class Head:
    """package.yaml: what this package is, whose it is, and which of its names are whose.

    ``needs`` is the lowest version of the product that can install it; ``licence`` says on which
    terms others may use it.
    """

    key: Key
    version: Version
    title: Label
    summary: Label
    publisher: Label
    source: Label
    notes: Annotated[tuple[Label, ...], Many(least=1, most=50)]
    needs: Version | None = None
    licence: Annotated[str, TextField(limit=100)] | None = None
    based_on: BasedOn | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What a district calls one of the product's ideas."""

    term: Code
    name: Label


@dataclass(frozen=True, slots=True)
class Words:
    """words.yaml."""

    words: Annotated[tuple[Word, ...], Many(least=1, most=500)]

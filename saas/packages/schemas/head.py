"""package.yaml: the head of a model package."""

from __future__ import annotations

from dataclasses import dataclass

from saas.packages.schemas.fields import Key, Label, Part, Rows, Strict, Text, Version, label


@dataclass(frozen=True, slots=True)
class BasedOn:
    """The edition of another package that this one was made from."""

    key: str
    version: str


class BasedOnSchema(Strict):
    """``based_on`` of package.yaml."""

    shape = BasedOn
    key = Key(required=True)
    version = Version(required=True)


@dataclass(frozen=True, slots=True)
class Head:
    """package.yaml: what this package is, whose it is, and which of its names are whose.

    ``needs`` is the lowest version of the product that can install it; ``licence`` says on which
    terms others may use it.
    """

    key: str
    version: str
    title: Label
    summary: Label
    publisher: Label
    source: Label
    notes: tuple[Label, ...]
    needs: str | None = None
    licence: str | None = None
    based_on: BasedOn | None = None


class HeadSchema(Strict):
    """package.yaml."""

    shape = Head
    key = Key(required=True)
    version = Version(required=True)
    title = label()
    summary = label()
    publisher = label()
    source = label()
    notes = Rows(label(), required=True, least=1, most=50)
    needs = Version()
    licence = Text(limit=100)
    based_on = Part(BasedOnSchema)

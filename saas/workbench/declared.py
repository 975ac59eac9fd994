"""What a domain puts on the start page: a card, and what it holds on this day for this person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from saas.kernel.context import Actor
from saas.kernel.domain import Words


@dataclass(frozen=True, slots=True)
class Count:
    """A counted number; ``url`` is the list that it counts. ``tone`` marks what is not nothing:
    late, warn or good.
    """

    number: int
    words: Words
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A thing of its own: name, what is said beside it, and a mark as (tone, word)."""

    name: str
    url: str
    note: str = ""
    mark: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A place and its numbers, in the order of the table's heads."""

    name: str
    url: str
    counts: Sequence[Count]


@dataclass(frozen=True, slots=True)
class Found:
    """What a card holds.

    ``heads`` and ``rows`` are a table of places. ``more``: (word, url) of all of the ``lines``;
    ``acts``: what is begun from here, as (word, icon, url). ``template`` draws, with ``values``,
    what only this card has.
    """

    counts: Sequence[Count] = ()
    lines: Sequence[Line] = ()
    heads: Sequence[Words] = ()
    rows: Sequence[Row] = ()
    more: tuple[str, str] | None = None
    acts: Sequence[tuple[str, str, str]] = ()
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def silent(self) -> bool:
        """Whether there is nothing to say: then the card folds into the line of what is well."""
        counted = any(count.number for count in self.counts)
        return not (counted or self.lines or self.rows or self.template)


#: Where a card stands: what is to be done, what is to be known beside it, and what takes the width.
MAIN, SIDE, WHOLE = "main", "side", "whole"


@dataclass(frozen=True, slots=True)
class Card:
    """A block of the start page, for who holds ``needs``, at one of the places of the page.

    ``find`` looks for this person; None: it is nothing to them.
    """

    code: str
    words: Words
    needs: str
    order: int
    find: Callable[[Actor], Found | None]
    place: str = SIDE

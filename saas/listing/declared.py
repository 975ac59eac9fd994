"""What is said of a list, once: values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.kernel.context import Actor
from saas.kernel.domain import Words
from saas.kernel.folding import folded

Row = TypeVar("Row")
Read = TypeVar("Read", covariant=True)
Values = Mapping[str, Any]
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a field: ``note`` small beneath it, ``tone`` as a status (see macros/data)."""

    text: str
    note: str = ""
    url: str | None = None
    tone: str = ""


Content = str | Cell | Sequence[Cell]


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column, known by ``name`` in the address, in JSON and in files.

    The first column of a list names the row: it heads the card on a phone. ``order``: what it is
    sorted by. ``narrow``: never broken into lines (moments, codes, numbers). ``drawn``: False for
    what only files have, since the page says it in another column.
    """

    name: str
    words: Words
    content: Callable[[Row], Content]
    order: sa.SQLColumnExpression[Any] | None = None
    narrow: bool = False
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that a filter offers, and how many rows it has, where that is counted."""

    value: str
    words: Words
    number: int | None = None


def _no_choices(actor: Actor, values: Values) -> Sequence[Choice]:
    return ()


@dataclass(frozen=True, slots=True)
class Filter:
    """Narrows a list by what stands under ``name`` in the address.

    ``condition``: what a value asks of a row. ``choices``: what is offered to this actor, when
    these other values were chosen. ``read``: a value out of the text, None if it is none; without
    it, or then, a value is one of the choices. ``kind``: chips; day, select or text (fields of one
    form; to a text the choices are suggestions); hidden (only followed from elsewhere); own (the
    page draws it). ``within``: the filter whose
    choice this one divides and falls with. ``every``: the word for no value; ``otherwise``: what is
    asked of a row then.
    """

    name: str
    words: Words
    condition: Callable[[Any], ColumnElement[bool]]
    choices: Callable[[Actor, Values], Sequence[Choice]] = _no_choices
    read: Callable[[str], Any] | None = None
    kind: str = "chips"
    within: str = ""
    every: Words = ""
    otherwise: ColumnElement[bool] | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """Looking for words: what the field is called, and what words ask of a row."""

    words: Words
    condition: Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to many rows at once, each by itself.

    ``find``: the door, given the key of a row; where the key has a mark of what was seen, it raises
    `Conflict` when the thing has moved on. ``do``: the command, given the thing, and by name
    ``actor``, and ``reason`` and ``choice`` where these have words for such a field; ``choices``
    are what can be chosen for all of them. ``named``: what to call it. ``fits``: for which rows it
    stands in the row too, at one press; only what asks nothing can. ``key``: its letter.
    """

    name: str
    words: Words
    needs: str
    find: Callable[[str, Actor], Any]
    do: Callable[..., Any]
    named: Callable[[Any], str]
    reason: Words = ""
    choice: Words = ""
    choices: Callable[[Actor], Sequence[Choice]] = lambda actor: ()
    fits: Callable[[Any], bool] | None = None
    key: str = ""


#: Filters that are fields of one form.
FIELDS = ("day", "select", "text")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. ``values``: the filters that were understood; ``texts``: how they
    stand in the address; ``ignored``: names of those that were not. ``sort``: a column, or "".
    ``more``: whether all filters are wanted.
    """

    search: str = ""
    values: Values = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    down: bool = False
    page: int = 1
    ignored: tuple[str, ...] = ()
    more: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.search or self.values)

    def address(self, **changed: Any) -> dict[str, Any]:
        """Its own parts of the address, the page left out, with some of them changed."""
        sort = f"-{self.sort}" if self.down else self.sort
        parts = {"q": self.search, **self.texts, "sort": sort, **changed}
        return {name: str(text) for name, text in parts.items() if text not in ("", None)}


class Reader(Protocol[Read]):
    """A list's own way to a page of rows, and how many there are in all."""

    def __call__(
        self, asked: Asked, actor: Actor, number: int, size: int
    ) -> tuple[Sequence[Read], int]: ...


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list. ``endpoint``: its page, by which it is known.

    ``query``: everything in the actor's reach, in no order. ``rows``: what stands in a page, worked
    out for all its rows at once. ``order``: unless another is asked for; it ends with something
    that no two rows share. ``read`` takes the place of these where a list has its own way.
    ``key``: by what acts find a row again; see `Act`. ``most_counted``: the total stops there.
    """

    endpoint: str
    words: Words
    columns: tuple[Column[Row], ...]
    query: Callable[[Actor], sa.Select[Any]] | None = None
    rows: Callable[[Sequence[Any], Actor], Sequence[Row]] | None = None
    order: tuple[Any, ...] = ()
    read: Reader[Row] | None = None
    search: Search | None = None
    filters: tuple[Filter, ...] = ()
    acts: tuple[Act, ...] = ()
    key: Callable[[Row], str] | None = None
    size: int = 30
    most_counted: int | None = None

    @property
    def code(self) -> str:
        """How it is known among all lists."""
        return self.endpoint


def day_in(text: str) -> date | None:
    """A day as people write it: 2026-3-1, 2026/3/1, 2026.3.1, or with the Chinese words for year,
    month and day; in any width.
    """
    plain = folded(text)
    for sign in "\u5e74\u6708/.":
        plain = plain.replace(sign, "-")
    parts = plain.removesuffix("\u65e5").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        day = date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return None
    return day if day.year in _YEARS else None


def number_in(text: str) -> int | None:
    """A number of a row."""
    plain = folded(text)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 19 else None

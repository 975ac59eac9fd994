"""A list as its template shows it: words and addresses, each worked out when it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.listing import acting, files, queries
from saas.listing.declared import FIELDS, Act, Asked, Cell, Column, Content, Filter, Listing
from saas.web.addresses import url_of
from saas.web.shell import PageOf

_ALL, _SORT = _l("All"), _l("the order")
Chip = tuple[str, str, bool] | tuple[str, str, bool, int | None]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; ``url`` sorts by it, ``sorted`` says how it is now."""

    words: str
    url: str | None
    sorted: str


@dataclass(frozen=True, slots=True)
class FilterField:
    """A filter as a field: a day, or what can be chosen. ``every`` is the word for no value."""

    name: str
    words: str
    value: str
    every: str
    options: list[tuple[str, str]]
    kind: str


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view that the reader keeps."""

    name: str
    url: str
    here: bool
    drop_url: str


@dataclass(frozen=True)
class ListShown:
    """One page of a list for who looks at it."""

    listing: Listing[Any]
    asked: Asked
    actor: Actor
    rows: Sequence[Any] = ()
    page: PageOf = field(default_factory=lambda: PageOf(1, 0, 1))

    @property
    def words(self) -> str:
        """What the list is called."""
        return str(self.listing.words)

    def url(self, **changed: Any) -> str:
        """The address of this list with some parts of what is asked changed, from page one.

        Put together here: a page has some twenty of them, and the route is looked up once.
        """
        asked = urlencode(self.asked.address(**changed))
        return f"{self.whole_url}?{asked}" if asked else self.whole_url

    @cached_property
    def whole_url(self) -> str:
        """The list with nothing left out."""
        return url_of(self.listing.endpoint)

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns."""
        return [self._head(column) for column in self._drawn]

    @property
    def _drawn(self) -> list[Column[Any]]:
        return [column for column in self.listing.columns if column.drawn]

    def _head(self, column: Column[Any]) -> Head:
        if column.order is None:
            return Head(str(column.words), None, "")
        here = column.name == self.asked.sort
        way = ("descending" if self.asked.down else "ascending") if here else ""
        wanted = f"-{column.name}" if way == "ascending" else column.name
        return Head(str(column.words), self.url(sort=wanted), way)

    @property
    def lines(self) -> Iterator[tuple[str, list[tuple[Column[Any], list[Cell]]]]]:
        """Key and fields of every row."""
        key, drawn = self.listing.key, self._drawn
        for row in self.rows:
            fields = [(column, _cells(column.content(row))) for column in drawn]
            yield key(row) if key else "", fields

    def narrows(self, *but: str) -> bool:
        """Whether anything is left out of the list, by other filters than these."""
        return bool(self.asked.search or self.asked.values.keys() - set(but))

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """What stays in the address when a form of these names is sent."""
        return [pair for pair in self.asked.address().items() if pair[0] not in without]

    @property
    def chips(self) -> list[tuple[str, list[Chip]]]:
        """The filters that offer something: what each is called, and what it offers."""
        drawn = [one for one in self.listing.filters if one.kind in ("chips", "hidden")]
        named = [(one, self._chips(one)) for one in drawn]
        return [(str(one.words), found) for one, found in named if len(found) > 1]

    def _chips(self, one: Filter) -> list[Chip]:
        below = {each.name: "" for each in self.listing.filters if each.within == one.name}
        value = self.asked.texts.get(one.name, "")
        every: Chip = (str(one.every or _ALL), self.url(**below, **{one.name: ""}), not value)
        if one.kind == "hidden":
            return [every, (f"{one.words} {value}", self.url(), True)] if value else []
        choices = one.choices(self.actor, self.asked.values)
        return [every, *(self._chip(one.name, each, value, below) for each in choices)]

    def _chip(self, name: str, choice: Any, value: str, below: dict[str, str]) -> Chip:
        here = choice.value == value
        changed = {name: choice.value} if here else {**below, name: choice.value}
        return str(choice.words), self.url(**changed), here, choice.number

    @cached_property
    def fields(self) -> list[FilterField]:
        """Filters that are fields of one form."""
        drawn = [one for one in self.listing.filters if one.kind in FIELDS]
        return [self._field(one) for one in drawn]

    def _field(self, one: Filter) -> FilterField:
        choices = one.choices(self.actor, self.asked.values) if one.kind != "day" else ()
        options = [(each.value, str(each.words)) for each in choices]
        value = self.asked.values.get(one.name, "")
        return FilterField(
            one.name, str(one.words), str(value), str(one.every or _ALL), options, one.kind
        )

    @property
    def ignored(self) -> list[str]:
        """In words, what was asked and not understood."""
        words = {one.name: str(one.words) for one in self.listing.filters}
        return [words.get(name, str(_SORT)) for name in self.asked.ignored]

    @property
    def file_urls(self) -> list[tuple[str, str]]:
        """Where exactly these rows are had as files."""
        return [(str(word), self.url(**{"as": kind})) for kind, word in files.KINDS.items()]

    @property
    def fields_open(self) -> bool:
        """Whether the form of filters is asked for, or one of its fields is filled in."""
        names = {one.name for one in self.listing.filters if one.kind in FIELDS}
        return self.asked.more or not names.isdisjoint(self.asked.values)

    @cached_property
    def views(self) -> list[KeptView]:
        """The views that the reader keeps of this list."""
        here = self.asked.address()
        return [
            KeptView(
                view.name,
                f"{self.whole_url}?{urlencode(view.asked)}",
                view.asked == here,
                url_for("listing.drop_view", view_id=view.id),
            )
            for view in queries.views_of(self.listing.code, actor=self.actor)
        ]

    @property
    def keeps_views(self) -> bool:
        """Whether this reader can keep what is asked as a view of their own."""
        asks = self.asked.narrows or bool(self.asked.sort)
        return asks and self.actor.person_id is not None and not any(v.here for v in self.views)

    @cached_property
    def acts(self) -> list[Act]:
        """What the reader may do to many rows at once."""
        return acting.offered(self.listing, self.actor) if self.rows else []

    def row_acts(self, row: Any) -> list[tuple[Act, str]]:
        """What can be done to a row at one press, and what is sent for it."""
        key = self.listing.key
        fitting = [act for act in self.acts if act.fits and act.fits(row)]
        return [(act, f"{act.name}.{key(row)}") for act in fitting] if key else []


def _cells(content: Content) -> list[Cell]:
    if isinstance(content, str):
        return [Cell(content)] if content else []
    return [content] if isinstance(content, Cell) else list(content)

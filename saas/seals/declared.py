"""What is sealed, said once by the domain whose table it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from saas.kernel.db import is_append_only

_Text = Callable[[Any], sa.ColumnElement[str]]


def _plain(column: Any) -> sa.ColumnElement[str]:
    return sa.cast(column, sa.Text)


def _seconds(column: Any) -> sa.ColumnElement[str]:
    """Exact to the microsecond as stored, whatever the session's zone or style of dates."""
    return sa.cast(sa.extract("epoch", column), sa.Text)


def _hex(column: Any) -> sa.ColumnElement[str]:
    return sa.func.encode(sa.type_coerce(column, sa.LargeBinary), sa.text("'hex'"))


#: Kind of column → its tag, and what is stored in it as text that depends on no setting.
_KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], str, _Text], ...] = (
    (JSONB, "j", _plain),
    (sa.DateTime, "s", _seconds),
    (sa.Date, "d", _seconds),
    (sa.Interval, "s", _seconds),
    (sa.Boolean, "b", _plain),
    (sa.Integer, "i", _plain),
    (sa.Float, "f", lambda c: sa.func.encode(sa.func.float8send(c), sa.text("'hex'"))),
    (sa.Numeric, "n", _plain),
    (sa.String, "t", lambda c: sa.type_coerce(c, sa.Text)),
    (sa.LargeBinary, "x", _hex),
)


def _kind_of(column: sa.Column[Any]) -> tuple[str, _Text]:
    kind = column.type
    while isinstance(kind, sa.types.TypeDecorator):
        kind = kind.impl_instance
    for known, tag, text in _KINDS:
        if isinstance(kind, known):
            return tag, text
    raise TypeError(f"{column} is of a kind that cannot be sealed: {kind!r}")


@dataclass(frozen=True)
class Book:
    """A table that may only grow, row by row in the order of its ids.

    ``columns`` are all of them in the order in which they are sealed, ``id`` first. One that the
    table gets later is put at the end, and the order never changes: a seal knows how many of them
    it was made over. ``words`` say what the book is.

    Raises TypeError for a table that may change, or whose columns are not these.
    """

    code: str
    table: sa.Table
    columns: tuple[str, ...]
    words: object = None

    def __post_init__(self) -> None:
        if not is_append_only(self.table):
            raise TypeError(f"{self.table.name} may change: it cannot be sealed")
        if self.columns[0] != "id" or sorted(self.columns) != sorted(self.table.columns.keys()):
            raise TypeError(f"{self.table.name}: a book has every column once, its id first")
        for name in self.columns:
            _kind_of(self.table.columns[name])

    @property
    def form(self) -> list[list[str]]:
        """The columns with their tags, as they are sealed."""
        return [[name, _kind_of(self.table.columns[name])[0]] for name in self.columns]

    def rows(self) -> sa.Select[Any]:
        """Its rows as text, in order; the first value is the id."""
        texts = [_kind_of(c)[1](c).label(f"v{n}") for n, c in enumerate(self._columns())]
        return sa.select(*texts).order_by(self.table.columns["id"])

    def _columns(self) -> list[sa.Column[Any]]:
        return [self.table.columns[name] for name in self.columns]


def books_of(declared: Iterable[object], plane: str) -> tuple[Book, ...]:
    """Those of districts (``tenant``) or of the ``hub``."""
    books = (book for book in declared if isinstance(book, Book))
    return tuple(book for book in books if (book.table.schema == "hub") == (plane == "hub"))

"""A book is a table that only grows, with every column; what it says of a row is what is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.dialects import postgresql

from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY
from saas.seals import rules
from saas.seals.declared import Book

_MOMENT = datetime(2026, 11, 28, 8, 0, 0, 123457, UTC)


def _table(*columns: sa.Column[object], grows: bool = True) -> sa.Table:
    own = sa.MetaData()
    info = APPEND_ONLY if grows else {}
    return sa.Table("ledger", own, sa.Column("id", sa.BigInteger), *columns, **info)


def test_a_ledger_of_money_is_declared_in_one_line() -> None:
    table = _table(
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("amount", sa.Numeric(14, 2)),
        sa.Column("day", sa.Date),
        sa.Column("words", sa.String(20)),
        sa.Column("open", sa.Boolean),
        sa.Column("payee", Sealed),
        sa.Column("facts", postgresql.JSONB),
    )
    book = Book("ledger", table, ("id", "at", "amount", "day", "words", "open", "payee", "facts"))
    assert [tag for _, tag in book.form] == ["i", "s", "n", "d", "t", "b", "x", "j"]


@pytest.mark.parametrize(
    ("table", "columns", "why"),
    [
        (_table(grows=False), ("id",), "may change"),
        (_table(sa.Column("at", sa.Date)), ("id",), "every column"),
        (_table(sa.Column("at", sa.Date)), ("at", "id"), "its id first"),
        (_table(sa.Column("many", sa.ARRAY(sa.Text))), ("id", "many"), "cannot be sealed"),
    ],
)
def test_a_table_that_cannot_show_a_change_is_refused(
    table: sa.Table, columns: tuple[str, ...], why: str
) -> None:
    with pytest.raises(TypeError, match=why):
        Book("ledger", table, columns)


_TEXTS = some.lists(some.none() | some.text(max_size=4), min_size=2, max_size=3)


@given(rows=some.lists(_TEXTS, max_size=3), others=some.lists(_TEXTS, max_size=3))
def test_two_lots_of_rows_that_differ_have_two_digests(
    rows: list[list[str | None]], others: list[list[str | None]]
) -> None:
    digests = []
    for lot in (rows, others):
        rolling = rules.Rolling()
        for row in lot:
            rolling.add(row)
        digests.append(rolling.digest())
    assert (rows == others) == (digests[0] == digests[1])


_HEAD = rules.Head("audit", 2, 5, 9, 4, 2, _MOMENT, "a" * 64, "b" * 64)
_OTHER = {
    "book": "anchors",
    "number": 3,
    "after_id": 4,
    "last_id": 10,
    "rows": 5,
    "width": 1,
    "sealed_at": _MOMENT + timedelta(microseconds=1),
    "prev": "c" * 64,
    "digest": "d" * 64,
}


@pytest.mark.parametrize("changed", _OTHER)
def test_a_root_is_over_everything_that_a_seal_says(changed: str) -> None:
    form = [["id", "i"], ["at", "s"]]
    root = rules.root_of(_HEAD, form)
    assert rules.root_of(replace(_HEAD, **{changed: _OTHER[changed]}), form) != root  # type: ignore[arg-type]
    assert rules.root_of(_HEAD, [["id", "i"], ["at", "t"]]) != root
    later = [*form, ["later", "t"]]
    assert rules.root_of(_HEAD, later) == root, "a column that comes later changes no old seal"
    assert rules.root_of(replace(_HEAD, sealed_at=_MOMENT.astimezone()), form) == root

"""What lies where: every total is a sum of entries, none is kept beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.separated import harmless

_HEADS = ("number", "on", "kind", "key", "amount", "balance", "reverses", "reason")


@dataclass(frozen=True, slots=True)
class Books:
    """The two tables of a domain: its accounts and its entries."""

    accounts: Any
    entries: Any


def account(books: Books, code: str) -> Any:
    """An account by its code, or None."""
    return session.scalar(sa.select(books.accounts).where(books.accounts.code == code))


def tips(books: Books, ids: Collection[int]) -> dict[int, tuple[int, Decimal]]:
    """Of each account the number of its last entry and what lies there since; read off an index."""
    table = books.entries
    last = (
        sa.select(table.number, table.after)
        .where(table.account_id == books.accounts.id)
        .order_by(table.number.desc())
        .limit(1)
        .lateral()
    )
    query = sa.select(books.accounts.id, last.c.number, last.c.after).join(last, sa.true())
    found = session.execute(query.where(books.accounts.id.in_(ids)))
    return {one: (number, after) for one, number, after in found}


def balance(books: Books, code: str) -> Decimal:
    """What lies in an account now; nothing in one that was never opened."""
    found = account(books, code)
    return tips(books, [found.id]).get(found.id, (0, Decimal()))[1] if found else Decimal()


def balances(books: Books, book: str, *, until: date | None = None) -> dict[str, Decimal]:
    """Every account of a book and what lay there at the end of a day: the sum of its entries."""
    one, table = books.accounts, books.entries
    query = (
        sa.select(one.code, sa.func.sum(table.amount))
        .join(table, table.account_id == one.id)
        .where(one.book == book)
        .group_by(one.code)
    )
    if until is not None:
        query = query.where(table.on <= until)
    return {code: Decimal(total) for code, total in session.execute(query)}


def entries_of(books: Books, account_id: int) -> Sequence[Any]:
    """The entries of an account in their order."""
    table = books.entries
    query = sa.select(table).where(table.account_id == account_id).order_by(table.number)
    return session.scalars(query).all()


def broken(books: Books) -> list[str]:
    """Accounts whose entries do not add up, by code; one query proves all of them."""
    one, table = books.accounts, books.entries
    tip = sa.orm.aliased(table)
    last = (
        sa.select(tip.after)
        .where(tip.account_id == one.id)
        .order_by(tip.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    wrong = sa.or_(sa.func.count() != sa.func.max(table.number), sa.func.sum(table.amount) != last)
    query = sa.select(one.code).join(table, table.account_id == one.id)
    return list(session.scalars(query.group_by(one.id, one.code).having(wrong)))


def comma_separated(
    rows: Sequence[Any], title: str, heads: Mapping[str, object], words: Mapping[str, object],
    called: Callable[[str], str] = str,
) -> str:  # fmt: skip
    """An account as a file: a spreadsheet that adds up ``amount`` gets the last ``balance``.

    ``heads`` are the words of the columns, ``words`` those of the kinds; the first line says what
    the file is. ``called``: what a reader may know of a key.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([title])
    writer.writerow([str(heads[name]) for name in _HEADS])
    for row in rows:
        writer.writerow([
            row.number, row.on.isoformat(), harmless(str(words.get(row.kind, row.kind))),
            harmless(called(row.key)), f"{row.amount:.2f}", f"{row.after:.2f}",
            harmless(called(row.reverses) if row.reverses else ""), harmless(row.reason or ""),
        ])  # fmt: skip
    return "\ufeff" + text.getvalue()

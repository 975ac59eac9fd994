"""Reading seals, in a district or in the hub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from saas.kernel.db import session
from saas.seals.declared import Book
from saas.seals.models import Seal, SealCheck, seals

_AT_ONCE = 5_000


def newest(book: str) -> Seal | None:
    """The last seal of a book."""
    model = seals()
    query = sa.select(model).where(model.book == book).order_by(model.number.desc()).limit(1)
    return session.scalar(query)


def chain(book: str) -> Iterator[Seal]:
    """Every seal of a book, in order."""
    model = seals()
    query = sa.select(model).where(model.book == book).order_by(model.number)
    return iter(session.scalars(query))


def recent(book: str, most: int) -> Sequence[Seal]:
    """The newest seals of a book."""
    model = seals()
    query = sa.select(model).where(model.book == book).order_by(model.number.desc()).limit(most)
    return session.scalars(query).all()


def highest(book: Book) -> int:
    """The highest id in a book, 0 when it is empty."""
    return session.scalar(sa.select(sa.func.max(book.table.columns["id"]))) or 0


def rows(book: Book, *, after: int | None = None, last: int | None = None,
         most: int | None = None) -> Iterator[Any]:  # fmt: skip
    """The rows of a book as stored, as they come from the server: few are in memory at a time."""
    query, key = book.rows().limit(most), book.table.columns["id"]
    if after is not None:
        query = query.where(key > after)
    if last is not None:
        query = query.where(key <= last)
    return iter(session.execute(query, execution_options={"yield_per": _AT_ONCE}))


def world_now() -> datetime:
    """The database's own clock, which no district turns ahead."""
    now: datetime = session.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return now


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a book is sealed: ``open_rows`` are not yet, since the last seal at ``sealed_at``."""

    book: Book
    seals: int
    sealed_at: datetime | None
    root: str | None
    open_rows: int


def standing(book: Book) -> Standing:
    """How far a book is sealed now."""
    last, key = newest(book.code), book.table.columns["id"]
    query = sa.select(sa.func.count()).select_from(book.table)
    number = session.scalar(query.where(key > (last.last_id if last else 0))) or 0
    if last is None:
        return Standing(book, 0, None, None, number)
    return Standing(book, last.number, last.sealed_at, last.root, number)


@dataclass(frozen=True, slots=True)
class Day:
    """The seals of one day: their numbers from ``first`` to ``last``, how many rows they cover, and
    the root of the last.
    """

    day: date
    first: int
    last: int
    rows: int
    root: str


def days(book: str, zone: str, *, number: int, size: int) -> tuple[list[Day], int]:
    """A page of the days on which a book was sealed, the newest first, and how many there are."""
    model = seals()
    day = sa.func.date(sa.func.timezone(zone, model.sealed_at)).label("day")
    grouped = (
        sa.select(
            day,
            sa.func.min(model.number),
            sa.func.max(model.number).label("last"),
            sa.func.sum(model.rows),
        )
        .where(model.book == book)
        .group_by(day)
    )
    total = session.scalar(sa.select(sa.func.count()).select_from(grouped.subquery())) or 0
    page = session.execute(grouped.order_by(day.desc()).offset((number - 1) * size).limit(size))
    found = page.all()
    query = sa.select(model.number, model.root).where(
        model.book == book, model.number.in_([row.last for row in found])
    )
    roots = {one: root for one, root in session.execute(query)}
    return [Day(row[0], row[1], row[2], int(row[3]), roots[row.last]) for row in found], total


def last_check(*, done: bool) -> SealCheck | None:
    """The last check of this district that was ``done``, or that still waits to be."""
    answers = sa.select(SealCheck.answers_id).where(SealCheck.answers_id.is_not(None))
    waits = SealCheck.done_at.is_(None) & SealCheck.id.not_in(answers)
    query = sa.select(SealCheck).where(SealCheck.done_at.is_not(None) if done else waits)
    return session.scalar(query.order_by(SealCheck.id.desc()).limit(1))

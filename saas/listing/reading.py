"""The rows of a list: a page of them, or all for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.paging import count_of, cut
from saas.listing.declared import Asked, Listing

Row = TypeVar("Row")
_BATCH = 500


def narrowed(listing: Listing[Any], asked: Asked, actor: Actor) -> sa.Select[Any]:
    """The query of a list with what is asked for, in no order."""
    if listing.query is None:
        raise TypeError(f"{listing.code} is read in its own way")
    query = listing.query(actor).where(*_conditions(listing, asked))
    if listing.search and asked.search:
        query = query.where(listing.search.condition(asked.search))
    return query


def _conditions(listing: Listing[Any], asked: Asked) -> Iterator[sa.ColumnElement[bool]]:
    for one in listing.filters:
        if one.name in asked.values:
            yield one.condition(asked.values[one.name])
        elif one.otherwise is not None:
            yield one.otherwise


def page_of(
    listing: Listing[Row], asked: Asked, actor: Actor, number: int, size: int
) -> tuple[Sequence[Row], int]:
    """One page of the rows asked for, and how many there are in all."""
    if listing.read is not None:
        return listing.read(asked, actor, number, size)
    query = narrowed(listing, asked, actor)
    found = _fetched(cut(query.order_by(*_order(listing, asked)), number, size))
    total = _counted(query, listing.most_counted)
    return (listing.rows(found, actor) if listing.rows else found), total


def batches(listing: Listing[Row], asked: Asked, actor: Actor, most: int) -> Iterator[Row]:
    """Every row asked for, ``most`` at most, read by and by."""
    for number in range(1, most // _BATCH + 1):
        found, _ = page_of(listing, asked, actor, number, _BATCH)
        yield from found
        if len(found) < _BATCH:
            return


def _fetched(query: sa.Select[Any]) -> Sequence[Any]:
    """Objects where the query is of one thing, else rows that are read by their labels."""
    alone = len(query.column_descriptions) == 1
    return session.scalars(query).all() if alone else session.execute(query).all()


def _counted(query: sa.Select[Any], most: int | None) -> int:
    return count_of(query.limit(most) if most else query)


def _order(listing: Listing[Any], asked: Asked) -> tuple[Any, ...]:
    """What is asked for first, and then the list's own order, so that no two pages share a row."""
    for column in listing.columns:
        if column.name == asked.sort and column.order is not None:
            way = column.order.desc() if asked.down else column.order.asc()
            return way.nulls_last(), *listing.order
    return listing.order

"""The rows of a list: a page of them, or all for a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.paging import count_of, cut
from saas.listing.declared import Asked, Listing

Row = TypeVar("Row")
_BATCH = 500


def conditions(listing: Listing[Any], asked: Asked) -> list[sa.ColumnElement[bool]]:
    """What is asked for, as conditions on a row."""
    found = []
    for one in listing.filters:
        if one.name in asked.values and one.kind != "own":
            found.append(one.condition(asked.values[one.name]))
        elif one.otherwise is not None:
            found.append(one.otherwise)
    if listing.search and asked.search:
        found.append(listing.search.condition(asked.search))
    return found


def asked_order(listing: Listing[Any], asked: Asked) -> tuple[Any, ...]:
    """The order that is asked for; nothing where it is the list's own."""
    for column in listing.columns:
        if column.name == asked.sort and column.order is not None:
            way = column.order.desc() if asked.down else column.order.asc()
            return (way.nulls_last(),)
    return ()


def page_of(
    listing: Listing[Row], asked: Asked, actor: Actor, number: int, size: int
) -> tuple[Sequence[Row], int]:
    """One page of the rows asked for, and how many there are in all."""
    if listing.read is not None:
        return listing.read(asked, actor, number, size)
    query, most = _query(listing, asked, actor), listing.most_counted
    found = _fetched(cut(query, number, size))
    return _shaped(listing, found, actor), count_of(query.limit(most) if most else query)


def every_row(listing: Listing[Row], asked: Asked, actor: Actor, most: int) -> Sequence[Row]:
    """All rows asked for, ``most`` of them where there are more."""
    if listing.read is not None:
        return listing.read(asked, actor, 1, most)[0]
    found = _fetched(_query(listing, asked, actor).limit(most))
    batches = (found[start : start + _BATCH] for start in range(0, len(found), _BATCH))
    return [row for batch in batches for row in _shaped(listing, batch, actor)]


def _query(listing: Listing[Any], asked: Asked, actor: Actor) -> sa.Select[Any]:
    """The query of a list with what is asked for. What is asked to be first is; after it comes the
    list's own order, so that no two pages share a row.
    """
    if listing.query is None:
        raise TypeError(f"{listing.code} has neither a query nor its own way of reading")
    query = listing.query(actor).where(*conditions(listing, asked))
    return query.order_by(*asked_order(listing, asked), *listing.order)


def _shaped(listing: Listing[Row], found: Sequence[Any], actor: Actor) -> Sequence[Row]:
    return listing.rows(found, actor) if listing.rows else found


def _fetched(query: sa.Select[Any]) -> Sequence[Any]:
    """Objects where the query is of one thing, else rows that are read by their labels."""
    alone = len(query.column_descriptions) == 1
    return session.scalars(query).all() if alone else session.execute(query).all()

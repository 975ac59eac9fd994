"""A page of a query and how much there is in all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from saas.kernel.db import session

_Row = TypeVar("_Row")


def count_of(query: sa.Select[Any]) -> int:
    """How many rows a query gives."""
    whole = query.order_by(None).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(whole)) or 0


def cut(query: sa.Select[Any], number: int, size: int) -> sa.Select[Any]:
    """The rows of page ``number``, the first being 1."""
    return query.limit(size).offset((number - 1) * size)


def page_of(query: sa.Select[tuple[_Row]], number: int, size: int) -> tuple[Sequence[_Row], int]:
    """The objects of one page, and how many fit in all."""
    return session.scalars(cut(query, number, size)).all(), count_of(query)

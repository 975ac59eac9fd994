"""What every read of funds needs: purposes, rules, things or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from saas.funds.models import (
    Basis,
    Box,
    Gift,
    Organ,
    Payout,
    Purpose,
    Term,
)
from saas.kernel.db import session
from saas.kernel.errors import NotFound

Condition = sa.ColumnElement[bool]
Found = TypeVar("Found", bound=Any)


def got(found: Found | None) -> Found:
    """What was found, else `NotFound`."""
    if found is None:
        raise NotFound
    return found


def every(query: sa.Select[Any]) -> Sequence[Any]:
    """All things of a query."""
    return session.scalars(query).all()


def purposes() -> dict[str, Purpose]:
    """What gifts are for, by code, in their order."""
    return {one.code: one for one in every(sa.select(Purpose).order_by(Purpose.position))}


def purposes_used() -> dict[str, int]:
    """How many gifts, boxes and payouts stand on each purpose, by its code."""
    found: dict[str, int] = {}
    for table in (Gift, Box, Payout):
        query = sa.select(Purpose.code, sa.func.count()).join(table, table.purpose_id == Purpose.id)
        for code, number in session.execute(query.group_by(Purpose.code)):
            found[code] = found.get(code, 0) + number
    return found


def bases() -> dict[str, Basis]:
    """On which law gifts can be asked for, by code, in their order."""
    return {one.code: one for one in every(sa.select(Basis).order_by(Basis.position))}


def organs() -> dict[str, Organ]:
    """Committee, spaces and platforms, by code, in their order."""
    return {one.code: one for one in every(sa.select(Organ).order_by(Organ.position))}


def terms() -> dict[str, Term]:
    """Its rules, by code."""
    return {one.code: one for one in every(sa.select(Term).order_by(Term.position))}


def term(code: str) -> int | None:
    """The number of a rule; None where the district has none."""
    return session.scalar(sa.select(Term.number).where(Term.code == code))

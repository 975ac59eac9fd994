"""What the district's model says of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

from saas.kernel.context import Label
from saas.kernel.db import session
from saas.kernel.unit_of_work import forget, once
from saas.organisations.models import Organisation, Pilot, Stage, Term, Type

Listed = TypeVar("Listed", Type, Stage, Term)


def every(table: type[Listed]) -> Sequence[Listed]:
    """All rows of a list in their order, those out of use too; asked once in a transaction."""
    query = sa.select(table).order_by(table.position, table.id)
    return once(f"organisations.{table.__tablename__}", lambda: session.scalars(query).all())


def forget_menu() -> None:
    """Ask anew: the lists were changed in this transaction."""
    for table in (Type, Stage, Term):
        forget(f"organisations.{table.__tablename__}")


def every_type() -> Sequence[Type]:
    """All types, those out of use too."""
    return every(Type)


def types() -> list[Type]:
    """The types in use."""
    return [row for row in every(Type) if not row.retired_at]


def type_of(code: str | None) -> Type | None:
    """A type by its code, in use or not."""
    return next((row for row in every(Type) if row.code == code), None)


def stages(kind: str | None = None) -> list[Stage]:
    """The stages in use, of one type or of all."""
    return [row for row in every(Stage) if not row.retired_at and kind in (None, row.type)]


def terms(use: str) -> list[Term]:
    """The words of one use that can be chosen: class, exit or pilot."""
    return [row for row in every(Term) if row.use == use and not row.retired_at]


def every_term(use: str) -> list[Term]:
    """The same, those out of use too."""
    return [row for row in every(Term) if row.use == use]


def term_names() -> dict[str, Label]:
    """Every word by its code."""
    return {row.code: row.name for row in every(Term)}


def is_in_use() -> bool:
    """Whether the district's model knows organisations at all."""
    return bool(types())


def lasts_until(kind: Type, day: date) -> date | None:
    """The last day of a paper of this type that is given on ``day``; None where it has no end."""
    if kind.valid_months is None:
        return None
    months = day.year * 12 + day.month - 1 + kind.valid_months
    return date(months // 12, months % 12 + 1, min(day.day, 28))


def count_used() -> dict[tuple[str, str], int]:
    """How many organisations have each type and each stage: (list, code) → number."""
    found: dict[tuple[str, str], int] = {}
    for name, column in (("types", Organisation.type), ("stages", Organisation.stage)):
        query = sa.select(column, sa.func.count()).where(column.is_not(None)).group_by(column)
        found |= {(name, code): number for code, number in session.execute(query)}
    return found


def used_codes() -> set[str]:
    """Codes of rows that something stands on: they are retired and not deleted."""
    columns: tuple[Any, ...] = (Organisation.service_class, Pilot.kind, Stage.type)
    used = {code for _, code in count_used()}
    for column in columns:
        used |= set(session.scalars(sa.select(column).where(column.is_not(None)).distinct()))
    return used

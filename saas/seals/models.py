"""Tables of seals, for a district's books and for the hub's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.context import Tenant, current_scope
from saas.kernel.db import APPEND_ONLY, HubModel, TenantModel

_WHEN = sa.DateTime(timezone=True)


def _chained(schema: str) -> tuple[Any, ...]:
    """A seal stands on the very one before it; none can have two that follow."""
    chain = "number", "last_id", "root"
    return (
        sa.UniqueConstraint("book", "number"),
        sa.UniqueConstraint("book", *chain, name="uq_seals_chain"),
        sa.ForeignKeyConstraint(
            ["book", "before", "after_id", "prev"],
            [f"{schema}seals.book", *(f"{schema}seals.{name}" for name in chain)],
            name="fk_seals_chain",
        ),
        sa.CheckConstraint(
            "CASE WHEN number = 1 THEN before IS NULL AND after_id = 0 AND prev = ''"
            " ELSE before IS NOT NULL AND before = number - 1 END",
            name="follows",
        ),
        sa.CheckConstraint("last_id > after_id AND rows > 0", name="covers"),
        APPEND_ONLY,
    )


class _SealColumns:
    """A seal, as `saas.seals.rules.Head` says, and its ``root``; ``before`` is the number before.

    ``sealed_at`` is in world time, as the database has it.
    """

    book: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[int]
    before: Mapped[int | None]
    after_id: Mapped[int]
    last_id: Mapped[int]
    rows: Mapped[int]
    width: Mapped[int]
    sealed_at: Mapped[datetime] = mapped_column(_WHEN)
    digest: Mapped[str] = mapped_column(sa.String(64))
    prev: Mapped[str] = mapped_column(sa.String(64))
    root: Mapped[str] = mapped_column(sa.String(64))


class Seal(_SealColumns, TenantModel):
    """One of a district."""

    __tablename__ = "seals"
    __table_args__ = _chained("")


class HubSeal(_SealColumns, HubModel):
    """One of the hub."""

    __tablename__ = "seals"
    __table_args__ = _chained("hub.")


class SealCheck(TenantModel):
    """A check of a district's books against their seals: who asked for it (empty: the night), and
    what came of it, with every ``fault`` as `saas.seals.verify.Fault` has it. World time. What came
    of one that was asked for is a row of its own, which ``answers_id`` it.
    """

    __tablename__ = "seal_checks"
    __table_args__ = (
        sa.CheckConstraint("answers_id IS NULL OR done_at IS NOT NULL", name="answer"),
        APPEND_ONLY,
    )

    asked_by: Mapped[str] = mapped_column(sa.String(100))
    asked_at: Mapped[datetime] = mapped_column(_WHEN)
    done_at: Mapped[datetime | None] = mapped_column(_WHEN)
    rows: Mapped[int | None]
    seals: Mapped[int | None]
    faults: Mapped[list[dict[str, Any]] | None]
    answers_id: Mapped[int | None] = mapped_column(sa.ForeignKey("seal_checks.id"), unique=True)


def seals() -> type[Seal]:
    """The table of the plane at work; both have the same columns."""
    return Seal if isinstance(current_scope(), Tenant) else cast(type[Seal], HubSeal)

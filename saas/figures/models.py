"""Totals that somebody stated."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel


class Claim(TenantModel):
    """A total that ``source`` stated on ``stated_on`` about a unit and what lies beneath it.

    ``first_month`` and ``last_month`` are the first days of those that it is about; without them
    it is about how things stood. A measure has one claim in use; a retired one is kept.
    """

    __tablename__ = "claims"
    __table_args__ = (
        sa.CheckConstraint("(first_month IS NULL) = (last_month IS NULL)", name="span"),
        sa.CheckConstraint("stated >= 0", name="stated"),
        sa.Index(
            "uq_claims_in_use",
            "measure",
            unique=True,
            postgresql_where=sa.text("retired_at IS NULL"),
        ),
    )

    measure: Mapped[str] = mapped_column(sa.String(60))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    first_month: Mapped[date | None]
    last_month: Mapped[date | None]
    stated: Mapped[Decimal] = mapped_column(sa.Numeric(14, 2))
    source: Mapped[dict[str, str]]
    stated_on: Mapped[date]
    retired_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))

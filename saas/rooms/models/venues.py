"""What is known of venues beside their words: what was spent on them, and when they are closed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import APPEND_ONLY, TenantModel

#: A span of time that has both ends, the first in it and the last not: 10–11 and 11–12 both stand.
HALF_OPEN = (
    "NOT isempty({0}) AND lower_inc({0}) AND NOT upper_inc({0})"
    " AND NOT lower_inf({0}) AND NOT upper_inf({0})"
)


class Spending(TenantModel):
    """Money spent on a venue, with its source. A wrong row is voided by another one; both stay."""

    __tablename__ = "venue_spendings"
    __table_args__ = (sa.CheckConstraint("amount_yuan > 0", name="amount"), APPEND_ONLY)

    venue_id: Mapped[int] = mapped_column(sa.ForeignKey("venues.id"), index=True)
    on: Mapped[date]
    what: Mapped[str] = mapped_column(sa.String(100))
    source: Mapped[str] = mapped_column(sa.String(100))
    amount_yuan: Mapped[Decimal] = mapped_column(sa.Numeric(12, 2))
    voids_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue_spendings.id"), unique=True)
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))


class Closure(TenantModel):
    """A venue with all its rooms, or one room, is closed for a while; everybody reads why."""

    __tablename__ = "closures"
    __table_args__ = (
        sa.CheckConstraint("(venue_id IS NULL) <> (room_id IS NULL)", name="one_place"),
        sa.CheckConstraint(HALF_OPEN.format("during"), name="half_open"),
    )

    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"), index=True)
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    reason: Mapped[str] = mapped_column(sa.String(200))
    lifted_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

    @property
    def start(self) -> datetime:
        """When it begins."""
        assert self.during.lower is not None
        return self.during.lower

    @property
    def end(self) -> datetime:
        """When it ends."""
        assert self.during.upper is not None
        return self.during.upper

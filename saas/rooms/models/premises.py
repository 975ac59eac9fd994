"""Premises that organisations use for nothing or for little, and what comes of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import APPEND_ONLY, TenantModel


class Grant(TenantModel):
    """A room or part of a venue for an organisation, on terms. ``rent_yuan`` is what the same would
    cost a square metre and month (the reference), ``paid_yuan`` what is paid for it a month.
    """

    __tablename__ = "premises_grants"
    __table_args__ = (
        sa.CheckConstraint("until >= since", name="span"),
        sa.CheckConstraint("area_m2 > 0 AND rent_yuan >= 0 AND paid_yuan >= 0", name="numbers"),
    )

    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisations.id"), index=True)
    venue_id: Mapped[int] = mapped_column(sa.ForeignKey("venues.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    area_m2: Mapped[int]
    rent_yuan: Mapped[Decimal] = mapped_column(sa.Numeric(10, 2))
    paid_yuan: Mapped[Decimal] = mapped_column(sa.Numeric(10, 2), server_default="0")
    conditions: Mapped[str] = mapped_column(sa.Text)
    since: Mapped[date]
    until: Mapped[date]
    ended_on: Mapped[date | None]
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Review(TenantModel):
    """What was found when somebody looked whether the conditions are kept."""

    __tablename__ = "premises_reviews"
    __table_args__ = (APPEND_ONLY,)

    grant_id: Mapped[int] = mapped_column(sa.ForeignKey(Grant.id), index=True)
    on: Mapped[date]
    words: Mapped[str] = mapped_column(sa.String(500))
    kept: Mapped[bool]
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

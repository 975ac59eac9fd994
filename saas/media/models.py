"""Outlets, and what they reported."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel
from saas.media import rules


class Outlet(TenantModel):
    """A paper, a station, a portal. ``host``: how addresses of it begin, empty for one on paper."""

    __tablename__ = "outlets"
    __table_args__ = (
        sa.CheckConstraint(sa.column("tier").in_(rules.TIERS), name="tier"),
        sa.Index("uq_outlets_host", "host", unique=True, postgresql_where=sa.text("host <> ''")),
    )

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    tier: Mapped[str] = mapped_column(sa.String(20))
    host: Mapped[str] = mapped_column(sa.String(100), server_default="")
    position: Mapped[int]
    retired_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))


class Coverage(TenantModel):
    """One item of one outlet; ``url`` is none on paper and on the air. ``reprint_of_id``: the
    item that it repeats, none for an original. ``link_state`` is what somebody saw on ``link_on``.
    ``about``: room, visit or demand, with ``about_code``. One that does not count stays.
    """

    __tablename__ = "coverages"
    __table_args__ = (
        sa.UniqueConstraint("outlet_id", "url"),
        sa.CheckConstraint(sa.column("link_state").in_(rules.LINKS), name="link_state"),
        sa.CheckConstraint("link_state = 'unknown' OR link_on IS NOT NULL", name="link_on"),
        sa.CheckConstraint("reprint_of_id <> id", name="reprint_of"),
        sa.CheckConstraint(sa.column("about").in_(rules.ABOUT), name="about"),
        sa.CheckConstraint("(about IS NULL) = (about_code IS NULL)", name="about_code"),
    )

    outlet_id: Mapped[int] = mapped_column(sa.ForeignKey(Outlet.id))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    url: Mapped[str | None] = mapped_column(sa.String(500))
    published_on: Mapped[date] = mapped_column(index=True)
    reprint_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("coverages.id"), index=True)
    about: Mapped[str | None] = mapped_column(sa.String(10))
    about_code: Mapped[str | None] = mapped_column(sa.String(40))
    link_state: Mapped[str] = mapped_column(sa.String(10), server_default="unknown")
    link_on: Mapped[date | None]
    counted: Mapped[bool] = mapped_column(server_default=sa.true())
    sample: Mapped[bool] = mapped_column(server_default=sa.false())

"""Workbooks that were read and wait to be taken over."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.crypto import Sealed
from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)
IMPORT_STATES = ("checked", "running", "done", "stopped")


class Import(TenantModel):
    """The clean rows of one person's latest workbook, sealed, until they are demands.

    ``rows`` is JSON and forgotten when all of it is taken over or ``expires_at`` is past. ``done``
    counts the rows that are; ``made`` those of them that made a demand that was not here before.
    """

    __tablename__ = "demand_imports"
    __table_args__ = (sa.CheckConstraint(sa.column("state").in_(IMPORT_STATES), name="state"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), unique=True)
    token: Mapped[str] = mapped_column(sa.String(26), unique=True)
    rows: Mapped[str | None] = mapped_column(Sealed)
    state: Mapped[str] = mapped_column(sa.String(20))
    total: Mapped[int]
    done: Mapped[int] = mapped_column(server_default="0")
    made: Mapped[int] = mapped_column(server_default="0")
    at: Mapped[datetime] = mapped_column(_WHEN)
    expires_at: Mapped[datetime] = mapped_column(_WHEN)

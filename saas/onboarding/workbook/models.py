"""What was sent to set a district up with and waits to be taken over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.crypto import Sealed
from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)
KINDS = ("workbook", "divisions")
STATES = ("faulty", "checked", "running", "done", "stopped")


class SetupImport(TenantModel):
    """One person's latest file of a kind, sealed, until it is taken over or its time is over.

    ``content`` is JSON and forgotten as soon as it is taken over. ``total`` and ``done`` count
    steps. ``outcome`` says what was done: counts, and the ids of people who are new.
    """

    __tablename__ = "setup_imports"
    __table_args__ = (
        sa.CheckConstraint(sa.column("kind").in_(KINDS), name="kind"),
        sa.CheckConstraint(sa.column("state").in_(STATES), name="state"),
        sa.UniqueConstraint("person_id", "kind"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    token: Mapped[str] = mapped_column(sa.String(26), unique=True)
    content: Mapped[str | None] = mapped_column(Sealed)
    state: Mapped[str] = mapped_column(sa.String(20))
    total: Mapped[int] = mapped_column(server_default="0")
    done: Mapped[int] = mapped_column(server_default="0")
    outcome: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    at: Mapped[datetime] = mapped_column(_WHEN)
    expires_at: Mapped[datetime] = mapped_column(_WHEN)

"""The table of feeds."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)


class Feed(TenantModel):
    """An address with which the calendar of one person reads their sign-ups, and nothing else.

    Only the hash of its text is kept: who has lost the address makes another.
    """

    __tablename__ = "calendar_feeds"
    __table_args__ = (
        sa.Index(
            "uq_calendar_feeds_person_id", "person_id", unique=True,
            postgresql_where=sa.text("revoked_at IS NULL"),
        ),
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(_WHEN)
    last_read_at: Mapped[datetime | None] = mapped_column(_WHEN)
    revoked_at: Mapped[datetime | None] = mapped_column(_WHEN)

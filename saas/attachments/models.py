"""Files of things."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.crypto import Sealed
from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)
KINDS = ("jpeg", "pdf", "xlsx", "docx")


class Attachment(TenantModel):
    """One file of a thing, which is named by its kind and key as the audit names it.

    ``place`` is where it belongs in a word of the thing's domain (before, after, evidence),
    ``act`` the number of the act that it came with, 0 for none. ``position`` counts from 1 within
    a thing and is never given again. ``key`` is its name on the disk, ``size`` and ``digest``
    (SHA-256) are those of what was kept, before sealing. Of a retired one the row alone is left.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        sa.CheckConstraint(sa.column("kind").in_(KINDS), name="kind"),
        sa.UniqueConstraint("thing", "thing_id", "position"),
    )

    thing: Mapped[str] = mapped_column(sa.String(40))
    thing_id: Mapped[int] = mapped_column(sa.BigInteger)
    position: Mapped[int]
    place: Mapped[str] = mapped_column(sa.String(20))
    act: Mapped[int] = mapped_column(server_default="0")
    kind: Mapped[str] = mapped_column(sa.String(10))
    name: Mapped[str] = mapped_column(Sealed)
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    digest: Mapped[str] = mapped_column(sa.String(64))
    sealed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    retired_at: Mapped[datetime | None] = mapped_column(_WHEN)

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown on a page, small too."""
        return self.kind == "jpeg"

"""Screens that hang on a wall and show what everybody may see of a district."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import HubModel

_WHEN = sa.DateTime(timezone=True)


class Screen(HubModel):
    """A screen of a district. ``code`` is what it shows until somebody types it; ``token_hash``
    recognises it. ``seen_at``: when it last asked for something. World time.
    """

    __tablename__ = "screens"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("hub.tenants.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60), server_default="")
    code: Mapped[str | None] = mapped_column(sa.String(8), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(_WHEN)
    paired_at: Mapped[datetime | None] = mapped_column(_WHEN)
    seen_at: Mapped[datetime | None] = mapped_column(_WHEN)

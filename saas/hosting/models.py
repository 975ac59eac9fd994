"""Tables of the support view."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)


class SupportGrant(TenantModel):
    """That the operators of the service may look into this district for a while, and why. All
    moments are the world's. One that ran out by itself is ended by its job.
    """

    __tablename__ = "support_grants"

    reason: Mapped[str] = mapped_column(sa.Text)
    granted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    granted_at: Mapped[datetime] = mapped_column(_WHEN)
    ends_at: Mapped[datetime] = mapped_column(_WHEN)
    ended_at: Mapped[datetime | None] = mapped_column(_WHEN)


class SupportEntry(TenantModel):
    """An operator who was given a ticket, and came in with it.

    ``operator_id`` and ``hub_sign_in`` are those of the hub: where that sign-in ends, this is over.
    ``key_hash`` recognises the ticket until it is used, and then the cookie.
    """

    __tablename__ = "support_entries"

    grant_id: Mapped[int] = mapped_column(sa.ForeignKey(SupportGrant.id), index=True)
    operator_id: Mapped[int]
    operator_login: Mapped[str] = mapped_column(sa.String(60))
    operator_name: Mapped[str] = mapped_column(sa.String(100))
    hub_sign_in: Mapped[int]
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    ticket_until: Mapped[datetime] = mapped_column(_WHEN)
    entered_at: Mapped[datetime | None] = mapped_column(_WHEN)
    ended_at: Mapped[datetime | None] = mapped_column(_WHEN)

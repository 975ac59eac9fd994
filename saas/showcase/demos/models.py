"""What the hub keeps of demos that guests asked for, and of the way from a visit to a district."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.crypto import Sealed
from saas.kernel.db import HubModel

_WHEN = sa.DateTime(timezone=True)
_TENANT = "hub.tenants.id"
#: The way from a visit to a district of one's own.
STEPS: Final = ("visited", "opened", "played", "taken", "wanted", "made")


class DemoGrant(HubModel):
    """A demo of somebody's own, for as long as it stands; the row goes with it.

    ``wish`` is what was typed: name, streets, look. ``address_hash`` counts how many an address
    has. ``played``: as which of the sample people it was entered. ``shown_by``: the district that
    showed the guests round. ``contact`` is how those want to be reached who asked for a district.
    """

    __tablename__ = "demo_grants"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey(_TENANT), unique=True)
    shown_by: Mapped[int | None] = mapped_column(sa.ForeignKey(_TENANT))
    wish: Mapped[dict[str, Any]]
    address_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    asked_at: Mapped[datetime] = mapped_column(_WHEN)
    anew_at: Mapped[datetime | None] = mapped_column(_WHEN)
    played: Mapped[dict[str, Any]] = mapped_column(server_default=sa.text("'{}'"))
    wanted_at: Mapped[datetime | None] = mapped_column(_WHEN)
    contact: Mapped[str | None] = mapped_column(Sealed)


class FunnelStep(HubModel):
    """That somebody came so far, and when; nothing of who. A demo counts once for each step."""

    __tablename__ = "funnel_steps"
    __table_args__ = (
        sa.CheckConstraint(sa.column("step").in_(STEPS), name="step"),
        sa.UniqueConstraint("step", "tenant_id"),
    )

    step: Mapped[str] = mapped_column(sa.String(10))
    at: Mapped[datetime] = mapped_column(_WHEN)
    tenant_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_TENANT))
    shown_by: Mapped[int | None] = mapped_column(sa.ForeignKey(_TENANT), index=True)

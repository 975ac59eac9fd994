"""Tables of getting in."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.access import rules
from saas.kernel import clock
from saas.kernel.codes import day_number
from saas.kernel.crypto import Sealed
from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)


class Registration(TenantModel):
    """Somebody asks for an account, which stands once the number is proved: by a code, or at the
    desk. Until then the number belongs to nobody, and others may ask with the same.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL) AND (state = 'confirmed') = "
            "(person_id IS NOT NULL)",
            name="decided",
        ),
        sa.Index(None, "home_unit_id", postgresql_where=sa.text("state = 'asked'")),
    )

    name: Mapped[str] = mapped_column(sa.String(60))
    phone: Mapped[str] = mapped_column(Sealed)
    phone_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    password_hash: Mapped[str | None] = mapped_column(sa.Text)
    home_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    state: Mapped[str] = mapped_column(sa.String(20), server_default="asked")
    at: Mapped[datetime] = mapped_column(_WHEN)
    decided_at: Mapped[datetime | None] = mapped_column(_WHEN)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), unique=True)

    @property
    def number(self) -> str:
        """The number that is said of it at the desk."""
        return day_number(self.at.astimezone(clock.zone()).date(), self.id)

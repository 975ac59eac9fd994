"""The views of lists that people keep."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel


class SavedView(TenantModel):
    """What somebody asked of a list and wants to ask again: the address without the page."""

    __tablename__ = "saved_views"
    __table_args__ = (sa.UniqueConstraint("person_id", "listing", "name"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    listing: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(30))
    asked: Mapped[dict[str, str]]

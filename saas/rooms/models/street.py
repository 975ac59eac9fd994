"""What a street has. ``own`` names the fields that the street has set itself; in the others a thing
follows the template of its code in the district's library. A thing without one is the street's own
and owns every field.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel
from saas.rooms import rules


class Centre(TenantModel):
    """The support centre of a street."""

    __tablename__ = "centres"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), unique=True)
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[dict[str, str]]
    purpose: Mapped[dict[str, str]]
    seal: Mapped[str] = mapped_column(sa.String(1))
    place: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    own: Mapped[list[str]] = mapped_column(server_default="[]")


class Platform(TenantModel):
    """A platform that serves social organisations and carries rooms."""

    __tablename__ = "platforms"
    __table_args__ = (sa.UniqueConstraint("unit_id", "code"),)

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[dict[str, str]]
    purpose: Mapped[dict[str, str]]
    seal: Mapped[str] = mapped_column(sa.String(1))
    position: Mapped[int]
    own: Mapped[list[str]] = mapped_column(server_default="[]")


class Venue(TenantModel):
    """A building or hall where rooms are. ``area_m2`` is in square metres; one that is closed
    takes no more rooms. What nobody has looked at is unknown (None), and said so.
    """

    __tablename__ = "venues"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    facts: Mapped[dict[str, str]]
    area_m2: Mapped[int | None]
    step_free: Mapped[bool | None]
    lift: Mapped[bool | None]
    toilet: Mapped[bool | None]
    closed_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Room(TenantModel):
    """A function room. ``hours`` is a list of {days, opens, closes}, days 1 to 7 from Monday."""

    __tablename__ = "rooms"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "code"),
        sa.CheckConstraint(sa.column("status").in_(rules.STATUSES), name="status"),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    platform_id: Mapped[int] = mapped_column(sa.ForeignKey(Platform.id), index=True)
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[dict[str, str]]
    purpose: Mapped[dict[str, str]]
    seal: Mapped[str] = mapped_column(sa.String(1))
    position: Mapped[int]
    status: Mapped[str] = mapped_column(sa.String(20))
    status_reason: Mapped[str | None] = mapped_column(sa.Text)
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Venue.id), index=True)
    place: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    contact: Mapped[str | None] = mapped_column(sa.String(60))
    hours: Mapped[list[dict[str, Any]]]
    services: Mapped[list[dict[str, str]]]
    photo: Mapped[str | None] = mapped_column(sa.String(60))
    own: Mapped[list[str]] = mapped_column(server_default="[]")
    changed_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())

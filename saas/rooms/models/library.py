"""The district's library: what its streets' centres, platforms and rooms are like unless a street
says otherwise. Codes are for ever; a template that a street uses is retired, never removed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel


class CentreTemplate(TenantModel):
    """The centre of every street; a library has one."""

    __tablename__ = "centre_templates"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    purpose: Mapped[dict[str, str]]
    seal: Mapped[str] = mapped_column(sa.String(1))


class PlatformTemplate(TenantModel):
    """A platform of every street."""

    __tablename__ = "platform_templates"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    purpose: Mapped[dict[str, str]]
    seal: Mapped[str] = mapped_column(sa.String(1))
    position: Mapped[int]
    retired_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))


class RoomTemplate(TenantModel):
    """A room that streets take up. ``called`` is what the culture in force calls it: ``name`` and
    ``seal``, or empty; it stands over the template's own words until those are changed by hand.
    ``by_appointment``: it opens when people have agreed on a time, and needs no hours.
    """

    __tablename__ = "room_templates"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    platform: Mapped[str] = mapped_column(sa.ForeignKey(PlatformTemplate.code), index=True)
    name: Mapped[dict[str, str]]
    purpose: Mapped[dict[str, str]]
    seal: Mapped[str] = mapped_column(sa.String(1))
    services: Mapped[list[dict[str, str]]]
    hours: Mapped[list[dict[str, Any]]]
    by_appointment: Mapped[bool] = mapped_column(server_default=sa.false())
    position: Mapped[int]
    called: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    retired_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))


class LibraryAnswer(TenantModel):
    """A street was told of a room of the library (offered, or retired) and needs no more telling.

    It goes when the template is retired or brought back: then there is something new to tell.
    """

    __tablename__ = "library_answers"
    __table_args__ = (sa.UniqueConstraint("unit_id", "code"),)

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    code: Mapped[str] = mapped_column(sa.ForeignKey(RoomTemplate.code, ondelete="CASCADE"))

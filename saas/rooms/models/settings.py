"""What a street sets for itself over the district, and what its last bulk change replaced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel


class PlaceSettings(TenantModel):
    """Settings of a street, or of the district for all its streets; nothing set means inherited.

    ``hours`` are those with which a new room begins.
    """

    __tablename__ = "place_settings"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), unique=True)
    contact: Mapped[str | None] = mapped_column(sa.String(60))
    address: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    welcome: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    hours: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))


class BulkChange(TenantModel):
    """The last change of many rooms at once in a street, with what it replaced, for a day.

    ``rooms``: code → field → [before, after]; ``added``: codes of rooms that it planned;
    ``platforms``: codes of platforms that it added; ``settings``: field → [before, after].
    """

    __tablename__ = "bulk_changes"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), index=True)
    rooms: Mapped[dict[str, Any]]
    settings: Mapped[dict[str, Any]]
    added: Mapped[list[str]]
    platforms: Mapped[list[str]]

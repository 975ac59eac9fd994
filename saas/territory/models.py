"""Tables of the unit tree."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel


class UnitKind(TenantModel):
    """A kind of unit, such as street or courtyard; ``under`` lists the kinds it may stand in."""

    __tablename__ = "unit_kinds"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    position: Mapped[int]
    under: Mapped[list[str]]


class Unit(TenantModel):
    """A place in the tree that can own queues, posts and rooms.

    The official division code is an attribute with its source and date, never a key: two official
    lists disagree on a quarter of the town codes.
    """

    __tablename__ = "units"
    __table_args__ = (
        sa.Index(None, "path", postgresql_ops={"path": "text_pattern_ops"}),
        sa.UniqueConstraint("path"),
    )

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[str] = mapped_column(sa.ForeignKey(UnitKind.code), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(sa.Text)
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(server_default="0")
    official_code: Mapped[str | None] = mapped_column(sa.String(12))
    official_source: Mapped[str | None] = mapped_column(sa.String(100))
    official_date: Mapped[date | None]
    sample: Mapped[bool] = mapped_column(server_default=sa.false())
    retired_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    retired_reason: Mapped[str | None] = mapped_column(sa.Text)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"))

    @property
    def depth(self) -> int:
        """0 for the root."""
        return self.path.count("/") - 2


class Ladder(TenantModel):
    """A named, ordered list of levels: escalation, donation points, incubation …"""

    __tablename__ = "ladders"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(server_default="0")


class LadderLevel(TenantModel):
    """One level, counted from the bottom; ``kind`` ties it to the tree where it has a place."""

    __tablename__ = "ladder_levels"
    __table_args__ = (
        sa.UniqueConstraint("ladder", "position"),
        sa.UniqueConstraint("ladder", "code"),
    )

    ladder: Mapped[str] = mapped_column(sa.ForeignKey(Ladder.code))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[dict[str, str]]
    kind: Mapped[str | None] = mapped_column(sa.ForeignKey(UnitKind.code))

"""Merchants with their kinds, routes with their stops."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel
from saas.places import rules

_UNKNOWN = sa.text("'unknown'")


class Kind(TenantModel):
    """What a merchant can be, in the district's own words."""

    __tablename__ = "merchant_kinds"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    position: Mapped[int]
    retired_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))


class Merchant(TenantModel):
    """A shop or stall; shown while it agreed (``consent_until``, that day too) and is not retired.
    ``position`` is its place on the street, counted from the beginning; ``hours`` are as a room's.
    """

    __tablename__ = "merchants"
    __table_args__ = (
        sa.CheckConstraint(sa.column("step_free").in_(rules.STEP_FREE), name="step_free"),
        sa.CheckConstraint("position BETWEEN 0 AND 9999", name="position"),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    kind_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Kind.id))
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    sells: Mapped[dict[str, str]]
    place: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    concession: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    hours: Mapped[list[dict[str, Any]]]
    step_free: Mapped[str] = mapped_column(sa.String(10), server_default=_UNKNOWN)
    position: Mapped[int]
    consent_until: Mapped[date]
    checked_on: Mapped[date | None]
    retired_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Route(TenantModel):
    """A walk. ``edits`` counts what was done to its stops, so that nobody changes what he did not
    see; ``before`` are the stops as they were before the last of it, for undoing.
    """

    __tablename__ = "routes"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint(sa.column("step_free").in_(rules.STEP_FREE), name="step_free"),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    purpose: Mapped[dict[str, str]]
    start: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    step_free: Mapped[str] = mapped_column(sa.String(10), server_default=_UNKNOWN)
    state: Mapped[str] = mapped_column(sa.String(10))
    edits: Mapped[int] = mapped_column(server_default="0")
    before: Mapped[list[dict[str, Any]] | None]
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Stop(TenantModel):
    """A stop: ``minutes`` from the one before; one of room, premises, merchant, or a ``name`` of
    its own. ``what`` is what is to be seen or heard there. The unique number is looked at when
    everything is done: an order is laid anew as a whole.
    """

    __tablename__ = "route_stops"
    __table_args__ = (
        sa.UniqueConstraint("route_id", "no", deferrable=True, initially="DEFERRED"),
        sa.CheckConstraint("no >= 1", name="no"),
        sa.CheckConstraint("minutes BETWEEN 0 AND 240", name="minutes"),
        sa.CheckConstraint("no > 1 OR minutes = 0", name="begins"),
        sa.CheckConstraint(
            "num_nonnulls(room_id, venue_id, merchant_id, NULLIF(name, '{}'::jsonb)) = 1",
            name="one_of",
        ),
        sa.CheckConstraint(sa.column("step_free").in_(rules.STEP_FREE), name="step_free"),
    )

    route_id: Mapped[int] = mapped_column(sa.ForeignKey(Route.id))
    no: Mapped[int]
    minutes: Mapped[int]
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"))
    merchant_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Merchant.id), index=True)
    name: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    what: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    step_free: Mapped[str] = mapped_column(sa.String(10), server_default=_UNKNOWN)

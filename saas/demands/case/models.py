"""Demands, their custody, the answers that came with them, the people and units beside them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from saas.casework import ActColumns, CaseColumns, ClockColumns
from saas.demands.case import rules
from saas.demands.menu.models import Category, Kind
from saas.kernel import clock
from saas.kernel.codes import day_number
from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel

_WHEN = sa.DateTime(timezone=True)
_IS_LIVING = sa.text("state IN ('waiting', 'accepted', 'doubted', 'asked', 'suspended')")
_UNIT = "units.id"


class Demand(CaseColumns, ClockColumns, TenantModel):
    """One demand. ``unit_id`` is where it arose, ``holder_id`` the unit whose queue has it now.

    ``submission`` comes with the form: sending the same form twice makes one demand. ``photo`` is
    the key of its first picture: of an attachment, or of a file of before there were any. The
    columns from ``accepted_at`` to ``rating`` repeat what its custody tells, so that figures over
    many demands read one table; a test holds both against each other.
    """

    __tablename__ = "demands"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint(sa.column("channel").in_(rules.CHANNELS), name="channel"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        sa.Index("ix_demands_queue", "holder_id", "due_at", postgresql_where=_IS_LIVING),
        sa.Index("ix_demands_living_place", "unit_id", "category", postgresql_where=_IS_LIVING),
        sa.Index(
            "ix_demands_finished", "ended_at", postgresql_where=sa.text("ended_at IS NOT NULL")
        ),
        sa.Index("ix_demands_next", "next_at", postgresql_where=sa.text("next_at IS NOT NULL")),
        sa.Index(
            "ix_demands_appointments",
            "category",
            "unit_id",
            "appointment_at",
            postgresql_where=sa.text("appointment_at IS NOT NULL"),
        ),
        sa.Index(
            "ix_demands_entered",
            "entered_by_id",
            "id",
            postgresql_where=sa.text("entered_by_id IS NOT NULL"),
        ),
        sa.Index(None, "filed_by_id", "id"),
        sa.Index(
            None,
            "filed_at",
            postgresql_include=[
                "state",
                "peak",
                "unit_id",
                "level",
                "category",
                "channel",
                "worked_minutes",
            ],
        ),
        sa.Index(None, "unit_id", "filed_at"),
        sa.Index(None, "merged_into_id", postgresql_where=sa.text("merged_into_id IS NOT NULL")),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[str] = mapped_column(sa.ForeignKey(Kind.code))
    category: Mapped[str] = mapped_column(sa.ForeignKey(Category.code))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT))
    spot: Mapped[str | None] = mapped_column(sa.String(100))
    words: Mapped[str] = mapped_column(sa.Text)
    photo: Mapped[str | None] = mapped_column(sa.String(60))
    appointment_at: Mapped[datetime | None] = mapped_column(_WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())

    # Who asks, and by which way.
    channel: Mapped[str] = mapped_column(sa.String(20), server_default="own")
    filed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    caller_name: Mapped[str | None] = mapped_column(Sealed)
    caller_phone: Mapped[str | None] = mapped_column(Sealed)
    received_on: Mapped[date | None]
    anonymous: Mapped[bool] = mapped_column(server_default=sa.false())
    open_to_neighbours: Mapped[bool] = mapped_column(server_default=sa.false())

    # Where it stands.
    holder_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT))
    level: Mapped[str] = mapped_column(sa.String(40))
    last_verb: Mapped[str] = mapped_column(sa.String(20))
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("demands.id"))
    supervised_at: Mapped[datetime | None] = mapped_column(_WHEN)
    appealed_at: Mapped[datetime | None] = mapped_column(_WHEN)
    reason_code: Mapped[str | None] = mapped_column(sa.String(40))

    # Its time.
    filed_at: Mapped[datetime] = mapped_column(_WHEN)
    entered_at: Mapped[datetime] = mapped_column(_WHEN)
    running_since: Mapped[datetime | None] = mapped_column(_WHEN)
    ended_at: Mapped[datetime | None] = mapped_column(_WHEN)

    # What figures count.
    accepted_at: Mapped[datetime | None] = mapped_column(_WHEN)
    accepted_in_time: Mapped[bool | None]
    worked_minutes: Mapped[int] = mapped_column(server_default="0")
    peak: Mapped[int] = mapped_column(server_default="0")
    passed_up: Mapped[int] = mapped_column(server_default="0")
    climbed: Mapped[int] = mapped_column(server_default="0")
    returned: Mapped[int] = mapped_column(server_default="0")
    reopened: Mapped[int] = mapped_column(server_default="0")
    rating: Mapped[int | None]

    @property
    def number(self) -> str:
        """The number that is said of it; see `saas.kernel.codes.day_number`."""
        return day_number(self.filed_at.astimezone(clock.zone()).date(), self.id)


class Custody(ActColumns, TenantModel):
    """One act on a demand: who held it, what was done, why, and who has it from then on.

    ``with_unit_id`` is the unit that was asked to join, ``as_unit_id`` the one by whose post
    somebody acted where that was not the holder. ``internal`` ones are for staff alone.
    """

    __tablename__ = "custody"
    __table_args__ = (sa.UniqueConstraint("demand_id", "number"), APPEND_ONLY)

    demand_id: Mapped[int] = mapped_column(sa.ForeignKey(Demand.id))
    from_unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_UNIT), index=True)
    to_unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT))
    with_unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_UNIT))
    as_unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_UNIT))
    level: Mapped[str] = mapped_column(sa.String(40))
    code: Mapped[str | None] = mapped_column(sa.String(40))
    rating: Mapped[int | None]
    internal: Mapped[bool] = mapped_column(server_default=sa.false())
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))
    due_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Helper(TenantModel):
    """A unit that was asked to join in; it has its own time and answers for its part."""

    __tablename__ = "demand_helpers"
    __table_args__ = (
        sa.Index(
            "uq_demand_helpers_open",
            "demand_id",
            "unit_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index(None, "unit_id", postgresql_where=sa.text("ended_at IS NULL")),
        sa.Index(None, "next_at", postgresql_where=sa.text("next_at IS NOT NULL")),
    )

    demand_id: Mapped[int] = mapped_column(sa.ForeignKey(Demand.id), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT))
    task: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(_WHEN)
    due_at: Mapped[datetime] = mapped_column(_WHEN)
    next_at: Mapped[datetime | None] = mapped_column(_WHEN)
    answer: Mapped[str | None] = mapped_column(sa.Text)
    ended_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Follower(TenantModel):
    """Somebody who has the same need: told what becomes of it instead of filing it again."""

    __tablename__ = "demand_followers"
    __table_args__ = (sa.UniqueConstraint("demand_id", "person_id"),)

    demand_id: Mapped[int] = mapped_column(sa.ForeignKey(Demand.id))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(_WHEN)


class Detail(TenantModel):
    """An answer as it was given, under the label as it was asked.

    ``question`` is a code and no foreign key: a question that nothing else needs may go. The answer
    stands in ``said``, or where it is personal in ``sealed`` as the same JSON: its ``value`` (a
    text, a decimal number, a choice's code, yes or no, a day as 2026-11-22), and for a choice the
    ``name`` that it had.
    """

    __tablename__ = "demand_details"
    __table_args__ = (
        sa.UniqueConstraint("demand_id", "question"),
        sa.CheckConstraint("(said IS NULL) <> (sealed IS NULL)", name="one_answer"),
        APPEND_ONLY,
    )

    demand_id: Mapped[int] = mapped_column(sa.ForeignKey(Demand.id))
    question: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[str] = mapped_column(sa.String(20))
    label: Mapped[dict[str, str]]
    position: Mapped[int]
    said: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    sealed: Mapped[str | None] = mapped_column(Sealed)

"""Tables of demands and their custody."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.demands import rules
from saas.kernel.db import APPEND_ONLY, TenantModel

_WHEN = sa.DateTime(timezone=True)


class Category(TenantModel):
    """What a demand is about; of any depth, the code is for ever."""

    __tablename__ = "demand_categories"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    parent: Mapped[str | None] = mapped_column(sa.ForeignKey("demand_categories.code"))
    name: Mapped[dict[str, str]]
    hint: Mapped[dict[str, str]]
    position: Mapped[int]


class Deadline(TenantModel):
    """How many working hours a level has to accept and to resolve."""

    __tablename__ = "demand_deadlines"

    level: Mapped[str] = mapped_column(sa.String(40), unique=True)
    accept_hours: Mapped[int]
    resolve_hours: Mapped[int]


class Demand(TenantModel):
    """One demand. ``unit_id`` is where it arose, ``holder_id`` the unit whose queue has it now.

    ``submission`` comes with the form: sending the same form twice makes one demand.
    """

    __tablename__ = "demands"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.Index(None, "holder_id", "state", "due_at"),
        sa.Index(None, "filed_by_id", "id"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str] = mapped_column(sa.String(40), unique=True)
    category: Mapped[str] = mapped_column(sa.ForeignKey(Category.code))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    holder_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    level: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[str] = mapped_column(sa.String(20))
    last_verb: Mapped[str] = mapped_column(sa.String(20))
    words: Mapped[str] = mapped_column(sa.Text)
    photo: Mapped[str | None] = mapped_column(sa.String(60))
    filed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    filed_at: Mapped[datetime] = mapped_column(_WHEN)
    entered_at: Mapped[datetime] = mapped_column(_WHEN)
    due_at: Mapped[datetime | None] = mapped_column(_WHEN)
    ended_at: Mapped[datetime | None] = mapped_column(_WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Custody(TenantModel):
    """One act on a demand: who held it, what was done, why, and who has it from then on.

    ``number`` counts from 1 within a demand; its uniqueness makes one of two simultaneous acts
    fail instead of both being told that they won.
    """

    __tablename__ = "custody"
    __table_args__ = (sa.UniqueConstraint("demand_id", "number"), APPEND_ONLY)

    demand_id: Mapped[int] = mapped_column(sa.ForeignKey(Demand.id))
    number: Mapped[int]
    verb: Mapped[str] = mapped_column(sa.String(20))
    from_unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"), index=True)
    to_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    level: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[str] = mapped_column(sa.String(20))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(_WHEN)
    due_at: Mapped[datetime | None] = mapped_column(_WHEN)

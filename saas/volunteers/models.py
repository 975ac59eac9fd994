"""Tables of volunteers."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.corrections import Correctable, correctable, once, taken_back
from saas.kernel.crypto import Sealed, hash_of
from saas.kernel.db import APPEND_ONLY, TenantModel

#: The constraints by which nobody is written down twice for a shift, nothing is taken back twice,
#: nobody verifies their own hours, and nothing is written of what has not begun.
TWICE: Final = once("services")
TAKEN_BACK: Final = taken_back("services")
OWN: Final = "ck_services_by_another"
NOT_BEGUN: Final = "fk_services_session_id_begun"
#: Nobody is on the roll twice.
ON_ROLL: Final = ("uq_volunteers_person_id", "uq_volunteers_phone_hash")
_WHEN = sa.DateTime(timezone=True)


class Volunteer(TenantModel):
    """Somebody on the roll: by account, or with a ``name`` and number that the desk entered from
    paper. ``person_key`` is 0 for those; it is there to be pointed at. ``consented_at``: when they
    agreed that their hours are written down. Who left stays with what they did.
    """

    __tablename__ = "volunteers"
    __table_args__ = (
        sa.CheckConstraint("num_nonnulls(person_id, name) = 1", name="one_name"),
        sa.UniqueConstraint("id", "person_key"),
        sa.UniqueConstraint("person_id", name=ON_ROLL[0]),
        sa.UniqueConstraint("phone_hash", name=ON_ROLL[1]),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    person_key: Mapped[int] = mapped_column(
        sa.BigInteger, sa.Computed("COALESCE(person_id, 0)", persisted=True)
    )
    name: Mapped[str | None] = mapped_column(Sealed)
    phone: Mapped[str | None] = mapped_column(Sealed)
    phone_hash: Mapped[str | None] = mapped_column(sa.String(64), info=hash_of("phone"))
    skills: Mapped[str | None] = mapped_column(sa.String(200))
    consented_at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    left_at: Mapped[datetime | None] = mapped_column(_WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Shift(TenantModel):
    """Help that a session needs: what is done, from when until when, by how many."""

    __tablename__ = "shifts"
    __table_args__ = (
        sa.CheckConstraint("need BETWEEN 1 AND 99", name="need"),
        sa.CheckConstraint("starts_at < ends_at", name="times"),
        sa.UniqueConstraint("id", "session_id"),
        sa.Index("ix_shifts_starts_at", "starts_at"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    work: Mapped[dict[str, str]]
    need: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(_WHEN)
    ends_at: Mapped[datetime] = mapped_column(_WHEN)
    cancelled_at: Mapped[datetime | None] = mapped_column(_WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())

    @property
    def minutes(self) -> int:
        """How long it is planned to take."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Duty(TenantModel):
    """Somebody took a shift; ``left_at``: gave it up again."""

    __tablename__ = "duties"
    __table_args__ = (
        sa.Index(
            "uq_duties_shift_id_volunteer_id", "shift_id", "volunteer_id", unique=True,
            postgresql_where=sa.text("left_at IS NULL"),
        ),
    )  # fmt: skip

    shift_id: Mapped[int] = mapped_column(sa.ForeignKey(Shift.id), index=True)
    volunteer_id: Mapped[int] = mapped_column(sa.ForeignKey(Volunteer.id), index=True)
    taken_at: Mapped[datetime] = mapped_column(_WHEN)
    left_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Service(Correctable, TenantModel):
    """So many minutes that somebody helped, as another saw it, or that such a row is void. Rows are
    only added. ``verified_by`` is who says so: the database refuses that it is the volunteer.
    """

    __tablename__ = "services"
    __table_args__ = (
        sa.ForeignKeyConstraint(["shift_id", "session_id"], [Shift.id, Shift.session_id]),
        sa.ForeignKeyConstraint(
            ["session_id", "begun"], ["sessions.id", "sessions.begun"], name=NOT_BEGUN
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id", "person_key"], [Volunteer.id, Volunteer.person_key]
        ),
        *correctable("services", "shift_id", "volunteer_id"),
        sa.CheckConstraint("verified_by <> person_key", name=OWN.removeprefix("ck_services_")),
        sa.CheckConstraint(
            "CASE WHEN what = 'void' THEN minutes = 0 ELSE minutes BETWEEN 1 AND 1440 END",
            name="minutes",
        ),
        APPEND_ONLY,
    )

    shift_id: Mapped[int]
    session_id: Mapped[int]
    begun: Mapped[bool] = mapped_column(sa.Boolean, sa.Computed("true", persisted=True))
    volunteer_id: Mapped[int] = mapped_column(index=True)
    person_key: Mapped[int] = mapped_column(sa.BigInteger)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    held_at: Mapped[datetime] = mapped_column(_WHEN)
    minutes: Mapped[int]
    verified_by: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(_WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Certificate(TenantModel):
    """What a volunteer may show to others: the sum of what stood when it was made, with the name as
    it was then. Rows are only added; what is corrected later is said by who looks it up.
    """

    __tablename__ = "volunteer_certificates"
    __table_args__ = (
        sa.CheckConstraint("minutes >= 1 AND times >= 1", name="something"),
        APPEND_ONLY,
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    volunteer_id: Mapped[int] = mapped_column(sa.ForeignKey(Volunteer.id), index=True)
    name: Mapped[str] = mapped_column(Sealed)
    since: Mapped[datetime] = mapped_column(_WHEN)
    until: Mapped[datetime] = mapped_column(_WHEN)
    minutes: Mapped[int]
    times: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(_WHEN)

"""Tables of bookings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from saas.bookings import rules
from saas.casework import ActColumns, CaseColumns
from saas.kernel.crypto import Sealed, hash_of
from saas.kernel.db import APPEND_ONLY, TenantModel

#: The constraint by which nobody has a room that somebody else has.
ALONE: Final = "ex_bookings_alone"
_PERSON, _ROOM = "people.id", "rooms.id"
_HELD = ", ".join(f"'{state}'" for state in rules.HELD)


def _half_open(name: str) -> sa.CheckConstraint:
    """With both ends, the first in it and the last not: 10–11 and 11–12 both stand."""
    return sa.CheckConstraint(
        f"NOT isempty({name}) AND lower_inc({name}) AND NOT upper_inc({name})"
        f" AND NOT lower_inf({name}) AND NOT upper_inf({name})",
        name=f"{name}_half_open",
    )


class TermsColumns:
    """Who may book, and how. ``notice_hours`` and ``ahead_days``: the least and the most time
    before it begins; ``buffer_minutes`` stay free after it; ``grace_minutes`` after its begin a
    room to which nobody came is free again.
    """

    who: Mapped[str] = mapped_column(sa.String(20))
    notice_hours: Mapped[int]
    ahead_days: Mapped[int]
    longest_minutes: Mapped[int]
    buffer_minutes: Mapped[int]
    grace_minutes: Mapped[int]
    approval: Mapped[bool]
    holidays: Mapped[bool]


class KindTerms(TermsColumns, TenantModel):
    """What the model says of a kind of room; ``code`` is a room's of the library, or `ANY`."""

    __tablename__ = "booking_terms"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    position: Mapped[int]


class RoomTerms(TermsColumns, TenantModel):
    """What a street has set for one of its rooms; without a row the room follows its kind."""

    __tablename__ = "room_rules"
    __table_args__ = (sa.CheckConstraint(sa.column("who").in_(rules.WHO), name="who"),)

    room_id: Mapped[int] = mapped_column(sa.ForeignKey(_ROOM), unique=True)


class Series(TenantModel):
    """Bookings that were made together, by a rule that was expanded once."""

    __tablename__ = "booking_series"

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    every: Mapped[str] = mapped_column(sa.String(20))
    until: Mapped[date]


class Booking(CaseColumns, TenantModel):
    """A room for a while. ``during`` is what was asked for, ``blocked`` the same with the time to
    clean up; ``person_id`` whose it is, or the guest whose name and number are sealed.
    ``applicant_id`` is who asked, in whose name ever, or made the program that did; somebody else
    approves. ``cause``: why a date of a series was not had, or why it ended as it did. ``next_at``:
    when the clock looks.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        ExcludeConstraint(
            (sa.text("int8range(room_id, room_id, '[]')"), "&&"),
            ("blocked", "&&"),
            using="gist",
            where=sa.text(f"state IN ({_HELD})"),
            name=ALONE,
        ),
        _half_open("during"),
        sa.CheckConstraint(
            "during <@ blocked AND lower(during) = lower(blocked)"
            " AND lower_inc(blocked) AND NOT upper_inc(blocked)",
            name="blocked",
        ),
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint("approver_id <> applicant_id", name="two_people"),
        sa.CheckConstraint("person_id IS NULL OR guest_name IS NULL", name="one_owner"),
        sa.Index("ix_bookings_next", "next_at", postgresql_where=sa.text("next_at IS NOT NULL")),
        sa.Index("ix_bookings_during", "during", postgresql_using="gist"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey(_ROOM), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    blocked: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    starts_at: Mapped[datetime] = mapped_column(
        sa.DateTime(timezone=True), sa.Computed("lower(during)", persisted=True), index=True
    )
    minutes: Mapped[int] = mapped_column(
        sa.Computed(
            "(extract(epoch FROM upper(during) - lower(during)) / 60)::bigint", persisted=True
        )
    )
    series_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Series.id), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    purpose: Mapped[str] = mapped_column(sa.String(200))
    people: Mapped[int | None]
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisations.id"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON), index=True)
    guest_name: Mapped[str | None] = mapped_column(Sealed)
    guest_phone: Mapped[str | None] = mapped_column(Sealed)
    guest_hash: Mapped[str | None] = mapped_column(
        sa.String(64), index=True, info=hash_of("guest_phone")
    )
    channel: Mapped[str] = mapped_column(sa.String(20))
    applicant_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    approver_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    cause: Mapped[str | None] = mapped_column(sa.String(20))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())

    @property
    def start(self) -> datetime:
        """When it begins."""
        assert self.during.lower is not None
        return self.during.lower

    @property
    def end(self) -> datetime:
        """When it ends."""
        assert self.during.upper is not None
        return self.during.upper

    @property
    def held(self) -> tuple[datetime, datetime]:
        """From its begin to the end of the time to clean up."""
        assert self.blocked.upper is not None
        return self.start, self.blocked.upper


class Act(ActColumns, TenantModel):
    """One act on a booking."""

    __tablename__ = "booking_acts"
    __table_args__ = (sa.UniqueConstraint("booking_id", "number"), APPEND_ONLY)

    booking_id: Mapped[int] = mapped_column(sa.ForeignKey(Booking.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))

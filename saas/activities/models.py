"""Tables of activities."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from saas.activities import rules
from saas.casework import ActColumns, CaseColumns
from saas.kernel.crypto import Sealed, hash_of
from saas.kernel.db import APPEND_ONLY, TenantModel

#: The constraints by which nobody is signed up twice for one session.
ONCE: Final = ("uq_signups_person", "uq_signups_guest")
_PERSON, _UNIT, _WHEN = "people.id", "units.id", sa.DateTime(timezone=True)
_LIVING = "state IN ({})".format(", ".join(f"'{state}'" for state in rules.LIVING))


class Term(TenantModel):
    """A kind of activities or a tag, in the district's own words (``use``). ``offer_hours``: so
    long somebody who waited may think about places that came free, at activities of this kind;
    ``remind_hours``: so long before who comes is reminded, 0 for never.
    """

    __tablename__ = "activity_terms"
    __table_args__ = (
        sa.CheckConstraint(sa.column("use").in_(rules.USES), name="use"),
        sa.CheckConstraint("offer_hours BETWEEN 1 AND 720", name="offer_hours"),
        sa.CheckConstraint("remind_hours BETWEEN 0 AND 168", name="remind_hours"),
    )

    use: Mapped[str] = mapped_column(sa.String(10))
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    offer_hours: Mapped[int] = mapped_column(server_default="24")
    remind_hours: Mapped[int] = mapped_column(server_default="24")
    position: Mapped[int]
    retired_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Activity(TenantModel):
    """What is done, whenever it is done. ``unit_id`` is the street that answers for it,
    ``organisation_id`` who does it where it is not the street itself. ``template`` is the activity
    of a culture from which it was planned, ``project`` the code of the project that pays for it.
    Prices are in fen, None where it costs nothing. ``course``: one sign-up is for all dates.
    """

    __tablename__ = "activities"
    __table_args__ = (
        sa.CheckConstraint("min_people >= 1 AND max_people >= 1", name="people"),
        sa.CheckConstraint(
            "resident_fen >= 0 AND market_fen >= 0 AND concession_fen >= 0", name="prices"
        ),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisations.id"), index=True
    )
    title: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    bring: Mapped[list[dict[str, str]]] = mapped_column(server_default="[]")
    audience: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    kind: Mapped[str] = mapped_column(sa.String(40), index=True)
    tag: Mapped[str | None] = mapped_column(sa.String(40), index=True)
    project: Mapped[str | None] = mapped_column(sa.String(40), index=True)
    template: Mapped[str | None] = mapped_column(sa.String(40))
    min_people: Mapped[int | None]
    max_people: Mapped[int | None]
    resident_fen: Mapped[int | None]
    market_fen: Mapped[int | None]
    concession_fen: Mapped[int | None]
    course: Mapped[bool] = mapped_column(server_default=sa.false())
    public: Mapped[bool] = mapped_column(server_default=sa.true())
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Session(CaseColumns, TenantModel):
    """A date of an activity. It is in a room that was booked for it, or at an ``address``; one that
    was taken over from before may name the ``room_id`` besides. ``sequence`` counts how often time
    or place were changed, as calendars want it. ``capacity``: None where everybody can just come.
    ``head_id``: of a course, the first date, which has seats and sign-ups for all. ``begun`` is
    there to be pointed at: nobody was at what has not begun. ``next_at``: when the clock looks.
    ``reminded_for``: the begin of which those who come were reminded.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        sa.CheckConstraint(
            "NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)"
            " AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name="during_half_open",
        ),
        sa.CheckConstraint("num_nonnulls(booking_id, address) = 1", name="one_place"),
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint("capacity >= 1", name="capacity"),
        sa.CheckConstraint("closed_by <> held_by", name="two_people"),
        sa.CheckConstraint("head_id <> id AND (head_id IS NULL OR capacity IS NULL)", name="head"),
        sa.UniqueConstraint("id", "begun"),
        sa.Index("ix_sessions_next", "next_at", postgresql_where=sa.text("next_at IS NOT NULL")),
        sa.Index("ix_sessions_during", "during", postgresql_using="gist"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    activity_id: Mapped[int] = mapped_column(sa.ForeignKey(Activity.id), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(_UNIT), index=True)
    head_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sessions.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"), index=True)
    booking_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bookings.id"), unique=True)
    address: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    starts_at: Mapped[datetime] = mapped_column(
        _WHEN, sa.Computed("lower(during)", persisted=True), index=True
    )
    minutes: Mapped[int] = mapped_column(
        sa.Computed(
            "(extract(epoch FROM upper(during) - lower(during)) / 60)::bigint", persisted=True
        )
    )
    capacity: Mapped[int | None]
    opens_at: Mapped[datetime | None] = mapped_column(_WHEN)
    closes_at: Mapped[datetime] = mapped_column(_WHEN)
    cancel_until: Mapped[datetime] = mapped_column(_WHEN)
    sequence: Mapped[int] = mapped_column(server_default="0")
    cause: Mapped[str | None] = mapped_column(sa.String(200))
    reminded_for: Mapped[datetime | None] = mapped_column(_WHEN)
    held_by: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    closed_by: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    begun: Mapped[bool] = mapped_column(
        sa.Boolean, sa.Computed("state IN ('running', 'held', 'closed')", persisted=True)
    )
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
    def pool_id(self) -> int:
        """The session that has its seats and sign-ups: itself, or the first date of its course."""
        return self.head_id or self.id


class SessionAct(ActColumns, TenantModel):
    """One act on a session."""

    __tablename__ = "session_acts"
    __table_args__ = (sa.UniqueConstraint("session_id", "number"), APPEND_ONLY)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey(Session.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))


class SignUp(CaseColumns, TenantModel):
    """Somebody with ``party`` people at a session. ``person_id`` is whose it is, or the guest whose
    name and number are sealed; ``by_id`` who entered it. ``next_at``: until when an offer stands.
    ``passed``: others were served before it once, because it was too large for what was free.
    """

    __tablename__ = "signups"
    __table_args__ = (
        sa.CheckConstraint("party BETWEEN 1 AND 9", name="party"),
        sa.CheckConstraint(sa.column("state").in_(rules.SIGNED), name="state"),
        sa.CheckConstraint(sa.column("photo_consent").in_(rules.CONSENTS), name="photo_consent"),
        sa.CheckConstraint("person_id IS NULL OR guest_name IS NULL", name="one_owner"),
        sa.CheckConstraint("state <> 'offered' OR next_at IS NOT NULL", name="offered_until"),
        sa.UniqueConstraint("id", "session_id"),
        sa.Index(
            ONCE[0], "session_id", "person_id", unique=True, postgresql_where=sa.text(_LIVING)
        ),
        sa.Index(
            ONCE[1], "session_id", "guest_hash", unique=True, postgresql_where=sa.text(_LIVING)
        ),
        sa.Index("ix_signups_next", "next_at", postgresql_where=sa.text("next_at IS NOT NULL")),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey(Session.id))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON), index=True)
    guest_name: Mapped[str | None] = mapped_column(Sealed)
    guest_phone: Mapped[str | None] = mapped_column(Sealed)
    guest_hash: Mapped[str | None] = mapped_column(
        sa.String(64), index=True, info=hash_of("guest_phone")
    )
    party: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    channel: Mapped[str] = mapped_column(sa.String(20))
    photo_consent: Mapped[str] = mapped_column(sa.String(10))
    passed: Mapped[bool] = mapped_column(server_default=sa.false())
    at: Mapped[datetime] = mapped_column(_WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class SignUpAct(ActColumns, TenantModel):
    """One act on a sign-up."""

    __tablename__ = "signup_acts"
    __table_args__ = (sa.UniqueConstraint("signup_id", "number"), APPEND_ONLY)

    signup_id: Mapped[int] = mapped_column(sa.ForeignKey(SignUp.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))


class Seat(TenantModel):
    """A place at a session, and whose it is; never that of a sign-up for another session."""

    __tablename__ = "seats"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "seat"),
        sa.ForeignKeyConstraint(["signup_id", "session_id"], [SignUp.id, SignUp.session_id]),
        sa.CheckConstraint("seat >= 1", name="seat"),
        sa.Index("ix_seats_signup_id", "signup_id"),
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey(Session.id))
    seat: Mapped[int]
    signup_id: Mapped[int | None]

"""Tables of visits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from saas.casework import ActColumns, CaseColumns
from saas.kernel.crypto import Sealed, hash_of
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.packages.terms import TermColumns
from saas.visits import rules

#: The constraints by which a guide is with one group, a room has one, and a group is at one place.
GUIDE, ROOM, GROUP = "ex_visit_stops_guide", "ex_visit_stops_room", "ex_visit_stops_visit"
_PERSON, _WHEN = "people.id", sa.DateTime(timezone=True)
_LETTERED: Final = ", ".join(f"'{state}'" for state in rules.LETTERED)


class Term(TermColumns, TenantModel):
    """What the model says of visits: a number, a sentence, or both, and the rule it comes from."""

    __tablename__ = "visit_terms"


class Visit(CaseColumns, TenantModel):
    """A delegation on a day. Who speaks for it is sealed and forgotten (`erase_after`);
    ``day_code`` opens the page that every guest may have, ``code`` the slip of who asked.
    ``pledge``: whether they mean to do the same at home.
    """

    __tablename__ = "visits"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint(sa.column("level").in_(rules.LEVELS), name="level"),
        sa.CheckConstraint(f"state NOT IN ({_LETTERED}) OR letter_no IS NOT NULL", name="letter"),
        sa.CheckConstraint("ends_at > starts_at", name="order"),
        sa.CheckConstraint("guests_n BETWEEN 1 AND 500", name="guests"),
        sa.CheckConstraint(sa.column("pledge").in_(rules.PLEDGES), name="pledge"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    day_code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    from_org: Mapped[str] = mapped_column(sa.String(100))
    level: Mapped[str] = mapped_column(sa.String(20))
    purpose: Mapped[str] = mapped_column(sa.String(300))
    letter_no: Mapped[str | None] = mapped_column(sa.String(60))
    starts_at: Mapped[datetime] = mapped_column(_WHEN, index=True)
    ends_at: Mapped[datetime] = mapped_column(_WHEN)
    guests_n: Mapped[int]
    escorts_n: Mapped[int | None]
    contact_name: Mapped[str | None] = mapped_column(Sealed)
    contact_phone: Mapped[str | None] = mapped_column(Sealed)
    contact_mail: Mapped[str | None] = mapped_column(Sealed)
    contact_hash: Mapped[str | None] = mapped_column(
        sa.String(64), index=True, info=hash_of("contact_phone")
    )
    erase_after: Mapped[date] = mapped_column(index=True)
    pledge: Mapped[str | None] = mapped_column(sa.String(10))
    pledge_by: Mapped[date | None]
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Act(ActColumns, TenantModel):
    """One act on a visit."""

    __tablename__ = "visit_acts"
    __table_args__ = (sa.UniqueConstraint("visit_id", "number"), APPEND_ONLY)

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey(Visit.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))


def _alone(column: str, name: str) -> ExcludeConstraint:
    return ExcludeConstraint(
        (sa.text(f"int8range({column}, {column}, '[]')"), "&&"), ("during", "&&"),
        using="gist", where=sa.text(f"living AND {column} IS NOT NULL"), name=name,
    )  # fmt: skip


class Stop(TenantModel):
    """Where a group is for a while: a room, premises, or a place by its name; only the one that the
    guests choose may be open. ``living``: the visit was neither declined nor cancelled.
    """

    __tablename__ = "visit_stops"
    __table_args__ = (
        _alone("guide_id", GUIDE),
        _alone("room_id", ROOM),
        _alone("visit_id", GROUP),
        sa.UniqueConstraint("visit_id", "no", deferrable=True, initially="DEFERRED"),
        sa.Index(
            "uq_visit_stops_chosen", "visit_id", unique=True,
            postgresql_where=sa.text("kind = 'chosen'"),
        ),
        sa.CheckConstraint(sa.column("kind").in_(rules.KINDS), name="kind"),
        sa.CheckConstraint("no >= 1", name="no"),
        sa.CheckConstraint(
            "num_nonnulls(room_id, venue_id, place) = 1"
            " OR kind = 'chosen' AND num_nonnulls(room_id, venue_id, place) = 0",
            name="one_place",
        ),
        sa.CheckConstraint(
            "NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)"
            " AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name="half_open",
        ),
    )  # fmt: skip

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey(Visit.id), index=True)
    no: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(10))
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"))
    place: Mapped[str | None] = mapped_column(sa.String(60))
    guide_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON), index=True)
    booking_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bookings.id"))
    living: Mapped[bool] = mapped_column(server_default=sa.true())

    @property
    def start(self) -> datetime:
        """When they come."""
        assert self.during.lower is not None
        return self.during.lower

    @property
    def end(self) -> datetime:
        """When they go on."""
        assert self.during.upper is not None
        return self.during.upper

    @property
    def is_open(self) -> bool:
        """Whether the guests have still to choose."""
        return self.room_id is None and self.venue_id is None and self.place is None


class Guest(TenantModel):
    """Who came, for the reception list; the name goes when its time is over, the post stays."""

    __tablename__ = "visit_guests"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey(Visit.id), index=True)
    name: Mapped[str | None] = mapped_column(Sealed)
    post: Mapped[str] = mapped_column(sa.String(60))
    erase_after: Mapped[date] = mapped_column(index=True)


class Cost(TenantModel):
    """What the reception cost, in fen."""

    __tablename__ = "visit_costs"
    __table_args__ = (sa.CheckConstraint("fen > 0", name="fen"),)

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey(Visit.id), index=True)
    what: Mapped[str] = mapped_column(sa.String(60))
    fen: Mapped[int]


class Question(TenantModel):
    """What a guest asked, what was answered, and whether everybody may read both."""

    __tablename__ = "visit_questions"
    __table_args__ = (
        sa.CheckConstraint("published_at IS NULL OR answer IS NOT NULL", name="answered"),
    )

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey(Visit.id), index=True)
    words: Mapped[str] = mapped_column(sa.String(300))
    at: Mapped[datetime] = mapped_column(_WHEN)
    answer: Mapped[str | None] = mapped_column(sa.String(1000))
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))
    published_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Rating(TenantModel):
    """What a guest said at the end: how useful it was, and what was missing."""

    __tablename__ = "visit_ratings"
    __table_args__ = (sa.CheckConstraint("useful BETWEEN 1 AND 5", name="useful"),)

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey(Visit.id), index=True)
    useful: Mapped[int]
    missing: Mapped[str] = mapped_column(sa.String(300), server_default="")
    at: Mapped[datetime] = mapped_column(_WHEN)


class ReceptionList(TenantModel):
    """The reception list as it was when the visit was followed up; of it nothing is changed. Names
    are not in it: they are printed from `Guest` while they are kept. ``digest``: SHA-256 of the
    content as JSON with sorted keys.
    """

    __tablename__ = "visit_lists"
    __table_args__ = (sa.UniqueConstraint("visit_id", "number"), APPEND_ONLY)

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey(Visit.id))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON))

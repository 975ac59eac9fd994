"""What is kept of an organisation beside its acts; most of it is only ever added to."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.organisations import rules
from saas.organisations.models.register import Organisation

_WHEN = sa.DateTime(timezone=True)
_PERSON = "people.id"


class _Of:
    """Whose it is."""

    @declared_attr
    def organisation_id(cls) -> Mapped[int]:
        return mapped_column(sa.ForeignKey(Organisation.id), index=True)


class _Written(_Of):
    """When it was written down, and by whom."""

    at: Mapped[datetime] = mapped_column(_WHEN)

    @declared_attr
    def by_id(cls) -> Mapped[int | None]:
        return mapped_column(sa.ForeignKey(_PERSON))


class Credential(_Written, TenantModel):
    """A paper with a number. What is valid today is a question, not a column."""

    __tablename__ = "organisation_credentials"
    __table_args__ = (
        sa.CheckConstraint("valid_until >= valid_from", name="span"),
        sa.CheckConstraint(sa.column("kind").in_(rules.CREDENTIALS), name="kind"),
        APPEND_ONLY,
    )

    kind: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[str] = mapped_column(sa.String(60))
    issuer: Mapped[str] = mapped_column(sa.String(100))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation_credentials.id"))


class Post(_Of, TenantModel):
    """Who leads, is rung up, keeps the books: somebody with an account, or a sealed name."""

    __tablename__ = "organisation_posts"
    __table_args__ = (
        sa.Index(
            "uq_organisation_posts_leader",
            "organisation_id",
            unique=True,
            postgresql_where=sa.text("role = 'leader' AND until IS NULL"),
        ),
        sa.CheckConstraint("until >= since", name="span"),
        sa.CheckConstraint("person_id IS NOT NULL OR name IS NOT NULL", name="somebody"),
        sa.CheckConstraint(sa.column("role").in_(rules.POSTS), name="role"),
    )

    role: Mapped[str] = mapped_column(sa.String(20))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON), index=True)
    name: Mapped[str | None] = mapped_column(Sealed)
    phone: Mapped[str | None] = mapped_column(Sealed)
    since: Mapped[date]
    until: Mapped[date | None]


class Roll(_Written, TenantModel):
    """How many belong to it on a day, by flag: party members, league members, pioneers, others."""

    __tablename__ = "organisation_rolls"
    __table_args__ = (
        sa.CheckConstraint(
            "party >= 0 AND league >= 0 AND pioneers >= 0 AND others >= 0", name="counts"
        ),
        APPEND_ONLY,
    )

    as_of: Mapped[date]
    party: Mapped[int]
    league: Mapped[int]
    pioneers: Mapped[int]
    others: Mapped[int]
    source: Mapped[str] = mapped_column(sa.String(100))


class Member(_Of, TenantModel):
    """Somebody by name, which takes consent; for a child under fourteen that of a guardian
    (Personal Information Protection Law of 2021, articles 13 and 31).
    """

    __tablename__ = "organisation_members"
    __table_args__ = (
        sa.CheckConstraint("NOT child OR guardian_on IS NOT NULL", name="guardian"),
        sa.CheckConstraint("person_id IS NOT NULL OR name IS NOT NULL", name="somebody"),
        sa.Index(
            "uq_organisation_members_person",
            "organisation_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("left_on IS NULL"),
        ),
    )

    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON), index=True)
    name: Mapped[str | None] = mapped_column(Sealed)
    child: Mapped[bool] = mapped_column(server_default=sa.false())
    consent_on: Mapped[date]
    guardian_on: Mapped[date | None]
    left_on: Mapped[date | None]


class Sign(_Written, TenantModel):
    """A sign of life: something that they did on a day, in words and with how many people."""

    __tablename__ = "organisation_signs"
    __table_args__ = (
        sa.CheckConstraint(sa.column("kind").in_(rules.SIGNS), name="kind"),
        sa.Index(None, "organisation_id", "on"),
        APPEND_ONLY,
    )

    on: Mapped[date]
    kind: Mapped[str] = mapped_column(sa.String(20))
    words: Mapped[str] = mapped_column(sa.String(300))
    people: Mapped[int] = mapped_column(server_default="0")


class Area(_Of, TenantModel):
    """Where else it serves: a unit of the district, or a place outside by its name."""

    __tablename__ = "organisation_areas"

    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"))
    name: Mapped[dict[str, str]]
    people: Mapped[int] = mapped_column(server_default="0")


class Link(_Of, TenantModel):
    """That one organisation leads another: ``league`` is the Party leading the League, ``pioneers``
    the League leading the Pioneers.
    """

    __tablename__ = "organisation_links"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "other_id"),
        sa.CheckConstraint("organisation_id <> other_id", name="two"),
    )

    other_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    since: Mapped[date]


class Mentorship(_Of, TenantModel):
    """Who helps it grow, in business or in Party work, and the hours that were agreed."""

    __tablename__ = "organisation_mentorships"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (mentor_id IS NULL)", name="one_mentor"),
        sa.CheckConstraint(sa.column("kind").in_(rules.MENTORS), name="kind"),
    )

    kind: Mapped[str] = mapped_column(sa.String(20))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_PERSON), index=True)
    mentor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Organisation.id))
    hours: Mapped[int]
    since: Mapped[date]
    until: Mapped[date | None]


class Session(TenantModel):
    """One meeting of mentor and organisation; it counts once both sides have said so."""

    __tablename__ = "organisation_sessions"
    __table_args__ = (sa.CheckConstraint("minutes BETWEEN 5 AND 720", name="minutes"),)

    mentorship_id: Mapped[int] = mapped_column(sa.ForeignKey(Mentorship.id), index=True)
    on: Mapped[date]
    minutes: Mapped[int]
    topic: Mapped[str] = mapped_column(sa.String(300))
    mentor_at: Mapped[datetime | None] = mapped_column(_WHEN)
    group_at: Mapped[datetime | None] = mapped_column(_WHEN)

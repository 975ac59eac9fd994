"""Tables of getting in: registrations, and apps from which residents come."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.access import rules
from saas.kernel import clock
from saas.kernel.codes import day_number
from saas.kernel.crypto import Sealed, hash_of
from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)


def number_of(at: datetime, key: int) -> str:
    """The number that is said of what was asked for then."""
    return day_number(at.astimezone(clock.zone()).date(), key)


class Registration(TenantModel):
    """Somebody asks for an account, which stands once the number is proved: by a code, or at the
    desk. Until then the number belongs to nobody, and others may ask with the same.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL) AND (state = 'confirmed') = "
            "(person_id IS NOT NULL)",
            name="decided",
        ),
        sa.Index(None, "home_unit_id", postgresql_where=sa.text("state = 'asked'")),
    )

    name: Mapped[str] = mapped_column(sa.String(60))
    phone: Mapped[str] = mapped_column(Sealed)
    phone_hash: Mapped[str] = mapped_column(sa.String(64), index=True, info=hash_of("phone"))
    password_hash: Mapped[str | None] = mapped_column(sa.Text)
    home_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    state: Mapped[str] = mapped_column(sa.String(20), server_default="asked")
    at: Mapped[datetime] = mapped_column(_WHEN)
    decided_at: Mapped[datetime | None] = mapped_column(_WHEN)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), unique=True)

    @property
    def number(self) -> str:
        """The number that is said of it at the desk."""
        return number_of(self.at, self.id)


class App(TenantModel):
    """An app that shows this district inside itself, and vouches for who comes out of it.

    ``issuer`` is what it calls itself in its tickets, ``key`` what they are checked with;
    ``ancestors`` are the addresses whose pages may frame ours. One that is not ``active`` brings
    nobody in, and who is in is out with the next page.
    """

    __tablename__ = "apps"
    __table_args__ = (
        sa.CheckConstraint(sa.column("algorithm").in_(rules.ALGORITHMS), name="algorithm"),
    )

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    issuer: Mapped[str] = mapped_column(sa.String(200))
    algorithm: Mapped[str] = mapped_column(sa.String(10))
    key: Mapped[str] = mapped_column(Sealed)
    ancestors: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(server_default=sa.true())


class Provider(TenantModel):
    """One who vouches for people (OpenID Connect): who comes from there signs in without a password
    of ours. ``issuer`` is its name and address; one that is not ``active`` vouches for nobody.
    """

    __tablename__ = "providers"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    issuer: Mapped[str] = mapped_column(sa.String(200), unique=True)
    client_id: Mapped[str] = mapped_column(sa.String(200))
    secret: Mapped[str] = mapped_column(Sealed)
    active: Mapped[bool] = mapped_column(server_default=sa.true())


class Identity(TenantModel):
    """Whom an app, or one who vouches, means by a subject: nobody but the person said so, signed in
    here.
    """

    __tablename__ = "identities"
    __table_args__ = (
        sa.UniqueConstraint("app_id", "subject_hash"),
        sa.UniqueConstraint("provider_id", "subject_hash"),
        sa.CheckConstraint("(app_id IS NULL) <> (provider_id IS NULL)", name="one_side"),
    )

    app_id: Mapped[int | None] = mapped_column(sa.ForeignKey("apps.id"))
    provider_id: Mapped[int | None] = mapped_column(sa.ForeignKey("providers.id"))
    subject_hash: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(_WHEN)


class UsedTicket(TenantModel):
    """A ticket that has been used; forgotten when it is too old to be used anyway."""

    __tablename__ = "used_tickets"
    __table_args__ = (sa.UniqueConstraint("app_id", "ticket_hash"),)

    app_id: Mapped[int] = mapped_column(sa.ForeignKey("apps.id"))
    ticket_hash: Mapped[str] = mapped_column(sa.String(64))
    until: Mapped[datetime] = mapped_column(_WHEN, index=True)

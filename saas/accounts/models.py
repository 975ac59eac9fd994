"""Tables of people, posts and tokens."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.crypto import Sealed, hash_of
from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)


class Person(TenantModel):
    """Somebody who works in, serves or lives in the district.

    ``phone`` is sealed; ``phone_hash`` finds it. ``session_epoch`` goes up when every sign-in of
    the person must end. ``last_sign_in_at`` is when a session of the person last began.
    ``second_due_at``: from when on nothing goes without a second step, once one is asked for.
    """

    __tablename__ = "people"

    name: Mapped[str] = mapped_column(sa.String(60))
    login: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.Text)
    phone: Mapped[str | None] = mapped_column(Sealed)
    phone_hash: Mapped[str | None] = mapped_column(
        sa.String(64), unique=True, info=hash_of("phone")
    )
    home_unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"), index=True)
    session_epoch: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime] = mapped_column(_WHEN)
    disabled_at: Mapped[datetime | None] = mapped_column(_WHEN)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(_WHEN)
    second_due_at: Mapped[datetime | None] = mapped_column(_WHEN)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())
    demo_entry: Mapped[int | None]


class Role(TenantModel):
    """A named set of permissions; ``at`` lists the kinds of unit where it makes sense."""

    __tablename__ = "roles"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    position: Mapped[int]
    at: Mapped[list[str]]
    permissions: Mapped[list[str]]
    administers: Mapped[bool] = mapped_column(server_default=sa.false())
    resident: Mapped[bool] = mapped_column(server_default=sa.false())


class Post(TenantModel):
    """A place to be filled at a unit, with one role. It stays when its holder goes."""

    __tablename__ = "posts"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    role: Mapped[str] = mapped_column(sa.ForeignKey(Role.code), index=True)
    name: Mapped[dict[str, str]]
    retired_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Holding(TenantModel):
    """That a person holds a post, and since when; ended, never deleted."""

    __tablename__ = "holdings"
    __table_args__ = (
        sa.Index(
            "uq_holdings_living",
            "post_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("until IS NULL"),
        ),
    )

    post_id: Mapped[int] = mapped_column(sa.ForeignKey(Post.id))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    since: Mapped[datetime] = mapped_column(_WHEN)
    until: Mapped[datetime | None] = mapped_column(_WHEN)


class SignInLink(TenantModel):
    """A single-use link with which a person sets a password: invitation or reset.

    ``short_hash`` finds it by the short code on its slip, keyed: the code alone is no riddle for a
    machine.
    """

    __tablename__ = "sign_in_links"

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    short_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    purpose: Mapped[str] = mapped_column(sa.String(20))
    created_at: Mapped[datetime] = mapped_column(_WHEN)
    expires_at: Mapped[datetime] = mapped_column(_WHEN)
    used_at: Mapped[datetime | None] = mapped_column(_WHEN)


class SecondReset(TenantModel):
    """That somebody's second step is to be forgotten: one administrator asks, another one does it,
    while the person stands at the desk.
    """

    __tablename__ = "second_resets"
    __table_args__ = (sa.CheckConstraint("done_by_id <> asked_by_id", name="two"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    asked_at: Mapped[datetime] = mapped_column(_WHEN)
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    done_at: Mapped[datetime | None] = mapped_column(_WHEN)


class ApiToken(TenantModel):
    """A key with which a program calls the API for a unit; only the hash of its text is kept.

    ``scopes`` are names of permissions. What it may do is worked out at each call: its scopes as
    far as its maker holds them over the unit at that moment, nothing once the maker is shut out.
    """

    __tablename__ = "api_tokens"

    name: Mapped[str] = mapped_column(sa.String(60))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hint: Mapped[str] = mapped_column(sa.String(12))
    scopes: Mapped[list[str]]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    created_at: Mapped[datetime] = mapped_column(_WHEN)
    expires_at: Mapped[datetime] = mapped_column(_WHEN)
    last_used_at: Mapped[datetime | None] = mapped_column(_WHEN)
    revoked_at: Mapped[datetime | None] = mapped_column(_WHEN)

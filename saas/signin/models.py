"""Tables of sign-ins, for people of a district and for operators of the hub."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.context import Tenant, current_scope
from saas.kernel.crypto import Sealed
from saas.kernel.db import HubModel, TenantModel

_WHEN = sa.DateTime(timezone=True)


class _SignInColumns:
    """A browser in which somebody is signed in; the row goes when that ends.

    ``key_hash`` recognises its cookie, ``epoch`` is that of its owner when it began: one that is
    behind is over. ``device`` says browser and system in two words, ``app`` inside which app it is.
    ``seen_at`` is written down every few minutes. ``ends_at``: not good beyond that. ``proved_at``:
    when a second factor was last given in it; NULL for an owner who has none. All in world time.
    """

    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    epoch: Mapped[int]
    device: Mapped[str] = mapped_column(sa.String(40))
    app: Mapped[str | None] = mapped_column(sa.String(60))
    began_at: Mapped[datetime] = mapped_column(_WHEN)
    seen_at: Mapped[datetime] = mapped_column(_WHEN)
    ends_at: Mapped[datetime | None] = mapped_column(_WHEN)
    proved_at: Mapped[datetime | None] = mapped_column(_WHEN)


class SignIn(_SignInColumns, TenantModel):
    """A sign-in of somebody in a district."""

    __tablename__ = "sign_ins"

    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)


class HubSignIn(_SignInColumns, HubModel):
    """A sign-in of an operator."""

    __tablename__ = "sign_ins"

    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("hub.operators.id"), index=True)


class _FactorColumns:
    """A way to prove oneself besides the password: an app that shows codes, or a passkey.

    ``secret`` of an app is sealed; ``counter`` is the step of its last code that was used: none is
    good twice. A passkey has ``credential`` (its id), ``public_key``, and ``host``, the only name
    under which browsers offer it; its ``counter`` is the one that it sends itself.
    """

    kind: Mapped[str] = mapped_column(sa.String(10))
    name: Mapped[str] = mapped_column(sa.String(60))
    secret: Mapped[str | None] = mapped_column(Sealed)
    credential: Mapped[str | None] = mapped_column(sa.Text)
    public_key: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    host: Mapped[str | None] = mapped_column(sa.String(253))
    counter: Mapped[int] = mapped_column(server_default="0")
    added_at: Mapped[datetime] = mapped_column(_WHEN)
    used_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Factor(_FactorColumns, TenantModel):
    """One of somebody in a district."""

    __tablename__ = "second_factors"

    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)


class HubFactor(_FactorColumns, HubModel):
    """One of an operator."""

    __tablename__ = "second_factors"

    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("hub.operators.id"), index=True)


class _SpareColumns:
    """A printed code, good once; only its keyed hash is kept."""

    code_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Spare(_SpareColumns, TenantModel):
    """One of somebody in a district."""

    __tablename__ = "spare_codes"

    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)


class HubSpare(_SpareColumns, HubModel):
    """One of an operator."""

    __tablename__ = "spare_codes"

    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("hub.operators.id"), index=True)


class SecondRules(TenantModel):
    """What a district asks of those whose posts may do much: one row, or none for the usual."""

    __tablename__ = "second_rules"

    required: Mapped[bool]
    grace_days: Mapped[int]


def factors() -> type[Factor]:
    """The table of the plane at work; both have the same columns."""
    return Factor if isinstance(current_scope(), Tenant) else cast(type[Factor], HubFactor)


def spares() -> type[Spare]:
    """The table of the plane at work; both have the same columns."""
    return Spare if isinstance(current_scope(), Tenant) else cast(type[Spare], HubSpare)


def sign_ins() -> type[SignIn]:
    """The table of the plane at work; both have the same columns."""
    return SignIn if isinstance(current_scope(), Tenant) else cast(type[SignIn], HubSignIn)

"""Tables of sign-ins, for people of a district and for operators of the hub."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.context import Tenant, current_scope
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


def sign_ins() -> type[SignIn]:
    """The table of the plane at work; both have the same columns."""
    return SignIn if isinstance(current_scope(), Tenant) else cast(type[SignIn], HubSignIn)

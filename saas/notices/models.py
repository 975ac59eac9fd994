"""Tables of the notices."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.crypto import Sealed
from saas.kernel.db import TenantModel
from saas.notices import rules

_WHEN = sa.DateTime(timezone=True)


class Notice(TenantModel):
    """Something that one person was told. ``path`` is the page it opens inside the district.

    ``facts`` are JSON values and labels for the words of its kind, never personal data. ``about``
    names the thing (``demand:123``), by which it is done; ``once`` keeps it from coming twice.
    """

    __tablename__ = "notices"
    __table_args__ = (
        sa.Index(None, "person_id", "id"),
        sa.Index(
            "ix_notices_unread",
            "person_id",
            postgresql_where=sa.text("read_at IS NULL AND done_at IS NULL"),
        ),
        sa.Index(
            "ix_notices_open_about",
            "about",
            postgresql_where=sa.text("done_at IS NULL AND about <> ''"),
        ),
        sa.Index(
            "uq_notices_once",
            "person_id",
            "once",
            unique=True,
            postgresql_where=sa.text("once IS NOT NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(sa.String(60))
    facts: Mapped[dict[str, Any]]
    path: Mapped[str] = mapped_column(sa.Text)
    about: Mapped[str] = mapped_column(sa.String(80), server_default="")
    once: Mapped[str | None] = mapped_column(sa.String(120))
    at: Mapped[datetime] = mapped_column(_WHEN)
    read_at: Mapped[datetime | None] = mapped_column(_WHEN)
    done_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Reach(TenantModel):
    """How a person is reached outside the inbox. Times and the hour are the district's own.

    ``mail`` is sealed. ``digested_id`` is the last notice that a digest has told of.
    """

    __tablename__ = "reaches"
    __table_args__ = (
        sa.CheckConstraint(sa.column("wants_mail").in_(rules.WANTS), name="wants_mail"),
        sa.CheckConstraint("wants_mail = 'off' OR mail IS NOT NULL", name="mail"),
        sa.CheckConstraint("digest_hour BETWEEN 0 AND 23", name="digest_hour"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), unique=True)
    mail: Mapped[str | None] = mapped_column(Sealed)
    wants_mail: Mapped[str] = mapped_column(sa.String(10))
    digest_hour: Mapped[int]
    digested_id: Mapped[int] = mapped_column(server_default="0")
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]
    locale: Mapped[str] = mapped_column(sa.String(20))


class Webhook(TenantModel):
    """An address that is called when something happens; no ``kinds`` means all of them."""

    __tablename__ = "webhooks"

    name: Mapped[str] = mapped_column(sa.String(60))
    url: Mapped[str] = mapped_column(sa.Text)
    secret: Mapped[str] = mapped_column(Sealed)
    kinds: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(server_default=sa.true())
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(_WHEN)


class Delivery(TenantModel):
    """One message on its way out: of a notice, of a person's digest or test, or of an event.

    ``key`` is the same for every try, so that who receives it twice can tell. ``endpoint`` is
    masked. ``fault`` is a word of `words.FAULT` and ``answer`` the number the other side gave.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.CheckConstraint(sa.column("channel").in_(rules.CHANNELS), name="channel"),
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint("(person_id IS NULL) <> (webhook_id IS NULL)", name="one_reader"),
        sa.Index(None, "state", "id"),
        sa.Index(None, "webhook_id", "id"),
        sa.Index(
            "ix_deliveries_due",
            "next_try_at",
            postgresql_where=sa.text("state IN ('waiting', 'failed')"),
        ),
    )

    key: Mapped[str] = mapped_column(sa.String(26), unique=True)
    channel: Mapped[str] = mapped_column(sa.String(10))
    event: Mapped[str] = mapped_column(sa.String(60))
    notice_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Notice.id), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    webhook_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Webhook.id))
    endpoint: Mapped[str] = mapped_column(sa.Text, server_default="")
    state: Mapped[str] = mapped_column(sa.String(10))
    tries: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[datetime | None] = mapped_column(_WHEN)
    fault: Mapped[str | None] = mapped_column(sa.String(40))
    answer: Mapped[int | None]
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    at: Mapped[datetime] = mapped_column(_WHEN)
    done_at: Mapped[datetime | None] = mapped_column(_WHEN)

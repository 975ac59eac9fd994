"""Tables of the notices."""

from __future__ import annotations

from datetime import date, datetime, time
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
    ``calls_id`` is the unit whose people call where no channel gets through.
    """

    __tablename__ = "notices"
    __table_args__ = (
        sa.Index(None, "person_id", "at", "id"),
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
    calls_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"))
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
    Somebody without an account has a ``phone``, sealed, instead of a person. ``about`` names the
    thing as its notice does. ``body`` is what a short text says, ``secret`` a code that stands in
    it, both sealed; one that has left keeps neither. ``parts``, ``fen`` and ``spent_on`` are what
    it costs, on the district's day.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.CheckConstraint(sa.column("channel").in_(rules.CHANNELS), name="channel"),
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint("num_nonnulls(person_id, webhook_id, phone) = 1", name="one_reader"),
        sa.Index(None, "state", "id"),
        sa.Index("ix_deliveries_about", "about", postgresql_where=sa.text("about <> ''")),
        sa.Index(None, "channel", "spent_on", postgresql_where=sa.text("spent_on IS NOT NULL")),
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
    phone: Mapped[str | None] = mapped_column(Sealed)
    about: Mapped[str] = mapped_column(sa.String(80), server_default="")
    calls_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"))
    body: Mapped[str | None] = mapped_column(Sealed)
    secret: Mapped[str | None] = mapped_column(Sealed)
    parts: Mapped[int | None]
    fen: Mapped[int | None]
    spent_on: Mapped[date | None]
    endpoint: Mapped[str] = mapped_column(sa.Text, server_default="")
    state: Mapped[str] = mapped_column(sa.String(10))
    tries: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[datetime | None] = mapped_column(_WHEN)
    fault: Mapped[str | None] = mapped_column(sa.String(40))
    answer: Mapped[int | None]
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    at: Mapped[datetime] = mapped_column(_WHEN)
    done_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Provider(TenantModel):
    """Who carries a channel's messages for this district; none: nobody does.

    ``kind``: test (kept in the outbox), own (``url``, ``key_id`` and the sealed ``secret``) or
    house (the operator's). A part costs ``part_fen``; a day at most ``day_fen``. Between
    ``quiet_from`` and ``quiet_to`` nothing goes out that can wait.
    """

    __tablename__ = "message_providers"
    __table_args__ = (
        sa.CheckConstraint(sa.column("channel").in_(rules.SHORT), name="channel"),
        sa.CheckConstraint(sa.column("kind").in_(rules.PROVIDERS), name="kind"),
        sa.CheckConstraint(
            "kind <> 'own' OR num_nulls(url, key_id, secret) = 0", name="whole_address"
        ),
        sa.CheckConstraint("part_fen >= 0 AND day_fen >= 0", name="costs"),
    )

    channel: Mapped[str] = mapped_column(sa.String(10), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    active: Mapped[bool] = mapped_column(server_default=sa.true())
    url: Mapped[str | None] = mapped_column(sa.Text)
    key_id: Mapped[str | None] = mapped_column(sa.String(100))
    secret: Mapped[str | None] = mapped_column(Sealed)
    part_fen: Mapped[int]
    day_fen: Mapped[int]
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]


class Template(TenantModel):
    """What a kind of notice says on a channel, as it was filed with who carries it.

    ``text`` has slots like ``{what}``. ``filed_no`` is the number it was filed under, without
    which no real provider is given it; ``refused`` says why it was not filed.
    """

    __tablename__ = "message_templates"
    __table_args__ = (
        sa.UniqueConstraint("channel", "kind", "locale"),
        sa.CheckConstraint(sa.column("channel").in_(rules.SHORT), name="channel"),
        sa.CheckConstraint(sa.column("filing").in_(rules.FILINGS), name="filing"),
        sa.CheckConstraint("filing <> 'filed' OR filed_no <> ''", name="filed_no"),
    )

    channel: Mapped[str] = mapped_column(sa.String(10))
    kind: Mapped[str] = mapped_column(sa.String(60))
    locale: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.Text)
    signature: Mapped[str] = mapped_column(sa.String(12))
    filing: Mapped[str] = mapped_column(sa.String(10), server_default="draft")
    filed_no: Mapped[str] = mapped_column(sa.String(60), server_default="")
    refused: Mapped[str] = mapped_column(sa.String(300), server_default="")
    changed_at: Mapped[datetime] = mapped_column(_WHEN)


class Allowance(TenantModel):
    """How many messages of a template a person allowed the official account to send.

    ``kind``: once (each permission is good for one message) or long (until it is taken back).
    ``subject`` is who the person is to the account, sealed.
    """

    __tablename__ = "channel_grants"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "channel", "template", "kind"),
        sa.CheckConstraint(sa.column("kind").in_(rules.ALLOWANCES), name="kind"),
        sa.CheckConstraint(sa.column("left") >= 0, name="left"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    channel: Mapped[str] = mapped_column(sa.String(10))
    template: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(10))
    subject: Mapped[str] = mapped_column(Sealed)
    left: Mapped[int]
    at: Mapped[datetime] = mapped_column(_WHEN)


class TextCode(TenantModel):
    """The newest one-time code of a number for a purpose; only hashes of both are kept."""

    __tablename__ = "text_codes"
    __table_args__ = (sa.UniqueConstraint("phone_hash", "purpose"),)

    phone_hash: Mapped[str] = mapped_column(sa.String(64))
    purpose: Mapped[str] = mapped_column(sa.String(20))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    tries: Mapped[int] = mapped_column(server_default="0")
    expires_at: Mapped[datetime] = mapped_column(_WHEN)


class CallTask(TenantModel):
    """Somebody whom no channel reaches is to be called: whom, about what, by whose people.

    Either a person or a sealed ``phone``; with neither there is nobody to call, and it is not made.
    ``unit_id`` is the unit whose people call. ``answer`` is what was said, sealed.
    """

    __tablename__ = "call_tasks"
    __table_args__ = (
        sa.CheckConstraint("num_nonnulls(person_id, phone) = 1", name="one_reader"),
        sa.CheckConstraint(sa.column("state").in_(rules.CALLS), name="state"),
        sa.Index(None, "about", "id"),
        sa.Index(
            "ix_call_tasks_open", "unit_id", "due_at", postgresql_where=sa.text("state = 'open'")
        ),
        sa.Index(
            "uq_call_tasks_open", "about", "kind", unique=True,
            postgresql_where=sa.text("state = 'open'"),
        ),
    )  # fmt: skip

    kind: Mapped[str] = mapped_column(sa.String(60))
    facts: Mapped[dict[str, Any]]
    path: Mapped[str] = mapped_column(sa.Text)
    about: Mapped[str] = mapped_column(sa.String(80))
    why: Mapped[str] = mapped_column(sa.String(40))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    phone: Mapped[str | None] = mapped_column(Sealed)
    name: Mapped[str | None] = mapped_column(Sealed)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    state: Mapped[str] = mapped_column(sa.String(10), server_default="open")
    tries: Mapped[int] = mapped_column(server_default="0")
    tried_at: Mapped[datetime | None] = mapped_column(_WHEN)
    due_at: Mapped[datetime] = mapped_column(_WHEN)
    answer: Mapped[str | None] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(_WHEN)
    done_at: Mapped[datetime | None] = mapped_column(_WHEN)
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

"""Tables of the control plane."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import APPEND_ONLY, HubModel
from saas.tenancy import rules

_WHEN = sa.DateTime(timezone=True)


class Tenant(HubModel):
    """One district. ``seed`` holds what provisioning needs and is emptied when it is done.

    ``clock_shift`` is how far a demo district's clock was turned ahead. ``recipient`` is the public
    age key to which its archives are sealed, ``keys`` are those that it brought along from
    elsewhere, wrapped. ``due_at``: when one that is closing may be
    deleted, or a demo of somebody's own is. ``support_until``: how
    long its people let operators look in, as it said last; what opens is decided there. Quotas are
    bytes of files, people, and SMS in a month; NULL for no bound.
    """

    __tablename__ = "tenants"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint(sa.column("kind").in_(rules.KINDS), name="kind"),
    )

    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    schema_name: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    kind: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[str] = mapped_column(sa.String(20), index=True)
    package: Mapped[str] = mapped_column(sa.String(60))
    look: Mapped[str] = mapped_column(sa.String(60))
    official_code: Mapped[str | None] = mapped_column(sa.String(12))
    revision: Mapped[str | None] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(_WHEN)
    activated_at: Mapped[datetime | None] = mapped_column(_WHEN)
    state_reason: Mapped[str | None] = mapped_column(sa.Text)
    seed: Mapped[dict[str, Any]]
    clock_shift: Mapped[timedelta] = mapped_column(sa.Interval, server_default=sa.text("'0'"))
    recipient: Mapped[str | None] = mapped_column(sa.Text)
    keys: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    due_at: Mapped[datetime | None] = mapped_column(_WHEN)
    support_until: Mapped[datetime | None] = mapped_column(_WHEN)
    quota_bytes: Mapped[int | None]
    quota_people: Mapped[int | None]
    quota_sms: Mapped[int | None]


class OldCode(HubModel):
    """A code that a district had before: its printed links lead on. It is never given again."""

    __tablename__ = "old_codes"

    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey(Tenant.id), index=True)
    at: Mapped[datetime] = mapped_column(_WHEN)


class Usage(HubModel):
    """What a district used when it was counted last, one row each: ``counts`` by the words of
    `words.USAGE`, ``edition`` is KEY@VERSION, ``seen_at`` when somebody was last there.
    """

    __tablename__ = "usage"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey(Tenant.id), unique=True)
    at: Mapped[datetime] = mapped_column(_WHEN)
    seen_at: Mapped[datetime | None] = mapped_column(_WHEN)
    edition: Mapped[str | None] = mapped_column(sa.String(100))
    counts: Mapped[dict[str, Any]]


class Archive(HubModel):
    """An archive that was written: its digest, and how many rows and files were in it."""

    __tablename__ = "archives"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey(Tenant.id), index=True)
    at: Mapped[datetime] = mapped_column(_WHEN)
    revision: Mapped[str] = mapped_column(sa.String(64))
    recipient: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    tables: Mapped[dict[str, Any]]
    files: Mapped[int]


class Host(HubModel):
    """A host name that leads to a district without a path prefix, once it is ``proved_at``: by a
    TXT record that holds ``proof``. ``asked_at``: when that was last looked for.
    """

    __tablename__ = "hosts"

    host: Mapped[str] = mapped_column(sa.String(253), unique=True)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey(Tenant.id), index=True)
    proof: Mapped[str] = mapped_column(sa.String(64), server_default="")
    asked_at: Mapped[datetime | None] = mapped_column(_WHEN)
    proved_at: Mapped[datetime | None] = mapped_column(_WHEN)


class TenantEvent(HubModel):
    """What happened to a district, for ever."""

    __tablename__ = "tenant_events"
    __table_args__ = APPEND_ONLY

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey(Tenant.id), index=True)
    at: Mapped[datetime] = mapped_column(_WHEN)
    actor: Mapped[str] = mapped_column(sa.String(100))
    verb: Mapped[str] = mapped_column(sa.String(40))
    before: Mapped[str | None] = mapped_column(sa.String(20))
    after: Mapped[str | None] = mapped_column(sa.String(20))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    facts: Mapped[dict[str, Any]]


class Anchor(HubModel):
    """The root of the last seal of a book, kept outside of the district that it is of, for ever.

    ``code``: what the district was called then. ``kind`` is ``day``, or ``restored``: the district
    came out of an archive that ended at this seal (0: before the first), so that what was kept of
    later ones says nothing any more. World time.
    """

    __tablename__ = "anchors"
    __table_args__ = (
        sa.CheckConstraint(sa.column("kind").in_(("day", "restored")), name="kind"),
        sa.Index(None, "schema_name", "id"),
        APPEND_ONLY,
    )

    schema_name: Mapped[str] = mapped_column(sa.String(40))
    code: Mapped[str] = mapped_column(sa.String(32))
    book: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[int]
    root: Mapped[str] = mapped_column(sa.String(64))
    kind: Mapped[str] = mapped_column(sa.String(10))
    at: Mapped[datetime] = mapped_column(_WHEN)


class Sealing(HubModel):
    """When all that is new in a schema was last sealed, and what its last check found: how many
    ``faults``. World time.
    """

    __tablename__ = "sealings"

    schema_name: Mapped[str] = mapped_column(sa.String(40), unique=True)
    sealed_at: Mapped[datetime | None] = mapped_column(_WHEN)
    checked_at: Mapped[datetime | None] = mapped_column(_WHEN)
    faults: Mapped[int] = mapped_column(server_default="0")


class ProvisioningStep(HubModel):
    """One step of bringing a district up; ``state`` is todo, doing, done or failed."""

    __tablename__ = "provisioning_steps"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "step"),)

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey(Tenant.id))
    step: Mapped[str] = mapped_column(sa.String(40))
    position: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(20))
    started_at: Mapped[datetime | None] = mapped_column(_WHEN)
    finished_at: Mapped[datetime | None] = mapped_column(_WHEN)
    error: Mapped[str | None] = mapped_column(sa.Text)


class Operator(HubModel):
    """Somebody who runs the service: sees districts as tenants, not what is in them."""

    __tablename__ = "operators"

    login: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    password_hash: Mapped[str] = mapped_column(sa.Text)
    session_epoch: Mapped[int] = mapped_column(server_default="1")
    disabled_at: Mapped[datetime | None] = mapped_column(_WHEN)
    second_due_at: Mapped[datetime | None] = mapped_column(_WHEN)

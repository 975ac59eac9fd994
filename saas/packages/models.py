"""What a district has installed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import APPEND_ONLY, TenantModel


class InstalledPackage(TenantModel):
    """The package a district was made from, as it was then: the base of every later upgrade.

    ``content`` is what stood in its files, as `Package.parts` gives it.
    """

    __tablename__ = "installed_packages"

    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    version: Mapped[str] = mapped_column(sa.String(20))
    content: Mapped[dict[str, Any]]
    installed_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class Word(TenantModel):
    """What this district calls a thing of the product; its own words, not a translation."""

    __tablename__ = "words"

    term: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(server_default="0")


#: What can have changed a district's model as a whole.
CHANGES = ("install", "upgrade", "exchange", "undo")


class PackageChange(TenantModel):
    """One change of the model of a district, kept for ever: what it was before and after.

    ``base`` is the content that was installed before, ``before`` and ``after`` what the district
    had, all in the shape of `Package.parts`. An undoing is a row of its own that names the one it
    takes back; a change is undone at most once.
    """

    __tablename__ = "package_changes"
    __table_args__ = (sa.CheckConstraint(sa.column("kind").in_(CHANGES), name="kind"), APPEND_ONLY)

    kind: Mapped[str] = mapped_column(sa.String(20))
    key: Mapped[str] = mapped_column(sa.String(40))
    version: Mapped[str] = mapped_column(sa.String(20))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    base: Mapped[dict[str, Any]]
    decisions: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(sa.String(100))
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    undoes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("package_changes.id"), unique=True)


class PackageDraft(TenantModel):
    """What was decided so far about an upgrade that is not made yet.

    ``decisions``: conflict → the side that was chosen, and the values between which it was.
    """

    __tablename__ = "package_drafts"
    __table_args__ = (sa.UniqueConstraint("key", "version"),)

    key: Mapped[str] = mapped_column(sa.String(40))
    version: Mapped[str] = mapped_column(sa.String(20))
    decisions: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))

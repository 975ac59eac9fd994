"""What a district has installed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel


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

"""What the district's model says of organisations: types, stages, and words to choose from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel

_WHEN = sa.DateTime(timezone=True)


class _Listed:
    """What a row of a list has: it is taken out of use, never deleted."""

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    position: Mapped[int]
    retired_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Type(_Listed, TenantModel):
    """What an organisation is. ``needs`` is how it comes into the register; ``supporter`` the kind
    of unit that supports it and decides; ``silent_days`` without a sign of life make it dormant;
    ``valid_months`` is how long a filing lasts. More than ``most_members`` is a slip of the pen.
    """

    __tablename__ = "organisation_types"

    needs: Mapped[str] = mapped_column(sa.String(20))
    supporter: Mapped[str] = mapped_column(sa.String(40))
    silent_days: Mapped[int]
    most_members: Mapped[int]
    valid_months: Mapped[int | None]
    source: Mapped[dict[str, str]]


class Stage(_Listed, TenantModel):
    """A step of a type's track; ``criteria`` are what it takes to leave it for the next one:
    ``{"measure": ..., "at_least": ..., "within_days": ...}``.
    """

    __tablename__ = "organisation_stages"

    type: Mapped[str] = mapped_column(sa.ForeignKey(Type.code), index=True)
    criteria: Mapped[list[dict[str, Any]]]


class Term(_Listed, TenantModel):
    """A word to choose: a class of service, a reason to leave, a kind of pilot (``use``)."""

    __tablename__ = "organisation_terms"

    use: Mapped[str] = mapped_column(sa.String(20))

"""Counts tries per key in the database, so that every process sees the same count.

Keys are hashed: neither a name that was typed nor an address is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel import clock
from saas.kernel.context import Tenant, current_scope
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import HubModel, TenantModel, session
from saas.kernel.errors import TooMany


class HubTry(HubModel):
    """Tries at the operators' door."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    count: Mapped[int]
    until: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class TenantTry(TenantModel):
    """Tries at a district's doors: sign-in, filing, following by code."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    count: Mapped[int]
    until: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


def _table() -> type[HubTry] | type[TenantTry]:
    return TenantTry if isinstance(current_scope(), Tenant) else HubTry


def ensure_calm(door: str, who: str, *, limit: int) -> None:
    """Raise `TooMany` when ``who`` has used up ``limit`` tries at ``door`` for now."""
    table = _table()
    query = sa.select(table.count).where(
        table.key == lookup_hash(f"{door}:{who}"), table.until > clock.now()
    )
    if (session.scalar(query) or 0) >= limit:
        raise TooMany


def use(door: str, who: str, *, limit: int, window: timedelta) -> None:
    """One more try, or `TooMany` where ``limit`` are used up already.

    It is counted before it is judged: of many at once no more than ``limit`` go through.
    """
    if count_try(door, who, window=window) > limit:
        raise TooMany


def count_try(door: str, who: str, *, window: timedelta) -> int:
    """One more try, the how manieth it is; the count starts again ``window`` after its first."""
    table, now = _table(), clock.now()
    fresh = insert(table).values(key=lookup_hash(f"{door}:{who}"), count=1, until=now + window)
    over = table.until <= now
    counted = fresh.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": sa.case((over, 1), else_=table.count + 1),
            "until": sa.case((over, fresh.excluded.until), else_=table.until),
        },
    )
    return session.execute(counted.returning(table.count)).scalar_one()


def forget_tries(door: str, who: str) -> None:
    """Start afresh after a success."""
    table = _table()
    session.execute(sa.delete(table).where(table.key == lookup_hash(f"{door}:{who}")))

"""Counts tries per key in the database, so that every process sees the same count.

Keys are hashed: neither a name that was typed nor an address is kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel import clock
from saas.kernel.context import Tenant, current_scope
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import HubModel, TenantModel, session
from saas.kernel.errors import TooMany


class _TryColumns:
    """``about``: whose tries these are, where many keys count for one; ``last_at``: the newest."""

    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    count: Mapped[int]
    until: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    about: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    last_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))


class HubTry(_TryColumns, HubModel):
    """Tries at the operators' door."""

    __tablename__ = "tries"


class TenantTry(_TryColumns, TenantModel):
    """Tries at a district's doors: sign-in, filing, following by code."""

    __tablename__ = "tries"


@dataclass(frozen=True, slots=True)
class Tried:
    """What was counted of one key: how often, until when it counts, when last."""

    count: int
    until: datetime
    last_at: datetime | None


def _table() -> type[HubTry] | type[TenantTry]:
    return TenantTry if isinstance(current_scope(), Tenant) else HubTry


def _key(door: str, who: str) -> str:
    return lookup_hash(f"{door}:{who}")


def tried(door: str, who: str) -> Tried | None:
    """What counts for ``who`` at ``door`` now; None where nothing does."""
    table = _table()
    query = sa.select(table.count, table.until, table.last_at).where(
        table.key == _key(door, who), table.until > clock.now()
    )
    row = session.execute(query).first()
    return Tried(*row) if row else None


def ensure_calm(door: str, who: str, *, limit: int) -> None:
    """Raise `TooMany`, with the seconds to wait, when ``who`` has used up ``limit`` tries at
    ``door`` for now.
    """
    found = tried(door, who)
    if found and found.count >= limit:
        raise TooMany(retry_after=math.ceil((found.until - clock.now()).total_seconds()))


def use(door: str, who: str, *, limit: int, window: timedelta) -> None:
    """One more try, or `TooMany` where ``limit`` are used up already.

    It is counted before it is judged: of many at once no more than ``limit`` go through.
    """
    if count_try(door, who, window=window) > limit:
        ensure_calm(door, who, limit=limit)


def count_try(door: str, who: str, *, window: timedelta, about: str = "") -> int:
    """One more try, and how many there are now; the count starts again ``window`` after its first.

    With ``about`` it is forgotten together with others (`forget_about`).
    """
    table, now = _table(), clock.now()
    fresh = insert(table).values(
        key=_key(door, who),
        count=1,
        until=now + window,
        about=_key("about", about) if about else None,
        last_at=now,
    )
    over = table.until <= now
    counted = fresh.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": sa.case((over, 1), else_=table.count + 1),
            "until": sa.case((over, fresh.excluded.until), else_=table.until),
            "last_at": now,
        },
    )
    return session.scalars(counted.returning(table.count)).one()


def forget_tries(door: str, who: str) -> None:
    """Start afresh after a success."""
    table = _table()
    session.execute(sa.delete(table).where(table.key == _key(door, who)))


def forget_about(about: str) -> None:
    """Start afresh with every key that counted for ``about``."""
    table = _table()
    session.execute(sa.delete(table).where(table.about == _key("about", about)))


def sweep(*, older: timedelta = timedelta(days=1)) -> None:
    """Drop what has not counted for long."""
    table = _table()
    session.execute(sa.delete(table).where(table.until < clock.now() - older))

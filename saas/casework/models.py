"""Columns of cases and of their acts; the tables are the domain's own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.casework.clock import Clock

_WHEN = sa.DateTime(timezone=True)


class CaseColumns:
    """What every case has: where it stands, how many acts there were, when the clock is to look.

    ``next_at`` wants an index where it is not null: `alarms.due` reads by it.
    """

    if TYPE_CHECKING:
        id: Mapped[int]

    state: Mapped[str] = mapped_column(sa.String(20))
    acts: Mapped[int] = mapped_column(server_default="0")
    next_at: Mapped[datetime | None] = mapped_column(_WHEN)


class ClockColumns:
    """What a case with time limits has besides. ``clock`` counts the clocks that were started."""

    if TYPE_CHECKING:
        next_at: Mapped[datetime | None]

    clock: Mapped[int] = mapped_column(server_default="0")
    warn_at: Mapped[datetime | None] = mapped_column(_WHEN)
    due_at: Mapped[datetime | None] = mapped_column(_WHEN)
    given_minutes: Mapped[int | None]
    left_minutes: Mapped[int | None]

    @property
    def time(self) -> Clock:
        """Its clock as the rules know it."""
        return Clock(self.due_at, self.warn_at, self.next_at, self.given_minutes, self.left_minutes)

    def set_time(self, time: Clock) -> None:
        """Another clock begins; alarms of the one before will find that it is over."""
        self.clock = (self.clock or 0) + 1
        self.due_at, self.warn_at, self.next_at = time.due_at, time.warn_at, time.next_at
        self.given_minutes, self.left_minutes = time.given, time.left


class ActColumns:
    """One act. ``number`` counts from 1 within a case; a unique constraint over both makes one of
    two simultaneous acts fail instead of both being told that they won. The table is `APPEND_ONLY`.

    ``actor_id`` is a person; a program acts by its ``token_id``, and clock and system have neither.
    Both are the domain's to declare, since they point at tables of a higher floor.
    """

    if TYPE_CHECKING:
        actor_id: Mapped[int | None]
        token_id: Mapped[int | None]

    number: Mapped[int]
    verb: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[str] = mapped_column(sa.String(20))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    actor_kind: Mapped[str] = mapped_column(sa.String(20), server_default="person")
    at: Mapped[datetime] = mapped_column(_WHEN)

"""Tables of a district's calendar."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.db import TenantModel
from saas.workdays import rules


class WorkCalendar(TenantModel):
    """The one row that every change of the calendar writes, and so waits for.

    ``version`` is never the same again, not even after a rollback: what a process remembers under
    it is true as long as the row still says so.
    """

    __tablename__ = "work_calendar"

    version: Mapped[UUID] = mapped_column(sa.Uuid)
    changed_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class WorkWeek(TenantModel):
    """A weekday, 1 to 7 from Monday, with its hours as {opens, closes}; none when it is off."""

    __tablename__ = "work_week"
    __table_args__ = (
        sa.CheckConstraint(sa.column("weekday").between(1, 7), name="weekday"),
        sa.UniqueConstraint("weekday"),
    )

    weekday: Mapped[int]
    spans: Mapped[list[dict[str, str]]]


class WorkdayException(TenantModel):
    """A day that is not as its weekday.

    A day may have two rows: the published one, and the district's own, which goes before it.
    Taking the own one away therefore brings the published one back. ``spans`` null: the hours of
    an ordinary working day.
    """

    __tablename__ = "workday_exceptions"
    __table_args__ = (
        sa.UniqueConstraint("day", "source"),
        sa.CheckConstraint(sa.column("source").in_(rules.SOURCES), name="source"),
        sa.CheckConstraint("works OR spans IS NULL", name="spans"),
    )

    day: Mapped[date]
    works: Mapped[bool]
    name: Mapped[dict[str, str]]
    source: Mapped[str] = mapped_column(sa.String(20))
    spans: Mapped[list[dict[str, str]] | None] = mapped_column(JSONB(none_as_null=True))


class WorkYear(TenantModel):
    """A year whose holidays are known: read from the published list, or entered here to the end.

    ``origin`` says in which edition of the list; it is null for a year that was entered.
    """

    __tablename__ = "work_years"
    __table_args__ = (sa.CheckConstraint(sa.column("state").in_(rules.SOURCES), name="state"),)

    year: Mapped[int] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(sa.String(20))
    origin: Mapped[str | None] = mapped_column(sa.String(60))
    since: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))

"""Meetings of the committee: what is on the agenda, who is here; what was before there were any."""

from __future__ import annotations

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas import ledger
from saas.casework import ActColumns, CaseColumns
from saas.funds import rules
from saas.funds.models.gifts import PERSON, WHEN, Gift
from saas.funds.models.payouts import Member, Payout
from saas.kernel.db import APPEND_ONLY, OF_THE_PAST, TenantModel


class Earlier(TenantModel):
    """A gift that the office gave back, or a payout that was voted on by itself, before meetings
    were rows: such rows stay true, and nobody can add one.
    """

    __tablename__ = "fund_earlier"
    __table_args__ = (
        sa.CheckConstraint("num_nonnulls(gift_id, payout_id) = 1", name="one"),
        OF_THE_PAST,
    )

    gift_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Gift.id), unique=True)
    payout_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Payout.id), unique=True)


class Meeting(CaseColumns, TenantModel):
    """The committee meets ``on`` a day at an ``hour`` at a place (the code of a room, or words); or
    it votes in writing until that day, and then has neither.
    """

    __tablename__ = "fund_meetings"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.MEETING_STATES), name="state"),
        sa.CheckConstraint("(hour IS NULL) = (place IS NULL)", name="where"),
        sa.UniqueConstraint("id", "state", "acts", name="uq_fund_meetings_acts"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    on: Mapped[date] = mapped_column(index=True)
    hour: Mapped[time | None]
    place: Mapped[str | None] = mapped_column(sa.String(60))
    called_by: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class MeetingAct(ActColumns, TenantModel):
    """One act on a meeting. After the last one nothing moves it on: its row holds on to it."""

    __tablename__ = "fund_meeting_acts"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "number"),
        ledger.foreign("fund_meeting_acts", "last", ("meeting_id", "last", "number"),
                       "fund_meetings", ("id", "state", "acts")),
        APPEND_ONLY,
    )  # fmt: skip

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey(Meeting.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))
    last: Mapped[str | None] = mapped_column(
        sa.String(20),
        sa.Computed("CASE WHEN state IN ('closed', 'called_off') THEN state END", persisted=True),
    )


class Item(TenantModel):
    """A point of an agenda: a payout to be voted on, or a subject in words, of which ``said`` keeps
    what came out. What was voted on stays on the agenda.
    """

    __tablename__ = "fund_items"
    __table_args__ = (
        sa.CheckConstraint("num_nonnulls(payout_id, subject) = 1", name="one"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_fund_items_number"),
        sa.UniqueConstraint("id", "payout_id", name="uq_fund_items_payout"),
        sa.UniqueConstraint("id", "meeting_id", "payout_id", name="uq_fund_items_meeting"),
    )

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey(Meeting.id))
    number: Mapped[int]
    payout_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Payout.id), index=True)
    subject: Mapped[str | None] = mapped_column(sa.String(200))
    said: Mapped[str | None] = mapped_column(sa.String(500))


class Present(TenantModel):
    """A member who is here; in writing, one who voted. Who voted was here, for ever."""

    __tablename__ = "fund_present"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "member_id", name="uq_fund_present_once"),)

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey(Meeting.id))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey(Member.id))
    at: Mapped[datetime] = mapped_column(WHEN)

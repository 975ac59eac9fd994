"""Payouts, what covers them, what they did; the committee that decides them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas import ledger
from saas.casework import ActColumns, CaseColumns
from saas.funds import rules
from saas.funds.models.gifts import PERSON, WHEN, Gift, Purpose
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.ledger.models import AMOUNT


class Payout(CaseColumns, TenantModel):
    """Money that is asked for, for one purpose, to an organisation or to whom the office names.
    ``file_no`` stands for a household whose name is not known here. ``care``: it is a project of
    care, told by how many it reached. ``gift_id``: it gives this gift back.
    """

    __tablename__ = "fund_payouts"
    __table_args__ = (
        sa.UniqueConstraint("id", "amount", name="uq_fund_payouts_amount"),
        sa.UniqueConstraint("id", "purpose_id", name="uq_fund_payouts_purpose"),
        sa.UniqueConstraint("id", "gift_id", name="uq_fund_payouts_gift"),
        sa.UniqueConstraint("id", "back", name="uq_fund_payouts_back"),
        sa.UniqueConstraint(
            "id", "asked_by", "checked_by", "sent_by", name="uq_fund_payouts_hands"
        ),
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.CheckConstraint(sa.column("state").in_(rules.PAYOUT_STATES), name="state"),
        sa.Index(
            "uq_fund_payouts_asked_back",
            "gift_id",
            unique=True,
            postgresql_where=sa.text("state NOT IN ('posted', 'returned')"),
        ),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    amount: Mapped[Any] = mapped_column(AMOUNT)
    purpose_id: Mapped[int] = mapped_column(sa.ForeignKey(Purpose.id), index=True)
    what: Mapped[str] = mapped_column(sa.String(200))
    payee: Mapped[str] = mapped_column(sa.String(100))
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisations.id"))
    file_no: Mapped[str | None] = mapped_column(sa.String(40))
    care: Mapped[bool] = mapped_column(server_default=sa.false())
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey(PERSON))
    checked_by: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    sent_by: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    posted_on: Mapped[date | None] = mapped_column(index=True)
    sample: Mapped[bool] = mapped_column(server_default=sa.false())
    gift_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Gift.id), index=True)
    back: Mapped[int] = mapped_column(sa.Computed("COALESCE(gift_id, 0)", persisted=True))


class PayoutAct(ActColumns, TenantModel):
    """One act on a payout."""

    __tablename__ = "fund_payout_acts"
    __table_args__ = (sa.UniqueConstraint("payout_id", "number"), APPEND_ONLY)

    payout_id: Mapped[int] = mapped_column(sa.ForeignKey(Payout.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))


class Member(TenantModel):
    """A seat in the committee: who, since when, until when; it is unpaid."""

    __tablename__ = "fund_members"
    __table_args__ = (
        sa.CheckConstraint(sa.column("seat").in_(rules.SEATS), name="seat"),
        sa.CheckConstraint("until IS NULL OR until >= since", name="order"),
        sa.Index(
            "uq_fund_members_now", "person_id", unique=True,
            postgresql_where=sa.text("until IS NULL"),
        ),
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(sa.ForeignKey(PERSON))
    seat: Mapped[str] = mapped_column(sa.String(10))
    since: Mapped[date]
    until: Mapped[date | None]


def _in_meeting() -> tuple[sa.CheckConstraint, ...]:
    """A row hangs on an item of a meeting, or its payout was voted on before there were any."""
    return (
        sa.CheckConstraint("num_nonnulls(item_id, earlier_id) = 1", name="in_meeting"),
        sa.CheckConstraint("earlier_id = payout_id", name="earlier"),
    )


class Vote(TenantModel):
    """How a member who is here voted on an item, once; who has to do with it is ``recused``."""

    __tablename__ = "fund_votes"
    __table_args__ = (
        sa.UniqueConstraint(
            "payout_id", "member_id", "item_id", name="uq_fund_votes_once",
            postgresql_nulls_not_distinct=True,
        ),
        sa.CheckConstraint(sa.column("vote").in_(rules.VOTES), name="vote"),
        sa.CheckConstraint("(item_id IS NULL) = (meeting_id IS NULL)", name="where"),
        *_in_meeting(),
        ledger.foreign("fund_votes", "item", ("item_id", "meeting_id", "payout_id"), "fund_items",
                       ("id", "meeting_id", "payout_id")),
        ledger.foreign("fund_votes", "here", ("meeting_id", "member_id"), "fund_present",
                       ("meeting_id", "member_id")),
        APPEND_ONLY,
    )  # fmt: skip

    payout_id: Mapped[int] = mapped_column(sa.ForeignKey(Payout.id))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey(Member.id))
    vote: Mapped[str] = mapped_column(sa.String(10))
    at: Mapped[datetime] = mapped_column(WHEN)
    item_id: Mapped[int | None]
    meeting_id: Mapped[int | None]
    earlier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fund_earlier.payout_id"))


class Resolution(TenantModel):
    """What the committee decided on an item, by its number without a gap."""

    __tablename__ = "fund_resolutions"
    __table_args__ = (
        *ledger.numbered("fund_resolutions"),
        sa.UniqueConstraint("id", "payout_id", "amount", name="uq_fund_resolutions_about"),
        sa.ForeignKeyConstraint(
            ["payout_id", "amount"], ["fund_payouts.id", "fund_payouts.amount"],
            name="fk_fund_resolutions_amount",
        ),
        sa.CheckConstraint(
            "2 * (yes + no + abstained) > members AND 2 * yes > yes + no + abstained",
            name="carried",
        ),
        *_in_meeting(),
        ledger.foreign("fund_resolutions", "item", ("item_id", "payout_id"), "fund_items",
                       ("id", "payout_id")),
        APPEND_ONLY,
    )  # fmt: skip

    number: Mapped[int]
    before_number: Mapped[int | None]
    payout_id: Mapped[int] = mapped_column(unique=True)
    on: Mapped[date]
    amount: Mapped[Any] = mapped_column(AMOUNT)
    members: Mapped[int]
    yes: Mapped[int]
    no: Mapped[int]
    abstained: Mapped[int]
    recused: Mapped[int]
    at: Mapped[datetime] = mapped_column(WHEN)
    item_id: Mapped[int | None]
    earlier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fund_earlier.payout_id"))


class Use(TenantModel):
    """A part of one gift for one payout of the same purpose; or all of it, given back before the
    host had it (without a payout). It stands in two chains at once: what is left of the gift, and
    how much of the payout is covered. Only what the host confirmed is used. A payout that gives
    the gift ``back`` takes of that gift, and of free ones.
    """

    __tablename__ = "fund_gift_uses"
    __table_args__ = (
        *ledger.chain("fund_gift_uses", "gift_id", "gift_", step="-amount", first="gift_amount"),
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.CheckConstraint("gift_after >= 0", name="left"),
        sa.CheckConstraint(
            "payout_id IS NOT NULL OR (gift_number = 1 AND gift_after = 0)", name="given_back"
        ),
        sa.CheckConstraint(
            "CASE WHEN payout_id IS NULL THEN num_nonnulls(payout_number, payout_before_number,"
            " payout_before, payout_after) = 0 ELSE payout_number IS NOT NULL"
            " AND payout_before IS NOT NULL AND payout_after IS NOT NULL END",
            name="payout_or_back",
        ),
        sa.CheckConstraint(
            "back = 0 OR payout_id IS NOT NULL AND (back = gift_id OR free)", name="back"
        ),
        *ledger.chain("fund_gift_uses", "payout_id", "payout_"),
        sa.CheckConstraint(
            "CASE WHEN payout_id IS NULL THEN allowed_id IS NULL"
            " ELSE allowed_id IS NOT NULL AND (allowed_id = purpose_id OR free) END",
            name="purpose",
        ),
        *(
            sa.ForeignKeyConstraint(own, [f"{table}.{one}" for one in theirs], name=name)
            for own, table, theirs, name in (
                (("gift_id", "gift_amount"), "fund_gifts", ("id", "amount"),
                 "fk_fund_gift_uses_gift"),
                (("gift_id", "purpose_id"), "fund_gifts", ("id", "purpose_id"),
                 "fk_fund_gift_uses_gift_purpose"),
                (("purpose_id", "free"), "fund_purposes", ("id", "free"), "fk_fund_gift_uses_free"),
                (("payout_id", "allowed_id"), "fund_payouts", ("id", "purpose_id"),
                 "fk_fund_gift_uses_payout_purpose"),
                (("payout_id", "back"), "fund_payouts", ("id", "back"), "fk_fund_gift_uses_back"),
                (("gift_id", "needs"), "fund_gift_acts", ("gift_id", "state"),
                 "fk_fund_gift_uses_confirmed"),
            )
        ),
        APPEND_ONLY,
    )  # fmt: skip

    gift_id: Mapped[int]
    gift_number: Mapped[int]
    gift_before_number: Mapped[int | None]
    gift_before: Mapped[Any] = mapped_column(AMOUNT)
    gift_after: Mapped[Any] = mapped_column(AMOUNT)
    gift_amount: Mapped[Any] = mapped_column(AMOUNT)
    payout_id: Mapped[int | None] = mapped_column(index=True)
    payout_number: Mapped[int | None]
    payout_before_number: Mapped[int | None]
    payout_before: Mapped[Any | None] = mapped_column(AMOUNT)
    payout_after: Mapped[Any | None] = mapped_column(AMOUNT)
    amount: Mapped[Any] = mapped_column(AMOUNT)
    purpose_id: Mapped[int]
    free: Mapped[bool]
    allowed_id: Mapped[int | None]
    needs: Mapped[str | None] = mapped_column(
        sa.String(10),
        sa.Computed("CASE WHEN payout_id IS NULL THEN 'reversed' ELSE 'confirmed' END",
                    persisted=True),
    )  # fmt: skip
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(WHEN)
    back: Mapped[int] = mapped_column(server_default="0")


class Posting(TenantModel):
    """A payout left the fund: decided by its resolution, covered to the fen, by three people."""

    __tablename__ = "fund_postings"
    __table_args__ = (
        sa.CheckConstraint("covered = amount", name="covered"),
        sa.CheckConstraint(
            "asked_by <> checked_by AND checked_by <> sent_by AND asked_by <> sent_by",
            name="three_people",
        ),
        *(
            sa.ForeignKeyConstraint(own, [f"{table}.{one}" for one in theirs], name=name)
            for own, table, theirs, name in (
                (("resolution_id", "payout_id", "amount"), "fund_resolutions",
                 ("id", "payout_id", "amount"), "fk_fund_postings_resolution"),
                (("payout_id", "last_number", "covered"), "fund_gift_uses",
                 ("payout_id", "payout_number", "payout_after"), "fk_fund_postings_cover"),
                (("payout_id", "asked_by", "checked_by", "sent_by"), "fund_payouts",
                 ("id", "asked_by", "checked_by", "sent_by"), "fk_fund_postings_hands"),
            )
        ),
        APPEND_ONLY,
    )  # fmt: skip

    payout_id: Mapped[int] = mapped_column(unique=True)
    amount: Mapped[Any] = mapped_column(AMOUNT)
    resolution_id: Mapped[int]
    last_number: Mapped[int]
    covered: Mapped[Any] = mapped_column(AMOUNT)
    asked_by: Mapped[int]
    checked_by: Mapped[int]
    sent_by: Mapped[int]
    reference: Mapped[str] = mapped_column(sa.String(60), server_default="")
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(WHEN)


class Story(TenantModel):
    """What a payout did and for how many; never for whom. A correction is the next number."""

    __tablename__ = "fund_stories"
    __table_args__ = (
        sa.UniqueConstraint("payout_id", "number", name="uq_fund_stories_number"),
        sa.CheckConstraint("heads BETWEEN 0 AND 1000000", name="heads"),
        APPEND_ONLY,
    )

    payout_id: Mapped[int] = mapped_column(sa.ForeignKey(Payout.id))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(sa.String(500))
    heads: Mapped[int]
    at: Mapped[datetime] = mapped_column(WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))

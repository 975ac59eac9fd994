"""Tables of campaigns, and the constraints by which what is not so cannot be stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas import ledger
from saas.campaigns import rules
from saas.casework import ActColumns, CaseColumns
from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.ledger.models import AMOUNT

PERSON, UNIT, _WHEN = "people.id", "units.id", sa.DateTime(timezone=True)
_CHAINED: Final = (
    "{0} >= 1 AND CASE WHEN {0} = 1 THEN {1} IS NULL"
    " ELSE {1} IS NOT NULL AND {1} = {0} - 1 END"
)  # fmt: skip


class Campaign(CaseColumns, TenantModel):
    """Gifts are asked for: what for, by whom, from when until when. ``basis`` and the ``proofs``
    that it takes are those of the day when it was written; ``given`` is what stands there of each.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        sa.CheckConstraint(sa.column("state").in_(rules.STATES), name="state"),
        sa.CheckConstraint("until >= since", name="order"),
        sa.CheckConstraint("goal > 0", name="goal"),
        sa.CheckConstraint("needed >= 1", name="needed"),
        sa.UniqueConstraint("id", "needed", name="uq_campaigns_needed"),
        sa.UniqueConstraint("id", "made_by", name="uq_campaigns_made_by"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    name: Mapped[dict[str, str]]
    words: Mapped[dict[str, str]]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(UNIT), index=True)
    purpose_id: Mapped[int] = mapped_column(sa.ForeignKey("fund_purposes.id"))
    basis: Mapped[dict[str, Any]]
    proofs: Mapped[list[dict[str, Any]]]
    needed: Mapped[int] = mapped_column(
        sa.BigInteger, sa.Computed("jsonb_array_length(proofs)", persisted=True)
    )
    given: Mapped[dict[str, str]]
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisations.id"))
    place: Mapped[str] = mapped_column(sa.String(100))
    channel: Mapped[str] = mapped_column(sa.String(200), server_default="")
    goal: Mapped[Any | None] = mapped_column(AMOUNT)
    since: Mapped[date] = mapped_column(index=True)
    until: Mapped[date]
    made_by: Mapped[int] = mapped_column(sa.ForeignKey(PERSON))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Act(ActColumns, TenantModel):
    """One act on a campaign."""

    __tablename__ = "campaign_acts"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "number"), APPEND_ONLY)

    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey(Campaign.id))
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_tokens.id"))


class Proof(TenantModel):
    """A proof as the second person saw it: what was written, the SHA-256 of the paper, or both."""

    __tablename__ = "campaign_proofs"
    __table_args__ = (
        sa.CheckConstraint(_CHAINED.format("place", "before_place"), name="follows"),
        sa.CheckConstraint("num_nonnulls(words, digest) >= 1", name="something"),
        sa.UniqueConstraint("campaign_id", "place", name="uq_campaign_proofs_place"),
        sa.UniqueConstraint("campaign_id", "kind", name="uq_campaign_proofs_kind"),
        ledger.foreign(
            "campaign_proofs",
            "before",
            ("campaign_id", "before_place"),
            "campaign_proofs",
            ("campaign_id", "place"),
        ),
        APPEND_ONLY,
    )

    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey(Campaign.id))
    place: Mapped[int]
    before_place: Mapped[int | None]
    kind: Mapped[str] = mapped_column(sa.String(40))
    words: Mapped[str | None] = mapped_column(sa.String(200))
    digest: Mapped[str | None] = mapped_column(sa.String(64))


class Check(TenantModel):
    """Somebody else than who wrote a campaign has seen every proof of it. Without it nothing of a
    campaign is public.
    """

    __tablename__ = "campaign_checks"
    __table_args__ = (
        sa.CheckConstraint("proved = needed", name="every_proof"),
        sa.CheckConstraint("checked_by <> made_by", name="two_people"),
        *(
            ledger.foreign("campaign_checks", own, ("campaign_id", own), table, theirs)
            for own, table, theirs in (
                ("needed", "campaigns", ("id", "needed")),
                ("made_by", "campaigns", ("id", "made_by")),
                ("proved", "campaign_proofs", ("campaign_id", "place")),
            )
        ),
        APPEND_ONLY,
    )  # fmt: skip

    campaign_id: Mapped[int] = mapped_column(unique=True)
    needed: Mapped[int]
    proved: Mapped[int]
    made_by: Mapped[int]
    checked_by: Mapped[int] = mapped_column(sa.ForeignKey(PERSON))
    at: Mapped[datetime] = mapped_column(_WHEN)


class Sheet(TenantModel):
    """What a campaign raised, what of it was used and what is left, when it was accounted for; a
    correction is the next number, and says why.
    """

    __tablename__ = "campaign_sheets"
    __table_args__ = (
        sa.CheckConstraint("raised = used + rest", name="adds_up"),
        sa.UniqueConstraint("campaign_id", "number", name="uq_campaign_sheets_number"),
        APPEND_ONLY,
    )

    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey(Campaign.id))
    number: Mapped[int]
    gifts: Mapped[int]
    raised: Mapped[Any] = mapped_column(AMOUNT)
    used: Mapped[Any] = mapped_column(AMOUNT)
    rest: Mapped[Any] = mapped_column(AMOUNT)
    words: Mapped[str] = mapped_column(sa.String(500))
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))


class Lot(TenantModel):
    """A thing that was given, to be bid for. Its numbers are those of the day it was listed.
    ``extended`` of at most ``most`` times by ``minutes``; who won is told once (``told_at``), and
    pays at the desk: ``gift_id``.
    """

    __tablename__ = "campaign_lots"
    __table_args__ = (
        sa.CheckConstraint("start > 0 AND step > 0", name="amounts"),
        sa.CheckConstraint("opens_at < closes_at", name="order"),
        sa.CheckConstraint("extended BETWEEN 0 AND most", name="extended"),
        sa.CheckConstraint("(gift_id IS NULL) = (price IS NULL)", name="paid"),
        sa.CheckConstraint("handed_at IS NULL OR gift_id IS NOT NULL", name="handed"),
        sa.UniqueConstraint("campaign_id", "number", name="uq_campaign_lots_number"),
        sa.UniqueConstraint("id", "start", "step", name="uq_campaign_lots_rise"),
        ledger.foreign("campaign_lots", "gift", ("gift_id", "price"), "fund_gifts",
                       ("id", "amount")),
    )  # fmt: skip

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey(Campaign.id))
    number: Mapped[int]
    name: Mapped[dict[str, str]]
    giver: Mapped[str] = mapped_column(sa.String(60), server_default="")
    start: Mapped[Any] = mapped_column(AMOUNT)
    step: Mapped[Any] = mapped_column(AMOUNT)
    minutes: Mapped[int]
    most: Mapped[int]
    opens_at: Mapped[datetime] = mapped_column(_WHEN)
    closes_at: Mapped[datetime] = mapped_column(_WHEN)
    extended: Mapped[int] = mapped_column(server_default="0")
    gift_id: Mapped[int | None] = mapped_column(unique=True)
    price: Mapped[Any | None] = mapped_column(AMOUNT)
    handed_at: Mapped[datetime | None] = mapped_column(_WHEN)
    told_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Paddle(TenantModel):
    """A number by which somebody bids in a campaign; whose it is stays sealed."""

    __tablename__ = "campaign_paddles"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "number", name="uq_campaign_paddles_number"),
        sa.UniqueConstraint("campaign_id", "person_id", name="uq_campaign_paddles_person"),
        sa.CheckConstraint("num_nonnulls(person_id, name) = 1", name="whose"),
    )

    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey(Campaign.id))
    number: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    name: Mapped[str | None] = mapped_column(Sealed)
    phone: Mapped[str | None] = mapped_column(Sealed)


class Bid(TenantModel):
    """A bid, which rises by the step at least; or one is made void, with a reason: then the price
    falls by what it rose. Rows of a lot are one chain.
    """

    __tablename__ = "campaign_bids"
    __table_args__ = (
        *ledger.chain("campaign_bids", "lot_id", step="rise", first="start - step"),
        sa.CheckConstraint(
            "CASE WHEN voids IS NULL THEN rise >= step AND paddle_id IS NOT NULL AND reason IS NULL"
            " ELSE rise < 0 AND paddle_id IS NULL AND reason IS NOT NULL END",
            name="rises",
        ),
        sa.UniqueConstraint("lot_id", "number", "rise", name="uq_campaign_bids_rise"),
        sa.UniqueConstraint("lot_id", "voids", name="uq_campaign_bids_voids"),
        ledger.foreign("campaign_bids", "voids", ("lot_id", "voids", "opposite"), "campaign_bids",
                       ("lot_id", "number", "rise")),
        ledger.foreign("campaign_bids", "lot", ("lot_id", "start", "step"), "campaign_lots",
                       ("id", "start", "step")),
        APPEND_ONLY,
    )  # fmt: skip

    lot_id: Mapped[int]
    number: Mapped[int]
    before_number: Mapped[int | None]
    before: Mapped[Any] = mapped_column(AMOUNT)
    rise: Mapped[Any] = mapped_column(AMOUNT)
    after: Mapped[Any] = mapped_column(AMOUNT)
    opposite: Mapped[Any] = mapped_column(AMOUNT, sa.Computed("-rise", persisted=True))
    start: Mapped[Any] = mapped_column(AMOUNT)
    step: Mapped[Any] = mapped_column(AMOUNT)
    paddle_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Paddle.id))
    voids: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(sa.String(300))
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))


class Point(TenantModel):
    """Where gifts are taken, in a unit of the ladder of donation points."""

    __tablename__ = "donation_points"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(UNIT), index=True)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    place: Mapped[dict[str, str]]
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    position: Mapped[int]
    retired_at: Mapped[datetime | None] = mapped_column(_WHEN)


class Fundraiser(TenantModel):
    """Somebody who asks for gifts, with a card. The name stands on the card and nowhere else."""

    __tablename__ = "fundraisers"
    __table_args__ = (sa.CheckConstraint("until >= since", name="order"),)

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(UNIT), index=True)
    name: Mapped[str] = mapped_column(Sealed)
    since: Mapped[date]
    until: Mapped[date]
    stopped_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Pledge(TenantModel):
    """What somebody promised: a share by contract, so much a month, or so much once."""

    __tablename__ = "pledges"
    __table_args__ = (
        sa.CheckConstraint(sa.column("kind").in_(rules.PLEDGES), name="kind"),
        sa.CheckConstraint(
            "CASE WHEN kind = 'contract' THEN percent > 0 AND percent <= 100 AND amount IS NULL"
            " ELSE amount > 0 AND percent IS NULL END",
            name="how_much",
        ),
        sa.UniqueConstraint("id", "kind", name="uq_pledges_kind"),
    )

    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey(UNIT), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    name: Mapped[str] = mapped_column(Sealed)
    document: Mapped[str] = mapped_column(sa.String(100), server_default="")
    percent: Mapped[Any | None] = mapped_column(sa.Numeric(5, 2))
    amount: Mapped[Any | None] = mapped_column(AMOUNT)
    since: Mapped[date]
    until: Mapped[date | None]
    ended_on: Mapped[date | None]
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class PledgeRow(TenantModel):
    """What a partner declared for the month of ``on``, of which the last word counts; or what came
    of a pledge: a gift of the fund. Of a contract it is its own sum, and never a gift.
    """

    __tablename__ = "pledge_rows"
    __table_args__ = (
        sa.CheckConstraint("what = 'payment' AND amount > 0 OR what = 'turnover' AND amount >= 0"
                           " AND kind = 'contract'", name="what"),
        sa.CheckConstraint("(kind = 'contract') = (gift_id IS NULL)", name="apart"),
        ledger.foreign("pledge_rows", "pledge", ("pledge_id", "kind"), "pledges", ("id", "kind")),
        ledger.foreign("pledge_rows", "gift", ("gift_id", "amount"), "fund_gifts",
                       ("id", "amount")),
        APPEND_ONLY,
    )  # fmt: skip

    pledge_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    what: Mapped[str] = mapped_column(sa.String(10))
    gift_id: Mapped[int | None] = mapped_column(unique=True)
    amount: Mapped[Any] = mapped_column(AMOUNT)
    reference: Mapped[str] = mapped_column(sa.String(60), server_default="")
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PERSON))

"""Every read of campaigns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.campaigns import rules
from saas.campaigns.models import (
    Act,
    Bid,
    Campaign,
    Check,
    Fundraiser,
    Lot,
    Paddle,
    Pledge,
    PledgeRow,
    Point,
    Proof,
)
from saas.funds import queries as funds
from saas.funds.origins import Origin, say_origins
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.i18n import say
from saas.kernel.naming import by_id
from saas.kernel.shortcodes import read_code
from saas.organisations import queries as organisations

Condition = sa.ColumnElement[bool]
names = by_id(sa.select(Campaign.id, Campaign.name, Campaign.code.label("code")))
pledge_names = by_id(sa.select(Pledge.id, Pledge.code, Pledge.code.label("code")))
lot_names = by_id(sa.select(Lot.id, Lot.name, Lot.code.label("code")))


def one(model: Any, code: str, *where: Condition, lock: bool = False) -> Any:
    """A campaign, lot, pledge or card by its code, however it was typed; else `NotFound`."""
    query = sa.select(model).where(model.code == (read_code(code) or ""), *where)
    return funds.got(session.scalar(query.with_for_update() if lock else query))


def is_shown() -> Condition:
    """A condition: everybody may read of the campaign. None is, unless every proof was checked."""
    proved = sa.select(Check.id).where(Check.campaign_id == Campaign.id).exists()
    return sa.and_(Campaign.state.in_(rules.SHOWN), proved)


def is_running(day: date | None = None) -> Condition:
    """A condition: gifts of a day (None: today) can come by it."""
    today = day or clock.today()
    return sa.and_(is_shown(), Campaign.state == "published", Campaign.since <= today,
                   Campaign.until >= today)  # fmt: skip


def campaigns(*where: Condition) -> Sequence[Campaign]:
    """The newest first."""
    order = Campaign.since.desc(), Campaign.id.desc()
    return funds.every(sa.select(Campaign).where(*where).order_by(*order))


def called(words: str) -> Condition:
    """A condition: its name has these words, or it is its code."""
    name = sa.func.concat(Campaign.name["zh"].astext, " ", Campaign.name["en"].astext)
    return sa.or_(name.icontains(words, autoescape=True), Campaign.code == (read_code(words) or ""))


def of(model: Any, campaign: Campaign) -> Sequence[Any]:
    """Acts, proofs, sheets, lots or paddles of a campaign, in their order."""
    order = model.place if model is Proof else model.number
    return funds.every(sa.select(model).where(model.campaign_id == campaign.id).order_by(order))


def bids_of(lots: Collection[int]) -> dict[int, list[Bid]]:
    """Lot → its chain."""
    found: dict[int, list[Bid]] = {lot: [] for lot in lots}
    for bid in funds.every(sa.select(Bid).where(Bid.lot_id.in_(lots)).order_by(Bid.number)):
        found[bid.lot_id].append(bid)
    return found


def is_bidding(campaign: Campaign) -> bool:
    """Whether a lot is still bid for, or was won and not paid."""
    lots = of(Lot, campaign)
    bids, now = bids_of([lot.id for lot in lots]), clock.now()
    states = {rules.lot_state(lot, rules.standing(bids[lot.id]), now) for lot in lots}
    return bool(states & {"listed", "open", "sold"})


def paddle_of(campaign_id: int, person_id: int | None) -> Paddle | None:
    """The number of a person, if there is one."""
    known = Paddle.campaign_id == campaign_id, Paddle.person_id == person_id
    return session.scalar(sa.select(Paddle).where(*known)) if person_id else None


def paddle_name(paddle: Paddle) -> str:
    """Whose it is: for the desk alone."""
    named = people.names_of([paddle.person_id]) if paddle.person_id else {}
    return paddle.name or named.get(paddle.person_id or 0, "")


def lots_to_tell(limit: int) -> Sequence[Lot]:
    """Lots that are over, not paid, and whose winner was not told, locked. What was over a week ago
    is no news.
    """
    now = clock.now()
    query = sa.select(Lot).where(Lot.closes_at <= now, Lot.closes_at > now - timedelta(days=7),
                                 Lot.told_at.is_(None), Lot.gift_id.is_(None))  # fmt: skip
    return funds.every(query.order_by(Lot.id).limit(limit).with_for_update(skip_locked=True))


def points() -> Sequence[Point]:
    """Points where gifts are taken now, in their order."""
    return funds.every(sa.select(Point).where(Point.retired_at.is_(None)).order_by(Point.position))


def is_valid(day: date | None = None) -> Condition:
    """A condition: the card of a fundraiser is good on a day (None: today)."""
    today = day or clock.today()
    return sa.and_(Fundraiser.stopped_on.is_(None), Fundraiser.since <= today,
                   Fundraiser.until >= today)  # fmt: skip


@say_origins
def origins(codes: Collection[str] | None, day: date | None) -> list[Origin]:
    """What gifts can come by."""

    def rows(model: Any, is_open: Condition) -> Sequence[Any]:
        wanted = is_open if codes is None else model.code.in_(codes)
        return funds.every(sa.select(model).where(wanted).order_by(model.id))

    purposes = {row.id: code for code, row in funds.purposes().items()}
    return [
        *(Origin("campaign", c.code, say(c.name), purposes[c.purpose_id])
          for c in rows(Campaign, is_running(day))),
        *(Origin("point", p.code, say(p.name)) for p in rows(Point, Point.retired_at.is_(None))),
        *(Origin("fundraiser", f.code, f.name) for f in rows(Fundraiser, is_valid(day))),
    ]  # fmt: skip


def pledge_rows(pledges: Collection[int]) -> dict[int, list[PledgeRow]]:
    """Pledge → what was declared and what came, without gifts that were given back."""
    found: dict[int, list[PledgeRow]] = {pledge: [] for pledge in pledges}
    rows = funds.every(
        sa.select(PledgeRow).where(PledgeRow.pledge_id.in_(pledges)).order_by(PledgeRow.id)
    )
    states = funds.states([row.gift_id for row in rows if row.gift_id])
    for row in rows:
        if states.get(row.gift_id or 0) != "reversed":
            found[row.pledge_id].append(row)
    return found


def standing_of(pledges: Sequence[Pledge]) -> dict[int, tuple[Decimal, Decimal]]:
    """Pledge → what was due until today, and what came."""
    rows, found = pledge_rows([one.id for one in pledges]), {}
    for pledge in pledges:
        mine = rows[pledge.id]
        declared = {(r.on.year, r.on.month): r.amount for r in mine if r.what == "turnover"}
        paid = sum((r.amount for r in mine if r.what == "payment"), Decimal())
        found[pledge.id] = rules.promised(pledge, declared.values(), clock.today()), paid
    return found


def overdue() -> list[int]:
    """The ids of pledges of which less came than was due. For who keeps them; shown nowhere."""
    pledges = funds.every(sa.select(Pledge))
    return [key for key, (due, paid) in standing_of(pledges).items() if paid < due]


def kept() -> int:
    """How many promises were kept until today, all kinds together."""
    standing = standing_of(funds.every(sa.select(Pledge))).values()
    return sum(0 < due <= paid for due, paid in standing)


def organiser(campaign: Campaign) -> Any:
    """The organisation that organises it, if it is one."""
    return session.get(organisations.Organisation, campaign.organisation_id or 0)


def cards() -> Sequence[Fundraiser]:
    """Every card of a fundraiser, those that are good longest first."""
    return funds.every(sa.select(Fundraiser).order_by(Fundraiser.until.desc(), Fundraiser.id))


def last_act(campaign: Campaign) -> Act:
    """What was done with it last."""
    return of(Act, campaign)[-1]  # type: ignore[no-any-return]

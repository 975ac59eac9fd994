"""Lots, the numbers that bid for them, bids, and what the desk does. Lots come locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from saas import casework
from saas.campaigns import queries, rules, words
from saas.campaigns.commands.campaigns import ensure_office, store_new
from saas.campaigns.models import (
    Bid,
    Campaign,
    Lot,
    Paddle,
)
from saas.funds import commands as fund
from saas.funds import queries as funds
from saas.funds.commands import Given
from saas.kernel import audit, clock, writers
from saas.kernel.context import SYSTEM, Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, SignInNeeded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import new_code
from saas.notices import commands as notices
from saas.territory import queries as territory

JOB: Final = "campaigns.tick"


def add_lot(
    campaign: Campaign, *, name: Label, start: Decimal, step: Decimal, opens_at: datetime,
    closes_at: datetime, giver: str = "", actor: Actor,
) -> Lot:  # fmt: skip
    """A thing to be bid for; how late bids extend it is what the model says today."""
    ensure_office(actor)
    if campaign.state not in {"draft", "checked", "published"}:
        raise Conflict(casework.NOT_NOW)
    if not max(opens_at, clock.now()) < closes_at:
        raise Invalid({"end": [_l("The end lies after the begin, and is still to come.")]})
    minutes, most = (funds.term(f"bid_{name}") for name in ("minutes", "extensions"))
    casework.set_alarm(JOB, closes_at)
    return store_new(Lot(
        code=new_code(), campaign_id=campaign.id, number=len(queries.of(Lot, campaign)) + 1,
        name=name, giver=giver.strip(), start=start, step=step, minutes=minutes or 0,
        most=most or 0, opens_at=opens_at, closes_at=closes_at,
    ), "campaigns.add_lot", "lot", actor)  # fmt: skip


def take_paddle(campaign_id: int, *, name: str = "", phone: str = "", actor: Actor) -> Paddle:
    """A number to bid by: one's own, or, with a name, of somebody who stands at the desk."""
    if actor.person_id is None:
        raise SignInNeeded
    if name:
        fund.ensure_receives(actor)
    elif mine := queries.paddle_of(campaign_id, actor.person_id):
        return mine
    writers.in_turn(f"campaigns.{campaign_id}")
    if not name and (mine := queries.paddle_of(campaign_id, actor.person_id)):
        return mine  # by another lot, in the same moment
    query = sa.select(sa.func.max(Paddle.number)).where(Paddle.campaign_id == campaign_id)
    return store_new(Paddle(
        campaign_id=campaign_id, number=(session.scalar(query) or 0) + 1, name=name.strip() or None,
        phone=phone.strip() or None, person_id=None if name else actor.person_id,
    ), "campaigns.take_paddle", "paddle", actor)  # fmt: skip


def bid(lot: Lot, paddle: Paddle, amount: Decimal, *, actor: Actor) -> Bid:
    """A bid, by the bidder or written down by the desk. In the last minutes it extends the lot; one
    that is refused changes nothing. Who was ahead is told.
    """
    now, chain = clock.now(), queries.bids_of([lot.id])[lot.id]
    top, least = rules.standing(chain), rules.least_bid(lot, chain)
    if paddle.person_id != actor.person_id:
        fund.ensure_receives(actor)
    if rules.lot_state(lot, top, now) != "open" or _campaign(lot).state != "published":
        raise Conflict(_l("It is not open for bids now."))
    if amount < least:
        raise Invalid({"amount": [_l("It stands higher by now: bid %(least)s yuan at least.",
                                     least=f"{least:,.2f}")]})  # fmt: skip
    if later := rules.closes_after(lot, now):
        lot.closes_at, lot.extended = later, lot.extended + 1
        casework.set_alarm(JOB, later)
    made = _link(lot, chain, amount, actor, paddle_id=paddle.id)
    before = session.get_one(Paddle, top.paddle_id).person_id if top else None
    if before and before != paddle.person_id and not casework.is_quiet():
        notices.notify([before], words.OUTBID, path=f"/campaigns/lots/{lot.code}",
                       about=f"lot:{lot.id}", what=lot.name, price=f"{amount:,.2f}")  # fmt: skip
    return made


def _campaign(lot: Lot) -> Campaign:
    return session.get_one(Campaign, lot.campaign_id)


def _link(lot: Lot, chain: Sequence[Bid], after: Decimal, actor: Actor, **more: Any) -> Bid:
    last = chain[-1] if chain else None
    before = last.after if last else lot.start - lot.step
    made = Bid(
        lot_id=lot.id, number=len(chain) + 1, before_number=len(chain) or None, before=before,
        rise=after - before, after=after, start=lot.start, step=lot.step, at=clock.now(),
        by_id=actor.person_id, **more,
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record("campaigns.void" if made.voids else "campaigns.bid", "lot", lot.id, actor=actor)
    return made


def act_on_lot(
    lot: Lot, *, verb: str, reason: str = "", gift: str = "", actor: Actor
) -> None:  # fmt: skip
    """At the desk. ``void``: the highest bid does not count, with a reason that stays, and the one
    before it is ahead again, or has won. ``pay``: who won has paid, which is a gift of this
    campaign that names the lot, or the ``gift`` of that code, which was written down before.
    ``hand``: who paid has it now.
    """
    fund.ensure_receives(actor)
    chain, now = queries.bids_of([lot.id])[lot.id], clock.now()
    top = rules.standing(chain)
    if top is None or (verb, rules.lot_state(lot, top, now)) not in rules.LOT_TABLE:
        raise Conflict(casework.NOT_NOW)
    if verb == "void":
        if not reason.strip():
            raise Invalid({"reason": [words.MISSING["reason"]]})
        _link(lot, chain, top.before, actor, voids=top.number, reason=reason.strip())
        lot.told_at = None
        casework.set_alarm(JOB, now)
    elif verb == "pay":
        _pay(lot, top, gift, actor)
    else:
        lot.handed_at = now
        audit.record("campaigns.hand", "lot", lot.id, actor=actor)


def _pay(lot: Lot, top: Bid, code: str, actor: Actor) -> None:
    campaign, paddle = _campaign(lot), session.get_one(Paddle, top.paddle_id)
    purpose = next(code for code, p in funds.purposes().items() if p.id == campaign.purpose_id)
    given = Given(
        amount=top.after, purpose=purpose, way="event", shown_as="anonymous",
        campaign=campaign.code, name=queries.paddle_name(paddle), phone=paddle.phone or "",
        sample=campaign.sample,
    )  # fmt: skip
    unit = funds.got(territory.find_unit(campaign.unit_id))
    gift = funds.gift_by_code(code) if code else fund.receive(unit, given, owed=True, actor=actor)
    if (gift.amount, gift.campaign) != (top.after, campaign.code):
        raise Invalid({"gift": [_l("That gift is of another sum, or of another campaign.")]})
    fund.note(f"receive:{gift.code}", f"№ {lot.number} · {say(lot.name)}"[:300], actor=SYSTEM)
    lot.gift_id, lot.price = gift.id, top.after
    session.flush()
    audit.record("campaigns.pay", "lot", lot.id, actor=actor)


def ring(limit: int = 50) -> int:
    """Tell who won lots that are over, once; returns how many lots. Who bid at the desk has no
    inbox: the desk has the telephone number.
    """
    found = queries.lots_to_tell(limit)
    for lot in found:
        lot.told_at = clock.now()
        top = rules.standing(queries.bids_of([lot.id])[lot.id])
        winner = session.get_one(Paddle, top.paddle_id).person_id if top else None
        if top and winner and not casework.is_quiet():
            path, price = f"/campaigns/lots/{lot.code}", f"{top.after:,.2f}"
            notices.notify([winner], words.WON, path=path, about=f"lot:{lot.id}", what=lot.name,
                           price=price)  # fmt: skip
    session.flush()
    return len(found)


def set_alarms_ahead() -> None:
    """Set the alarms of the coming day and a half anew."""
    casework.set_alarms_ahead(JOB, Lot.closes_at)

"""Campaigns, lots and bids as tests need them: made by the commands that people use."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from saas.campaigns import commands, queries
from saas.campaigns.commands import Deed, Plan
from saas.campaigns.models import Bid, Campaign, Lot, Paddle
from saas.kernel import clock
from saas.kernel.db import constraint_of, session
from tests.support import District


def drafted(district: District, basis: str = "mutual_help", **more: Any) -> Campaign:
    """Written by the street, for ten days from today."""
    today = clock.today()
    plan = Plan(**{"name": {"zh": "样例义拍"}, "words": {"zh": "为老人募集"}, "purpose": "elders",
                   "basis": basis, "unit": district.units["street"], "since": today,
                   "until": today + timedelta(days=10), **more})  # fmt: skip
    return commands.draft(plan, actor=district.actor("street"))


def proved(district: District, campaign: Campaign, but: str = "") -> None:
    """Every proof has a number, but one."""
    numbers = {p["code"]: "样例1号" for p in campaign.proofs if p["code"] != but}
    commands.prove(campaign, numbers, {}, actor=district.actor("street"))


def act(district: District, campaign: Campaign, verb: str, who: str = "admin", **more: Any) -> None:
    """One act."""
    commands.act(campaign, Deed(verb=verb, **more), actor=district.actor(who))


def published(district: District, **more: Any) -> Campaign:
    """Gifts can come by it."""
    campaign = drafted(district, **more)
    proved(district, campaign)
    act(district, campaign, "check")
    act(district, campaign, "publish")
    return campaign


def lot_of(district: District, campaign: Campaign, minutes: int = 60, **more: Any) -> Lot:
    """A kettle, open for an hour."""
    now = clock.now()
    return commands.add_lot(
        campaign, actor=district.actor("admin"),
        **{"name": {"zh": "样例茶壶"}, "start": Decimal("1.00"), "step": Decimal("1.00"),
           "opens_at": now, "closes_at": now + timedelta(minutes=minutes), **more},
    )  # fmt: skip


def paddle(district: District, campaign: Campaign, who: str) -> Paddle:
    """A number of somebody who signed in."""
    return commands.take_paddle(campaign.id, actor=district.actor(who))


def bid(district: District, lot: Lot, who: str, amount: str) -> Bid:
    """A bid of somebody who signed in."""
    campaign = queries.campaigns(Campaign.id == lot.campaign_id)[0]
    return commands.bid(lot, paddle(district, campaign, who), Decimal(amount),
                        actor=district.actor(who))  # fmt: skip


def refused_by(row: object) -> str | None:
    """The constraint by which the database refuses a row, or a statement."""
    with pytest.raises(IntegrityError) as error:
        _done(row)
    return constraint_of(error.value)


def _done(row: Any) -> None:
    with session.begin_nested():
        if isinstance(row, sa.Executable):
            session.execute(row)
        else:
            session.add(row)
            session.flush()

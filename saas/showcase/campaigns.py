"""The campaigns by which a demo's gifts came, its points, cards and pledges: by the commands that
people use.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from saas.campaigns import commands, queries
from saas.campaigns.commands import Deed, Plan
from saas.campaigns.forms import POINTS
from saas.campaigns.models import Campaign
from saas.funds import lists as gifts
from saas.funds import queries as funds
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.showcase.package.funds import DemoCampaign, DemoFunds
from saas.territory import queries as units
from saas.territory.queries import Unit

_NOON: Final = time(12)
_LOTS: Final = 3


def on(day: date) -> Any:
    """Live on another day, at noon."""
    return clock.turned(datetime.combine(day, _NOON, clock.zone()) - clock.now())


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes, who checks, and where."""

    writes: Actor
    checks: Actor
    root: Unit


def kinds_of(demo: DemoFunds, dice: random.Random) -> list[tuple[DemoCampaign, int]]:
    """Every campaign as its kind and its number among them, in the order in which they were."""
    order = [one for one in demo.campaigns for _ in range(one.times)]
    dice.shuffle(order)
    return [(one, order[: nth + 1].count(one)) for nth, one in enumerate(order)]


def begin(
    kind: DemoCampaign, number: int, purpose: str, since: date, until: date, office: Office
) -> str:  # fmt: skip
    """A campaign from its draft to the day when gifts are taken; its code."""
    plan = Plan(
        name={"zh": f"{kind.name} {number:02}"}, words={"zh": kind.words}, purpose=purpose,
        basis=kind.basis, unit=office.root.code, since=since, until=until, sample=True,
    )  # fmt: skip
    with on(since):
        made = commands.draft(plan, actor=office.writes)
        numbers = {proof["code"]: kind.proof for proof in made.proofs}
        commands.prove(made, numbers, {}, actor=office.writes)
        for verb in ("check", "publish"):
            commands.act(made, Deed(verb=verb), actor=office.checks)
    return str(made.code)


def finish(demo: DemoFunds, office: Office) -> None:
    """Lots that were paid in the last auction; then every campaign is ended and accounted for."""
    found = queries.campaigns(Campaign.state == "published")
    last = next((one for one in found if one.name["zh"].startswith(demo.auction)), None)
    if last:
        _auction(last, demo, office)
    for one in found:
        with on(one.until + timedelta(days=1)):
            commands.act(one, Deed(verb="end"), actor=office.writes)
            commands.act(one, Deed(verb="account", reason=demo.accounted), actor=office.writes)


def _auction(campaign: Campaign, demo: DemoFunds, office: Office) -> None:
    """Three lots, each bid up to what a gift of that campaign has paid."""
    came = gifts.every_gift(office.writes).where(funds.called(campaign.code))
    paid = sorted(funds.every(came), key=lambda one: one.amount)[-_LOTS:]
    day, hour = campaign.until, timedelta(hours=1)
    with on(day):
        now = clock.now()
        paddles = [commands.take_paddle(campaign.id, name=name, actor=office.writes)
                   for name in demo.donors[:2]]  # fmt: skip
        lots = [
            commands.add_lot(campaign, name={"zh": name}, start=Decimal(1), step=Decimal(1),
                             opens_at=now, closes_at=now + hour, actor=office.checks)
            for name in demo.lots[: len(paid)]
        ]  # fmt: skip
        for lot, gift in zip(lots, paid, strict=True):
            for paddle, amount in zip(paddles, (Decimal(1), gift.amount), strict=True):
                commands.bid(lot, paddle, amount, actor=office.writes)
    with clock.turned(datetime.combine(day, _NOON, clock.zone()) + 2 * hour - clock.now()):
        for lot, gift in zip(lots, paid, strict=True):
            commands.act_on_lot(lot, verb="pay", gift=gift.code, actor=office.writes)
            commands.act_on_lot(lot, verb="hand", actor=office.writes)


def cards(demo: DemoFunds, office: Office) -> list[str]:
    """A card for each fundraiser, good for the time in which gifts came; their codes."""
    last = demo.payouts[-1].on
    return [
        str(commands.issue(name=f"{demo.fundraiser} {n}", unit=office.root.code, since=demo.begun,
                           until=last, sample=True, actor=office.writes).code)
        for n in range(1, demo.fundraisers + 1)
    ]  # fmt: skip


def points(demo: DemoFunds, office: Office) -> list[str]:
    """Donation points on their levels; their codes. The root is called after its district, which in
    a copy or a sample is another than in the files.
    """
    known = {one.unit: units.unit_coded(one.unit) or office.root for one in demo.points}
    return [str(POINTS.add(name={"zh": one.name}, place={"zh": one.place},
                           unit=known[one.unit].code, keeper=one.keeper, actor=office.writes).code)
            for one in demo.points]  # fmt: skip


def pledges(demo: DemoFunds, office: Office) -> None:
    """What was promised, and what of it came."""
    today = clock.today()
    for one in demo.pledges:
        share, yuan = Decimal(one.percent) if one.percent else None, Decimal(one.yuan)
        made = commands.promise(
            kind=one.kind, name=one.name, unit=office.root.code, percent=share, sample=True,
            amount=None if share else yuan, document=one.document, actor=office.writes,
            since=today - timedelta(days=one.days),
        )  # fmt: skip
        if share:
            for verb, amount in (("declare", yuan), ("receive", yuan * share / 100)):
                commands.act_on_pledge(made, verb=verb, amount=amount, actor=office.writes)

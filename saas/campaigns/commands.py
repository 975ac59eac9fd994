"""Every write of campaigns: one verb each. Lots and pledges come locked from their door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from saas import attachments, casework
from saas.campaigns import queries, rules, words
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
    Proof,
    Sheet,
)
from saas.funds import commands as fund
from saas.funds import permissions
from saas.funds import queries as funds
from saas.funds.commands import Given
from saas.kernel import audit, clock, writers
from saas.kernel.context import SYSTEM, Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, SignInNeeded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import new_code
from saas.notices import commands as notices
from saas.organisations import queries as organisations
from saas.territory import queries as territory

_CHOOSE = _l("Choose one of the list.")
Made = TypeVar("Made", bound=Any)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a campaign says. ``purpose``, ``basis``, ``unit`` and ``organisation`` are codes."""

    name: Label
    words: Label
    purpose: str
    basis: str
    unit: str
    since: date
    until: date
    place: str = ""
    channel: str = ""
    organisation: str | None = ""
    goal: Decimal | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb with what is given with it."""

    verb: str
    reason: str = ""


def ensure_office(actor: Actor) -> None:
    """Raise `Forbidden` for who does not run the fund."""
    if not permissions.works(actor):
        raise Forbidden


def _stored(made: Made, done: str, thing: str, actor: Actor) -> Made:
    session.add(made)
    session.flush()
    audit.record(done, thing, made.id, actor=actor)
    return made


def _unit(code: str) -> Any:
    if (unit := territory.unit_coded(code)) is None:
        raise Invalid({"unit": [_CHOOSE]})
    return unit


def draft(plan: Plan, *, actor: Actor) -> Campaign:
    """A campaign as a draft."""
    ensure_office(actor)
    made = Campaign(code=new_code(), acts=0, state="draft", given={}, made_by=actor.person_id,
                    sample=plan.sample, **_columns(plan))  # fmt: skip
    session.add(made)
    session.flush()
    _written(made, Deed(verb="draft"), actor)
    return made


def change(campaign: Campaign, plan: Plan, *, actor: Actor) -> None:
    """Say something else of a draft; with another basis other proofs are asked for."""
    _ensure_draft(campaign, actor)
    for name, value in _columns(plan).items():
        setattr(campaign, name, value)
    session.flush()
    audit.record("campaigns.change", "campaign", campaign.id, actor=actor)


def _ensure_draft(campaign: Campaign, actor: Actor) -> None:
    ensure_office(actor)
    if campaign.state != "draft":
        raise Conflict(_l("It was checked: nothing of it is changed any more. Give it up, and write"
                          " a new one."))  # fmt: skip


def _columns(plan: Plan) -> dict[str, Any]:
    purpose, basis = funds.purposes().get(plan.purpose), funds.bases().get(plan.basis)
    group = organisations.by_codes([plan.organisation]).get(plan.organisation) if (
        plan.organisation) else None  # fmt: skip
    if plan.until < plan.since:
        raise Invalid({"until": [_l("It ends before it begins.")]})
    if purpose is None or basis is None:
        raise Invalid({"basis" if purpose else "purpose": [_CHOOSE]})
    law = {name: getattr(basis, name) for name in ("code", "name", "words", "source", "dated")}
    return {
        "name": plan.name, "words": plan.words, "unit_id": _unit(plan.unit).id, "basis": law,
        "purpose_id": purpose.id, "proofs": basis.proofs, "place": plan.place.strip(),
        "organisation_id": group.id if group else None, "channel": plan.channel.strip(),
        "goal": plan.goal, "since": plan.since, "until": plan.until,
    }  # fmt: skip


def prove(
    campaign: Campaign, given: Mapping[str, str], files: Mapping[str, Any], *, actor: Actor
) -> None:  # fmt: skip
    """Proofs of a draft, by their codes: a number that is typed, papers, or both."""
    _ensure_draft(campaign, actor)
    campaign.given = {p["code"]: given.get(p["code"], "").strip() for p in campaign.proofs}
    for proof in campaign.proofs:
        taken = attachments.take(files.get(proof["code"], ()), kinds=("jpeg", "pdf"),
                                 field=f"f_{proof['code']}")  # fmt: skip
        attachments.attach(taken, thing="campaign", thing_id=campaign.id, place=proof["code"],
                           sealed=True, actor=actor)  # fmt: skip
    session.flush()
    audit.record("campaigns.prove", "campaign", campaign.id, actor=actor)


def act(campaign: Campaign, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Do ``deed``; ``campaign`` comes locked. Raises `Conflict`, `Forbidden`, `Invalid`."""
    casework.ensure_seen(campaign, seen, lambda: casework.overtaken(
        words.VERBS[queries.last_act(campaign).verb].done, None))  # fmt: skip
    cell = casework.allowed(
        rules.TABLE, campaign.state, deed.verb, bars=bars_of(campaign, actor), words=words.OBSTACLE,
        parts={"office"} if permissions.works(actor) else set(),
    )  # fmt: skip
    if missing := casework.not_given(deed, cell.asks, words.MISSING):
        raise Invalid(missing)
    if deed.verb == "check":
        _check(campaign, actor)
    if deed.verb == "account":
        _account(campaign, deed, actor)
    campaign.state = cell.after
    _written(campaign, deed, actor)


def bars_of(campaign: Campaign, actor: Actor) -> frozenset[str]:
    """What stands in the way of acts on a campaign now."""
    asked: dict[str, Callable[[], bool]] = {
        "own": lambda: actor.person_id in {None, campaign.made_by},
        "over": lambda: campaign.until < clock.today(),
        "bidding": lambda: queries.is_bidding(campaign),
        "moving": lambda: bool(funds.sums_by("campaign", [campaign.code])[campaign.code].moving),
    }
    open_now = [cell for (state, _verb), cell in rules.TABLE.items() if state == campaign.state]
    return frozenset(bar for cell in open_now for bar in cell.unless if asked[bar]())


def _check(campaign: Campaign, actor: Actor) -> None:
    """Each proof becomes a row; the database knows no check that has not all of them."""
    papers = {one.place: one.digest for one in attachments.of("campaign", campaign.id)}
    rows = [(p["code"], campaign.given.get(p["code"]) or None, papers.get(p["code"]))
            for p in campaign.proofs]  # fmt: skip
    if missing := [kind for kind, text, digest in rows if not (text or digest)]:
        told = _l("Without this proof it cannot be published: write the number, or add the paper.")
        raise Invalid({f"p_{kind}": [told] for kind in missing})
    for place, (kind, text, digest) in enumerate(rows, 1):
        session.add(Proof(campaign_id=campaign.id, place=place, before_place=place - 1 or None,
                          kind=kind, words=text, digest=digest))  # fmt: skip
    session.flush()
    session.add(Check(
        campaign_id=campaign.id, needed=campaign.needed, proved=len(rows), at=clock.now(),
        made_by=campaign.made_by, checked_by=actor.person_id,
    ))  # fmt: skip


def _account(campaign: Campaign, deed: Deed, actor: Actor) -> None:
    """Its sums as the entries have them now, for ever; again, it is a correction."""
    sums = funds.sums_by("campaign", [campaign.code])[campaign.code]
    session.add(Sheet(
        campaign_id=campaign.id, number=len(queries.of(Sheet, campaign)) + 1, gifts=sums.gifts,
        raised=sums.raised, used=sums.used, rest=sums.left, words=deed.reason.strip(),
        at=clock.now(), by_id=actor.person_id,
    ))  # fmt: skip


def _written(campaign: Campaign, deed: Deed, actor: Actor) -> None:
    casework.append(campaign, Act(campaign_id=campaign.id), deed.verb, deed.reason, actor=actor)
    session.flush()
    audit.record(f"campaigns.{deed.verb}", "campaign", campaign.id, actor=actor)
    if (fact := words.VERBS[deed.verb].fact) and not casework.is_quiet():
        notices.announce(fact.name, {"code": campaign.code, "name": campaign.name,
                                     "verb": deed.verb, "state": campaign.state})  # fmt: skip


# The auction ------------------------------------------------------------------------------------


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
    return _stored(Lot(
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
    query = sa.select(sa.func.max(Paddle.number)).where(Paddle.campaign_id == campaign_id)
    return _stored(Paddle(
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
    gift = funds.gift_by_code(code) if code else fund.receive(unit, given, actor=actor)
    if (gift.amount, gift.campaign) != (top.after, campaign.code):
        raise Invalid({"gift": [_l("That gift is of another sum, or of another campaign.")]})
    fund.note(f"receive:{gift.code}", f"№ {lot.number} · {say(lot.name)}"[:300], actor=SYSTEM)
    lot.gift_id, lot.price = gift.id, top.after
    session.flush()
    audit.record("campaigns.pay", "lot", lot.id, actor=actor)


# Fundraisers and pledges ------------------------------------------------------------------------


def issue(
    *, name: str, unit: str, since: date, until: date, sample: bool = False, actor: Actor
) -> Fundraiser:  # fmt: skip
    """A card for somebody who asks for gifts."""
    ensure_office(actor)
    if until < since:
        raise Invalid({"until": [_l("It ends before it begins.")]})
    return _stored(Fundraiser(
        code=new_code(), name=name.strip(), unit_id=_unit(unit).id, since=since, until=until,
        by_id=actor.person_id, sample=sample,
    ), "campaigns.issue", "fundraiser", actor)  # fmt: skip


def stop(one: Fundraiser, *, actor: Actor) -> None:
    """The card is not good any more, from this moment."""
    ensure_office(actor)
    one.stopped_on = one.stopped_on or clock.today()
    audit.record("campaigns.stop", "fundraiser", one.id, actor=actor)


def promise(
    *, kind: str, name: str, unit: str, since: date, until: date | None = None,
    percent: Decimal | None = None, amount: Decimal | None = None, document: str = "",
    sample: bool = False, actor: Actor,
) -> Pledge:  # fmt: skip
    """Somebody promises something: a share of a turnover, or a sum."""
    ensure_office(actor)
    wanted, other = ("percent", "amount") if kind == "contract" else ("amount", "percent")
    if {"percent": percent, "amount": amount}[wanted] is None:
        raise Invalid({wanted: [_l("How much was promised?")]})
    if kind == "contract" and not document.strip():
        raise Invalid(
            {"document": [_l("A share by contract needs its contract: write its number.")]}
        )
    return _stored(Pledge(
        code=new_code(), kind=kind, name=name.strip(), unit_id=_unit(unit).id, since=since,
        until=until, document=document.strip(), sample=sample,
        **{wanted: percent if wanted == "percent" else amount, other: None},
    ), "campaigns.promise", "pledge", actor)  # fmt: skip


_PLEDGED: Final = {
    "declare": "campaigns.declare", "receive": "campaigns.receive", "link": "campaigns.link",
    "end": "campaigns.end_pledge",
}  # fmt: skip


def act_on_pledge(
    pledge: Pledge, *, verb: str, amount: Decimal | None = None, text: str = "",
    on: date | None = None, actor: Actor,
) -> None:  # fmt: skip
    """``declare``: the turnover of the month of ``on``, of which the last word counts. ``receive``:
    a share came by contract, to its own account with the host and not into the fund. ``link``: the
    gift of which ``text`` is the code keeps the promise. ``end``: nothing more is due from today
    on, and nobody is asked why.
    """
    ensure_office(actor)
    day = on or clock.today()
    if verb != "end" and (verb == "link") == (pledge.kind == "contract"):
        raise Conflict(_l("A share by contract is no gift: the two are kept apart."))
    if verb in {"declare", "receive"} and amount is None:
        raise Invalid({"amount": [_l("Write an amount.")]})
    if verb == "end":
        pledge.ended_on = pledge.ended_on or day
    elif verb == "link":
        gift = funds.gift_by_code(text)
        if session.scalar(sa.select(PledgeRow.id).where(PledgeRow.gift_id == gift.id)):
            raise Invalid({"text": [_l("This gift keeps a promise already.")]})
        _row(pledge, "payment", gift.amount, gift.received_on, actor, gift_id=gift.id)
    elif verb == "declare":
        _row(pledge, "turnover", amount, day.replace(day=1), actor)
    else:
        _row(pledge, "payment", amount, day, actor, reference=text.strip())
    audit.record(_PLEDGED[verb], "pledge", pledge.id, actor=actor)


def _row(
    pledge: Pledge, what: str, amount: Decimal | None, on: date, actor: Actor, **more: Any
) -> None:  # fmt: skip
    session.add(PledgeRow(pledge_id=pledge.id, kind=pledge.kind, what=what, amount=amount, on=on,
                          at=clock.now(), by_id=actor.person_id, **more))  # fmt: skip
    session.flush()

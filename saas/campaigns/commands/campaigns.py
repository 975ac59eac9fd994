"""A campaign from its draft to its account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from saas import attachments, casework
from saas.campaigns import queries, rules, words
from saas.campaigns.models import (
    Act,
    Campaign,
    Check,
    Proof,
    Sheet,
)
from saas.funds import permissions
from saas.funds import queries as funds
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
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


def store_new(made: Made, done: str, thing: str, actor: Actor) -> Made:
    """Something new, stored and recorded."""
    session.add(made)
    session.flush()
    audit.record(done, thing, made.id, actor=actor)
    return made


def unit_of(code: str) -> Any:
    """The unit of a code, else `Invalid` at its field."""
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
    _take_draft(campaign, actor)
    for name, value in _columns(plan).items():
        setattr(campaign, name, value)
    session.flush()
    audit.record("campaigns.change", "campaign", campaign.id, actor=actor)


def _take_draft(campaign: Campaign, actor: Actor) -> None:
    """Who writes in it last does not check it, whoever began it."""
    ensure_office(actor)
    if campaign.state != "draft":
        raise Conflict(_l("It was checked: nothing of it is changed any more. Give it up, and write"
                          " a new one."))  # fmt: skip
    campaign.made_by = actor.person_id or campaign.made_by


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
        "name": plan.name, "words": plan.words, "unit_id": unit_of(plan.unit).id, "basis": law,
        "purpose_id": purpose.id, "proofs": basis.proofs, "place": plan.place.strip(),
        "organisation_id": group.id if group else None, "channel": plan.channel.strip(),
        "goal": plan.goal, "since": plan.since, "until": plan.until,
    }  # fmt: skip


def prove(
    campaign: Campaign, given: Mapping[str, str], files: Mapping[str, Any], *, actor: Actor
) -> None:  # fmt: skip
    """Proofs of a draft, by their codes: a number that is typed, papers, or both."""
    _take_draft(campaign, actor)
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
        "moving": lambda: funds.is_moving("campaign", campaign.code),
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

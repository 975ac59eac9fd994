"""A payout is asked for, decided, checked, sent, posted, told: by at least three people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from saas import casework, ledger
from saas.accounts import queries as people
from saas.funds import permissions, queries, rules, words
from saas.funds.books import LEDGER
from saas.funds.commands.gifts import account, next_number
from saas.funds.models import (
    Gift,
    Payout,
    PayoutAct,
    Posting,
    Purpose,
    Resolution,
    Story,
    Use,
    Vote,
)
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.ledger import Lot, Transfer
from saas.notices import commands as notices
from saas.organisations import queries as organisations
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What money is asked for. ``organisation`` is the code of one; else ``payee`` names a shop or
    an office. ``file_no`` stands for a household.
    """

    amount: Decimal
    purpose: str
    what: str
    payee: str = ""
    organisation: str = ""
    file_no: str = ""
    care: bool = False
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb with what is given with it. ``heads``: how many it reached."""

    verb: str
    reason: str = ""
    reference: str = ""
    heads: int | None = None


def ask(unit: Unit, need: Need, *, submission: str | None = None, actor: Actor) -> Payout:
    """Ask for money. Raises `Invalid` by field."""
    if not permissions.works(actor):
        raise Forbidden
    if again := queries.submitted(Payout, submission):
        return again
    purpose = queries.purposes().get(need.purpose)
    if purpose is None:
        raise Invalid({"purpose": [_l("Choose one of the list.")]})
    group = organisations.by_codes([need.organisation]).get(need.organisation)
    if need.organisation and group is None:
        raise Invalid({"organisation": [_l("There is no organisation with this code.")]})
    payee = next(iter(group.name.values())) if group else need.payee.strip()
    if not payee:
        raise Invalid({"payee": [_l("Who gets the money? An organisation, a shop or an office.")]})
    _ensure_apart(payee)
    payout = Payout(
        code=new_code(), submission=submission, unit_id=unit.id, amount=need.amount, acts=0,
        purpose_id=purpose.id, what=need.what.strip(), payee=payee, state="asked",
        organisation_id=group.id if group else None, file_no=need.file_no.strip() or None,
        care=need.care, asked_by=actor.person_id, sample=need.sample,
    )  # fmt: skip
    session.add(payout)
    session.flush()
    _written(payout, "ask", "", actor)
    return payout


def _ensure_apart(payee: str) -> None:
    """Nobody who sits in the committee is paid by it."""
    seats = queries.members(clock.today())
    if payee in people.names_of([one.person_id for one in seats]).values():
        raise Invalid({"payee": [_l("This person sits in the committee, and the committee pays"
                                    " nobody who sits in it.")]})  # fmt: skip


def act(payout: Payout, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Do ``deed``; ``payout`` comes locked. Raises `Conflict`, `Forbidden`, `Invalid` by field."""
    casework.ensure_seen(payout, seen, lambda: casework.overtaken(
        words.VERBS[queries.payout_acts(payout)[-1].verb].done, None))  # fmt: skip
    cell = casework.allowed(
        rules.TABLE, payout.state, deed.verb, bars=bars_of(payout, actor), words=words.OBSTACLE,
        parts=parts_of(actor),
    )  # fmt: skip
    if missing := casework.not_given(deed, cell.asks, words.MISSING):
        raise Invalid(missing)
    if deed.verb == "check":
        payout.checked_by = actor.person_id
    if deed.verb == "send":
        payout.sent_by = actor.person_id
    if deed.verb == "resolve":
        _resolve(payout)
    if deed.verb == "post":
        _post(payout, deed, actor)
    if deed.verb == "tell":
        _tell(payout, deed, actor)
    payout.state = cell.after
    _written(payout, deed.verb, deed.reason, actor)


def parts_of(actor: Actor) -> set[str]:
    """The parts that ``actor`` plays, as the state table names them."""
    member = queries.member_of(actor, clock.today())
    seat = member.seat if member else ""
    office = permissions.works(actor)
    played = {"chair": office or seat == "chair", "supervisor": seat == "supervisor",
              "office": office, "any": office or bool(member)}  # fmt: skip
    return {name for name, plays in played.items() if plays}


def bars_of(payout: Payout, actor: Actor) -> frozenset[str]:
    """What stands in the way of acts on a payout now."""
    found = set()
    if actor.person_id is None or actor.person_id == payout.asked_by:
        found.add("own")
    if actor.person_id == payout.checked_by:
        found.add("checked_by_you")
    if payout.state == "asked":
        votes = queries.votes_on(payout)
        seats = len(queries.members(clock.today()))
        least = queries.term("members_least") or 1
        found |= {rules.carried(votes.values(), seats)} if rules.quorate(seats, least) else {
            "no_quorum"}  # fmt: skip
    if payout.state == "sent":
        purpose = session.get_one(Purpose, payout.purpose_id)
        money = queries.money()
        there = money.left_for(purpose.code)
        there += money.left_for(rules.FREE) if purpose.code != rules.FREE else 0
        if there < payout.amount:
            found.add("not_covered")
    return frozenset(found)


def _resolve(payout: Payout) -> None:
    votes = [*queries.votes_on(payout).values()]
    session.add(Resolution(
        **next_number(Resolution, "resolutions"), payout_id=payout.id, on=clock.today(),
        amount=payout.amount, members=len(queries.members(clock.today())), at=clock.now(),
        yes=votes.count("yes"), no=votes.count("no"), abstained=votes.count("abstain"),
        recused=votes.count("recused"),
    ))  # fmt: skip
    session.flush()


def _post(payout: Payout, deed: Deed, actor: Actor) -> None:
    """Lots are taken in their order, to the fen; then the money leaves, with its resolution."""
    codes = {one.id: one.code for one in queries.purposes().values()}
    purpose = session.get_one(Purpose, payout.purpose_id)
    sources = {code: account(f"fund:{code}") for code in {purpose.code, rules.FREE}}
    target = account(f"paid:{purpose.code}")
    ledger.lock(LEDGER, [*sources.values(), target])
    rows = queries.lots(purpose)
    taken = ledger.consume((lot for lot, _gift, _use in rows), payout.amount)
    if taken is None:
        raise Conflict(words.OBSTACLE["not_covered"])
    last = _use(payout, {lot.id: (gift, use) for lot, gift, use in rows}, taken)
    sums: dict[str, Decimal] = {}
    for gift_id, amount in last[1]:
        code = codes[gift_id]
        sums[code] = sums.get(code, Decimal()) + amount
    ledger.post_all(LEDGER, [
        Transfer(source=sources[code], target=target, amount=amount,
                 key=f"payout:{payout.code}:{code}", kind="payout", on=clock.today())
        for code, amount in sums.items()
    ], actor=actor)  # fmt: skip
    resolution = queries.resolution_of(payout)
    if resolution is None:
        raise Conflict(words.OBSTACLE["not_carried"])
    session.add(Posting(
        payout_id=payout.id, amount=payout.amount, resolution_id=resolution.id, last_number=last[0],
        covered=payout.amount, asked_by=payout.asked_by, checked_by=payout.checked_by,
        sent_by=payout.sent_by, reference=deed.reference.strip(), on=clock.today(), at=clock.now(),
    ))  # fmt: skip
    payout.posted_on = clock.today()
    session.flush()


def _use(
    payout: Payout, known: dict[int, tuple[Gift, Use | None]], taken: Sequence[tuple[Lot, Decimal]]
) -> tuple[int, list[tuple[int, Decimal]]]:
    """Link gifts and payout, chain by chain; the last number, and (purpose of the gift, how much)
    of each.
    """
    covered, found, number = Decimal(), [], 0
    for number, (lot, amount) in enumerate(taken, 1):
        gift, use = known[lot.id]
        session.add(Use(
            gift_id=gift.id, gift_number=use.gift_number + 1 if use else 1,
            gift_before_number=use.gift_number if use else None, gift_before=lot.left,
            gift_after=lot.left - amount, gift_amount=gift.amount, payout_id=payout.id,
            payout_number=number, payout_before_number=number - 1 or None, payout_before=covered,
            payout_after=covered + amount, amount=amount, purpose_id=gift.purpose_id,
            free=lot.rank == 1 or _is_free(gift), allowed_id=payout.purpose_id, on=clock.today(),
            at=clock.now(),
        ))  # fmt: skip
        covered += amount
        found.append((gift.purpose_id, amount))
    session.flush()
    return number, found


def _is_free(gift: Gift) -> bool:
    return bool(session.get_one(Purpose, gift.purpose_id).free)


def _tell(payout: Payout, deed: Deed, actor: Actor) -> None:
    if deed.heads is None:
        raise Invalid({"heads": [_l("How many people did it reach? Nobody is named.")]})
    number = sum(act.verb == "tell" for act in queries.payout_acts(payout)) + 1
    session.add(Story(payout_id=payout.id, number=number, words=deed.reason.strip(),
                      heads=deed.heads, at=clock.now(), by_id=actor.person_id))  # fmt: skip


def _written(payout: Payout, verb: str, reason: str, actor: Actor) -> None:
    """The numbered act, the audit, and what other systems are told."""
    casework.append(payout, PayoutAct(payout_id=payout.id), verb, reason, actor=actor)
    session.flush()
    audit.record(f"funds.{verb}", "payout", payout.id, actor=actor)
    if (fact := words.VERBS[verb].fact) and not casework.is_quiet():
        notices.announce(fact.name, {"code": payout.code, "amount": f"{payout.amount:.2f}",
                                     "verb": verb, "state": payout.state})  # fmt: skip


def vote(payout: Payout, *, conflict: str, vote: str = "", actor: Actor) -> None:
    """A member votes, once. The first question is whether they have to do with the payee: who has
    is recused, and so is, whatever they answer, who leads the payee.
    """
    member = queries.member_of(actor, clock.today())
    if member is None or payout.state != "asked":
        raise NotFound
    if conflict not in {"yes", "no"}:
        raise Invalid({"conflict": [_l("Answer this first: have you or your family to do with"
                                       " who is paid?")]})  # fmt: skip
    if member.id in queries.votes_on(payout):
        raise Conflict(_l("You have voted on this already; a vote is not changed."))
    if conflict == "no" and member in queries.tied(clock.today(), payout):
        raise Invalid({"conflict": [_l("You lead or are who is paid: you can only step aside.")]})
    if conflict == "no" and vote not in {"yes", "no", "abstain"}:
        raise Invalid({"vote": [_l("Choose how you vote.")]})
    session.add(Vote(payout_id=payout.id, member_id=member.id, at=clock.now(),
                     vote="recused" if conflict == "yes" else vote))  # fmt: skip
    session.flush()
    audit.record("funds.vote", "payout", payout.id, actor=actor)

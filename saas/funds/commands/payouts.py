"""A payout is asked for, decided, checked, sent, posted, told: by at least three people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from saas import casework, ledger
from saas.accounts import queries as people
from saas.funds import permissions, queries, rules, words
from saas.funds.books import LEDGER
from saas.funds.commands.gifts import account, next_number, step
from saas.funds.models import (
    Gift,
    Payout,
    PayoutAct,
    Posting,
    Purpose,
    Resolution,
    Story,
    Use,
)
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
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


def ask_back(
    gift: Gift, *, amount: Decimal | None = None, reason: str, actor: Actor
) -> Payout:  # fmt: skip
    """Ask the committee to give a confirmed gift back: all that is left of it, or more, which free
    money pays. What is used of it until then, free money pays too. Raises `Invalid` by field.
    """
    if not permissions.works(actor):
        raise Forbidden
    if queries.states([gift.id])[gift.id] != "confirmed":
        raise Conflict(_l("Only what the host has confirmed needs the committee."))
    if not reason.strip():
        raise Invalid({"reason": [_l("Why is it given back? Everybody can read it: no names.")]})
    before = queries.payouts(Payout.gift_id == gift.id, Payout.state != "returned")
    left, most = queries.left_of(gift), gift.amount - sum(one.amount for one in before)
    if any(one.state != "posted" for one in before) or not most:
        raise Conflict(_l("It is asked for already, or all of it was given back."))
    wanted = amount or left
    if not max(left, Decimal("0.01")) <= wanted <= most:
        told = _l("%(least)s is left of it, and %(most)s can be given back at most.",
                  least=f"{left:,.2f}", most=f"{most:,.2f}")  # fmt: skip
        raise Invalid({"amount": [told]})
    payout = Payout(
        code=new_code(), unit_id=gift.unit_id, amount=wanted, acts=0, purpose_id=gift.purpose_id,
        what=reason.strip(), payee=f"№ {gift.number}", state="asked", gift_id=gift.id,
        asked_by=actor.person_id, sample=gift.sample,
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
    if payout.gift_id:
        found.add("given_back")
    if payout.state == "asked":
        item = queries.item_of(payout)
        found.add(carries(queries.votes_on(payout, item)) if item else "no_meeting")
    if payout.state == "sent":
        ((_before, after),) = rules.run_down(queries.money().funds, [taking(payout)])
        if after < 0:
            found.add("not_covered")
    return frozenset(found)


def carries(votes: Mapping[int, str]) -> str:
    """Whether votes (member → vote) carry a motion today: "", else what stands in the way."""
    seats = len(queries.members(clock.today()))
    if not rules.quorate(seats, queries.term("members_least") or 1):
        return "no_quorum"
    return rules.carried(votes.values(), seats)


def taking(payout: Payout) -> rules.Ask:
    """What a payout takes of which purpose."""
    gift = session.get(Gift, payout.gift_id or 0)
    purpose = session.get_one(Purpose, payout.purpose_id).code
    return rules.Ask(purpose, payout.amount, queries.left_of(gift) if gift else None)


def _resolve(payout: Payout) -> None:
    item = queries.item_of(payout)
    votes = [*queries.votes_on(payout, item).values()]
    session.add(Resolution(
        **next_number(Resolution, "resolutions"), payout_id=payout.id, on=clock.today(),
        amount=payout.amount, members=len(queries.members(clock.today())), at=clock.now(),
        yes=votes.count("yes"), no=votes.count("no"), abstained=votes.count("abstain"),
        recused=votes.count("recused"), item_id=item.id if item else None,
    ))  # fmt: skip
    session.flush()


def _post(payout: Payout, deed: Deed, actor: Actor) -> None:
    """Lots are taken in their order, to the fen; then the money leaves, with its resolution."""
    purpose = session.get_one(Purpose, payout.purpose_id)
    back = session.get(Gift, payout.gift_id or 0)
    touched = {f"fund:{purpose.code}", f"fund:{rules.FREE}", f"paid:{purpose.code}"}
    touched |= {f"world:{back.way}"} if back else set()
    ledger.lock(LEDGER, [account(code) for code in touched])
    rows = queries.lots(purpose, payout.gift_id)
    taken = ledger.consume((lot for lot, _gift, _use in rows), payout.amount)
    if taken is None:
        raise Conflict(words.OBSTACLE["not_covered"])
    last, parts = _use(payout, {lot.id: (gift, use) for lot, gift, use in rows}, taken)
    _move_out(payout, purpose, parts, actor)
    resolution = queries.resolution_of(payout)
    if resolution is None:
        raise Conflict(words.OBSTACLE["not_carried"])
    session.add(Posting(
        payout_id=payout.id, amount=payout.amount, resolution_id=resolution.id, last_number=last,
        covered=payout.amount, asked_by=payout.asked_by, checked_by=payout.checked_by,
        sent_by=payout.sent_by, reference=deed.reference.strip(), on=clock.today(), at=clock.now(),
    ))  # fmt: skip
    payout.posted_on = clock.today()
    session.flush()


def _move_out(
    payout: Payout, purpose: Purpose, parts: Sequence[tuple[Gift, Decimal]], actor: Actor
) -> None:  # fmt: skip
    """Out of the accounts of the gifts' purposes: paid; but the own part of a gift that is given
    back goes the way that it came, and was never raised.
    """
    codes = {one.id: one.code for one in queries.purposes().values()}
    sums: dict[tuple[str, str, str, str], Decimal] = {}
    for gift, amount in parts:
        code = codes[gift.purpose_id]
        way = (code, f"paid:{purpose.code}", f"payout:{payout.code}:{code}", "payout")
        if gift.id == payout.gift_id:
            way = (code, f"world:{gift.way}", f"refund:{gift.code}", "refund")
            if amount == gift.amount:
                step(gift, "reversed", "confirmed", actor, reason=payout.what, payout_id=payout.id)
        sums[way] = sums.get(way, Decimal()) + amount
    ledger.post_all(LEDGER, [
        Transfer(source=account(f"fund:{code}"), target=account(target), amount=amount, key=key,
                 kind=kind, on=clock.today(), reason=payout.what if kind == "refund" else None)
        for (code, target, key, kind), amount in sums.items()
    ], actor=actor)  # fmt: skip


def _use(
    payout: Payout, known: dict[int, tuple[Gift, Use | None]], taken: Sequence[tuple[Lot, Decimal]]
) -> tuple[int, list[tuple[Gift, Decimal]]]:
    """Link gifts and payout, chain by chain; the last number, and how much of each gift."""
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
            at=clock.now(), back=payout.gift_id or 0,
        ))  # fmt: skip
        covered += amount
        found.append((gift, amount))
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

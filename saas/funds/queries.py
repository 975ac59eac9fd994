"""Every read of funds. All totals are sums of entries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa

from saas import ledger
from saas.accounts import queries as people
from saas.funds.books import LEDGER
from saas.funds.models import (
    Account,
    Act,
    Box,
    BudgetLine,
    Disclosure,
    Entry,
    Gift,
    Handover,
    Member,
    Note,
    Opening,
    Payout,
    PayoutAct,
    Purpose,
    Resolution,
    Source,
    Story,
    Term,
    Use,
    Vote,
)
from saas.funds.rules import NOTHING, Money
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.folding import has_words
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code
from saas.organisations import queries as organisations

Condition = sa.ColumnElement[bool]
Found = TypeVar("Found", bound=Any)


def got(found: Found | None) -> Found:
    """What was found, else `NotFound`."""
    if found is None:
        raise NotFound
    return found


def every(query: sa.Select[Any]) -> Sequence[Any]:
    """All things of a query."""
    return session.scalars(query).all()


def purposes() -> dict[str, Purpose]:
    """What gifts are for, by code, in their order."""
    return {one.code: one for one in every(sa.select(Purpose).order_by(Purpose.position))}


def purposes_used() -> dict[str, int]:
    """How many gifts, boxes and payouts stand on each purpose, by its code."""
    found: dict[str, int] = {}
    for table in (Gift, Box, Payout):
        query = sa.select(Purpose.code, sa.func.count()).join(table, table.purpose_id == Purpose.id)
        for code, number in session.execute(query.group_by(Purpose.code)):
            found[code] = found.get(code, 0) + number
    return found


def terms() -> dict[str, Term]:
    """Its rules, by code."""
    return {one.code: one for one in every(sa.select(Term).order_by(Term.position))}


def term(code: str) -> int | None:
    """The number of a rule; None where the district has none."""
    return session.scalar(sa.select(Term.number).where(Term.code == code))


# Gifts ------------------------------------------------------------------------------------------


def gift_by_code(text: str) -> Gift:
    """A gift by the code of its receipt, however it was typed; else `NotFound`."""
    return got(session.scalar(sa.select(Gift).where(Gift.code == (read_code(text) or ""))))


def submitted(model: type[Found], submission: str | None) -> Found | None:
    """The gift or payout that the form with this key has made already."""
    one: Any = model
    query = sa.select(one).where(one.submission == submission)
    return session.scalar(query) if submission else None


def states(ids: Collection[int]) -> dict[int, str]:
    """Where gifts stand."""
    query = sa.select(Act.gift_id, Act.state).where(Act.gift_id.in_(ids)).order_by(Act.id)
    return {gift: state for gift, state in session.execute(query)}


def acts_of(gift: Gift) -> Sequence[Act]:
    """The states that a gift came to, in their order."""
    return every(sa.select(Act).where(Act.gift_id == gift.id).order_by(Act.id))


def stands(state: str) -> Condition:
    """A condition: a gift has come to this state and to none after it."""
    act = sa.orm.aliased(Act)
    later = sa.select(act.id).where(act.gift_id == Gift.id, act.before == state)
    here = sa.select(act.id).where(act.gift_id == Gift.id, act.state == state)
    return sa.and_(here.exists(), ~later.exists())


def uses_of(gift: Gift) -> list[tuple[Use, Payout | None, Story | None]]:
    """What a gift did, and what is told of it; a refund has no payout."""
    query = sa.select(Use, Payout).outerjoin(Payout, Payout.id == Use.payout_id)
    found = session.execute(query.where(Use.gift_id == gift.id).order_by(Use.gift_number)).all()
    told = stories([payout.id for _use, payout in found if payout])
    return [(use, payout, told.get(payout.id) if payout else None) for use, payout in found]


def left_of(gift: Gift) -> Decimal:
    """How much of a gift is still there."""
    query = sa.select(Use.gift_after).where(Use.gift_id == gift.id)
    found = session.scalar(query.order_by(Use.gift_number.desc()).limit(1))
    return Decimal(gift.amount if found is None else found)


def lots(purpose: Purpose) -> list[tuple[ledger.Lot, Gift, Use | None]]:
    """Confirmed gifts of a purpose, then free ones, that have something left, and the last use."""
    used = sa.orm.aliased(Use)
    spent = sa.select(used.id).where(used.gift_id == Gift.id, used.gift_after == 0)
    last = sa.select(sa.func.max(used.gift_number)).where(used.gift_id == Gift.id)
    is_last = Use.gift_number == last.correlate(Gift).scalar_subquery()
    query = (
        sa.select(Gift, Use)
        .join(Purpose, Purpose.id == Gift.purpose_id)
        .outerjoin(Use, sa.and_(Use.gift_id == Gift.id, is_last))
        .where(sa.or_(Purpose.id == purpose.id, Purpose.free), stands("confirmed"), ~spent.exists())
    )
    return [
        (ledger.Lot(gift.id, use.gift_after if use else gift.amount,
                    int(gift.purpose_id != purpose.id), gift.received_on), gift, use)
        for gift, use in session.execute(query)
    ]  # fmt: skip


def called(words: str) -> Condition:
    """A condition: a gift by its code, its number, or what it came by; never by who gave."""
    number = int(words) if words.isdecimal() and len(words) < 10 else 0
    return sa.or_(
        Gift.code == (read_code(words) or ""), Gift.number == number, Gift.campaign == words.strip()
    )


def gifts(way: str, purpose: Purpose | None, most: int) -> Sequence[Gift]:
    """The newest gifts of a way, of a purpose, or of all."""
    query = sa.select(Gift).order_by(Gift.number.desc()).limit(most)
    query = query.where(Gift.way == way) if way else query
    return every(query.where(Gift.purpose_id == purpose.id) if purpose else query)


def any_gift(nth: int) -> Gift | None:
    """The gift in which the yuan number ``nth`` of all that came in lies."""
    total = sa.func.sum(Gift.amount).over(order_by=Gift.number)
    ordered = sa.select(Gift.id, total.label("upto")).subquery()
    query = sa.select(ordered.c.id).where(ordered.c.upto >= nth).order_by(ordered.c.upto).limit(1)
    return session.get(Gift, session.scalar(query) or 0)


def begun_on() -> date | None:
    """The day of the first gift."""
    return session.scalar(sa.select(sa.func.min(Gift.received_on)))


def count(model: Any, *where: Condition) -> int:
    """How many rows of a table there are of a kind."""
    return session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


def gift_names(ids: Collection[int]) -> Mapping[int, Named]:
    """Gifts by their ids: the number, never who gave."""
    query = sa.select(Gift.id, Gift.number, Gift.code).where(Gift.id.in_(ids))
    return {key: (f"№ {number}", {"code": code}) for key, number, code in session.execute(query)}


# Money ------------------------------------------------------------------------------------------


def money(until: date | None = None) -> Money:
    """All gifts at the end of a day, in one query over entries."""
    query = sa.select(Entry.other_id, Entry.account_id, sa.func.sum(Entry.amount))
    query = query.where(Entry.book == "charity", Entry.amount > 0)
    query = query if until is None else query.where(Entry.on <= until)
    found = session.execute(query.group_by(Entry.other_id, Entry.account_id)).all()
    codes = {one.id: one.code for one in every(sa.select(Account).where(Account.book == "charity"))}
    return Money({(codes[source], codes[target]): total for source, target, total in found})


def notes_of(keys: Collection[str]) -> Sequence[str]:
    """Explanations beside entries."""
    return every(sa.select(Note.words).where(Note.key.in_(keys)).order_by(Note.id))


# Cash -------------------------------------------------------------------------------------------


def waiting_handover(person_id: int) -> Handover | None:
    """What waits to be accepted, given or to be taken by this person."""
    query = sa.select(Handover).where(
        Handover.accepted_at.is_(None), Handover.declined_at.is_(None),
        sa.or_(Handover.from_id == person_id, Handover.to_id == person_id),
    )  # fmt: skip
    return session.scalar(query.order_by(Handover.id).limit(1))


def held() -> dict[int, list[Gift]]:
    """Gifts in cash by who holds the money: who received it, or accepted it in a hand-over."""
    query = sa.select(Handover).where(Handover.accepted_at.is_not(None)).order_by(Handover.id)
    moved, found = every(query), dict[int, list[Gift]]()
    for gift in every(sa.select(Gift).where(stands("held")).order_by(Gift.number)):
        holder = gift.keeper_id
        for one in moved:
            if one.from_id == holder and one.at >= gift.at:
                holder = one.to_id
        found.setdefault(holder, []).append(gift)
    return found


def banked() -> list[tuple[str, Decimal, date, list[Gift]]]:
    """What is at the bank and not confirmed: by slip, or one gift by itself, as (slip or number,
    amount, day, gifts).
    """
    query = sa.select(Gift, Act).join(Act, sa.and_(Act.gift_id == Gift.id, Act.state == "banked"))
    found: dict[str, tuple[str, Decimal, date, list[Gift]]] = {}
    for gift, act in session.execute(query.where(stands("banked")).order_by(Gift.number)):
        key = act.slip or f"№ {gift.number}"
        _key, amount, day, gifts = found.get(key, (key, NOTHING, gift.received_on, []))
        found[key] = key, amount + gift.amount, min(day, gift.received_on), [*gifts, gift]
    return list(found.values())


def boxes() -> Sequence[Box]:
    """Every box, by its number."""
    return every(sa.select(Box).order_by(Box.code))


def opened_on() -> dict[int, Any]:
    """When each box was opened last."""
    query = sa.select(Opening.box_id, sa.func.max(Opening.at)).group_by(Opening.box_id)
    return {key: at for key, at in session.execute(query)}


# Payouts ----------------------------------------------------------------------------------------


def payout_by_code(text: str, *, lock: bool = False) -> Payout:
    """A payout by its code, else `NotFound`."""
    query = sa.select(Payout).where(Payout.code == (read_code(text) or ""))
    return got(session.scalar(query.with_for_update() if lock else query))


def payouts(*where: Condition) -> Sequence[Payout]:
    """The newest of a kind."""
    return every(sa.select(Payout).where(*where).order_by(Payout.id.desc()).limit(500))


def untold() -> Condition:
    """A condition: it was posted, and nobody has said what it did."""
    told = sa.select(Story.id).where(Story.payout_id == Payout.id)
    return sa.and_(Payout.state == "posted", ~told.exists())


def waiting() -> Sequence[int]:
    """Payouts that wait for the committee, to be posted, for a word of what they did."""
    kinds = (Payout.state == "asked", Payout.state == "sent", untold())
    return session.execute(sa.select(*(sa.func.count().filter(one) for one in kinds))).one()


def stories(payouts: Collection[int]) -> dict[int, Story]:
    """The last word of what payouts did."""
    query = sa.select(Story).where(Story.payout_id.in_(payouts)).order_by(Story.number)
    return {one.payout_id: one for one in every(query)}


def payout_acts(payout: Payout) -> Sequence[PayoutAct]:
    """Its acts in order."""
    return every(
        sa.select(PayoutAct).where(PayoutAct.payout_id == payout.id).order_by(PayoutAct.number)
    )


def cover_of(payout: Payout) -> Sequence[Any]:
    """Which gifts paid it, as (use, gift)."""
    query = sa.select(Use, Gift).join(Gift, Gift.id == Use.gift_id)
    return session.execute(
        query.where(Use.payout_id == payout.id).order_by(Use.payout_number)
    ).all()


def resolution_of(payout: Payout) -> Resolution | None:
    """By which it was decided."""
    return session.scalar(sa.select(Resolution).where(Resolution.payout_id == payout.id))


def payout_called(words: str) -> Condition:
    """A condition: a payout by its code, or by what it is for."""
    return sa.or_(Payout.code == (read_code(words) or ""), has_words(words, Payout.what))


def payout_names(ids: Collection[int]) -> Mapping[int, Named]:
    """Payouts by their ids: what they are for."""
    query = sa.select(Payout.id, Payout.what, Payout.code).where(Payout.id.in_(ids))
    return {key: (what, {"code": code}) for key, what, code in session.execute(query)}


# The committee ----------------------------------------------------------------------------------


def members(day: date) -> Sequence[Member]:
    """Who sits in the committee on a day."""
    living = sa.or_(Member.until.is_(None), Member.until > day)
    return every(sa.select(Member).where(Member.since <= day, living).order_by(Member.id))


def member_of(actor: Actor, day: date) -> Member | None:
    """The seat of ``actor``, if there is one."""
    return next((one for one in members(day) if one.person_id == actor.person_id), None)


def tied(day: date, payout: Payout) -> list[Member]:
    """Members who are or who lead whom a payout is for."""
    seats, group = (
        members(day),
        session.get(organisations.Organisation, payout.organisation_id or 0),
    )
    posts = organisations.posts_of(group) if group is not None else ()
    led = {one.person_id for one in posts if one.until is None}
    named = people.names_of([one.person_id for one in seats])
    return [m for m in seats if m.person_id in led or named.get(m.person_id) == payout.payee]


def votes_on(payout: Payout) -> dict[int, str]:
    """Member → vote."""
    query = sa.select(Vote.member_id, Vote.vote).where(Vote.payout_id == payout.id)
    return {member: vote for member, vote in session.execute(query)}


def resolutions() -> Sequence[Any]:
    """What was decided, the newest first, as (resolution, payout)."""
    query = sa.select(Resolution, Payout).join(Payout, Payout.id == Resolution.payout_id)
    return session.execute(query.order_by(Resolution.number.desc()).limit(100)).all()


# Public money and sheets ------------------------------------------------------------------------


def sources() -> Sequence[Source]:
    """Public money, by its end."""
    return every(sa.select(Source).order_by(Source.until, Source.id))


def lines() -> Sequence[BudgetLine]:
    """What sources are divided into."""
    return every(sa.select(BudgetLine).order_by(BudgetLine.until, BudgetLine.id))


def promises(line: BudgetLine) -> list[tuple[str, str, Decimal]]:
    """What a line is promised to: (account of the promise, what, how much is still reserved)."""
    query = sa.select(Account, Entry.reason).join(Entry, Entry.account_id == Account.id)
    first = query.where(Account.code.startswith(f"held:{line.id}:"), Entry.number == 1)
    return [(one.code, what, ledger.balance(LEDGER, one.code))
            for one, what in session.execute(first.order_by(Account.id))]  # fmt: skip


def disclosures() -> Sequence[Disclosure]:
    """Every sheet, the newest first."""
    return every(sa.select(Disclosure).order_by(Disclosure.number.desc()))


def disclosure(code: str) -> Disclosure:
    """A sheet by its code, or by its digest; else `NotFound`."""
    known = Disclosure.code == (read_code(code) or ""), Disclosure.digest == code.strip().lower()
    return got(session.scalar(sa.select(Disclosure).where(sa.or_(*known)).limit(1)))


def told_between(first: date, last: date) -> Sequence[Story]:
    """What payouts that were posted in these days did, in the last words about each."""
    found = every(sa.select(Payout.id).where(Payout.posted_on.between(first, last)))
    return sorted(stories(found).values(), key=lambda one: one.id)

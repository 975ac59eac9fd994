"""Gifts, where they stand, what they did; all money as a sum of entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas import ledger
from saas.funds.models import (
    Account,
    Act,
    Entry,
    Gift,
    Note,
    Payout,
    Purpose,
    Story,
    Use,
)
from saas.funds.queries.common import Condition, Found, every, got
from saas.funds.queries.payouts import stories
from saas.funds.rules import NOTHING, Money
from saas.kernel.db import session
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code


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


def refunded() -> sa.ColumnElement[Decimal]:
    """What a payout gave back of a gift in the fund, by the entries, which are asked about the few
    such gifts alone. One that was given back before it was confirmed is reversed: not counted here.
    """
    some = sa.select(Payout.gift_id).where(Payout.gift_id.is_not(None))
    back = (
        sa.select(sa.func.coalesce(sa.func.sum(Entry.amount), 0))
        .where(Entry.key == sa.func.concat("refund:", Gift.code), Entry.amount > 0)
        .correlate(Gift)
    )
    found = sa.case((Gift.id.in_(some), back.scalar_subquery()), else_=0)
    return sa.type_coerce(found, Gift.amount.type)


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


def lots(purpose: Purpose, back: int | None = None) -> list[tuple[ledger.Lot, Gift, Use | None]]:
    """Confirmed gifts of a purpose, then free ones, that have something left, and the last use.
    ``back``: that gift alone, then free ones.
    """
    first = Purpose.id == purpose.id if back is None else Gift.id == back
    used = sa.orm.aliased(Use)
    spent = sa.select(used.id).where(used.gift_id == Gift.id, used.gift_after == 0)
    last = sa.select(sa.func.max(used.gift_number)).where(used.gift_id == Gift.id)
    is_last = Use.gift_number == last.correlate(Gift).scalar_subquery()
    query = (
        sa.select(Gift, Use)
        .join(Purpose, Purpose.id == Gift.purpose_id)
        .outerjoin(Use, sa.and_(Use.gift_id == Gift.id, is_last))
        .where(sa.or_(first, Purpose.free), stands("confirmed"), ~spent.exists())
    )

    def rank(gift: Gift) -> int:
        return int(gift.purpose_id != purpose.id if back is None else gift.id != back)

    return [
        (ledger.Lot(gift.id, use.gift_after if use else gift.amount, rank(gift), gift.received_on),
         gift, use)
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


def money(until: date | None = None) -> Money:
    """All gifts at the end of a day, in one query over entries."""
    query = sa.select(Entry.other_id, Entry.account_id, sa.func.sum(Entry.amount))
    query = query.where(Entry.book == "charity", Entry.amount > 0)
    query = query if until is None else query.where(Entry.on <= until)
    found = session.execute(query.group_by(Entry.other_id, Entry.account_id)).all()
    codes = {one.id: one.code for one in every(sa.select(Account).where(Account.book == "charity"))}
    return Money({(codes[source], codes[target]): total for source, target, total in found})


@dataclass(frozen=True, slots=True)
class Sum:
    """What came in by a campaign, a point or a fundraiser, worked out of entries and uses: how many
    gifts that were not given back, how much, and what of it was used.
    """

    gifts: int = 0
    raised: Decimal = NOTHING
    used: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        """What of it is still there."""
        return self.raised - self.used


def sums_by(origin: str, codes: Collection[str] | None = None) -> Mapping[str, Sum]:
    """Sums by the codes of an origin (``campaign``, ``point`` or ``fundraiser``); of every code.
    A gift of which a part was used before it was given back still counts as one.
    """
    code = getattr(Gift, origin)
    here = code.is_not(None) if codes is None else code.in_(codes)

    def posted(kind: str) -> sa.Select[Any]:
        key = sa.func.concat(f"{kind}:", Gift.code)
        whole = sa.func.count().filter(Entry.amount == Gift.amount)
        query = sa.select(code, sa.func.sum(Entry.amount), whole)
        joined = query.join_from(Gift, Entry, sa.and_(Entry.key == key, Entry.amount > 0))
        return joined.where(here).group_by(code)

    paid = sa.select(code, sa.func.sum(Use.amount)).join_from(Gift, Use, Use.gift_id == Gift.id)
    paid = paid.where(here, Use.payout_id.is_not(None), Use.back != Use.gift_id).group_by(code)
    back = {one: (total, n) for one, total, n in session.execute(posted("refund"))}
    used = dict(session.execute(paid).tuples().all())
    return defaultdict(Sum, {
        one: Sum(n - back.get(one, (0, 0))[1], total - back.get(one, (0, 0))[0],
                 used.get(one, NOTHING))
        for one, total, n in session.execute(posted("receive"))
    })  # fmt: skip


def is_moving(origin: str, code: str) -> bool:
    """Whether a gift that came by it is not with the host yet."""
    away = sa.or_(stands("held"), stands("banked"))
    return bool(count(Gift, getattr(Gift, origin) == code, away))


def notes_of(keys: Collection[str]) -> Sequence[str]:
    """Explanations beside entries."""
    return every(sa.select(Note.words).where(Note.key.in_(keys)).order_by(Note.id))


def numbers_of(account_id: int) -> dict[str, str]:
    """What everybody may know of the keys of an account's entries: the number of the gift. The code
    of a receipt is for who has it.
    """
    code = sa.func.split_part(Entry.key, ":", 2)
    query = sa.select(Entry.key, Gift.number).join(Gift, Gift.code == code)
    found = session.execute(query.where(Entry.account_id == account_id))
    return {key: f"№ {number}" for key, number in found}

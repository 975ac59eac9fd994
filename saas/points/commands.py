"""Every write of points: agreeing, earning, giving, handing out, ending, settling."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas import ledger
from saas.kernel import audit, clock, writers
from saas.kernel.context import SYSTEM, Actor, Label
from saas.kernel.db import constraint_of, session
from saas.kernel.errors import Conflict, Invalid, NotFound, SignInNeeded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.ledger import Short, Transfer
from saas.notices import commands as notices
from saas.points import queries, rules, words
from saas.points.books import LEDGER
from saas.points.models import (
    OWN,
    TWICE,
    Account,
    Grant,
    Handed,
    Reward,
    Settlement,
)
from saas.territory.queries import Unit


def join(*, actor: Actor) -> Account:
    """The actor agrees that points are written down, or does so again."""
    if actor.person_id is None:
        raise SignInNeeded
    found = queries.account_of(actor.person_id)
    if found is None:
        found = _account(f"person:{actor.person_id}", person_id=actor.person_id, slip=new_code())
    found.joined_at, found.left_at = clock.now(), None
    session.flush()
    _note("join", "points_account", found.id, actor)
    return found


def leave(account: Account, *, actor: Actor) -> None:
    """Nothing is earned from now on; what is there can still be spent."""
    account.left_at = clock.now()
    session.flush()
    _note("leave", "points_account", account.id, actor)


def _account(code: str, book: str = "points", **own: Any) -> Any:
    overdraw = code.startswith(("earned:", "bought:"))
    return ledger.open_account(LEDGER, code, book, may_overdraw=overdraw, **own)


def grant(
    person_id: int, *, by: int | None, minutes: int | None = None, **cause: int
) -> Grant | None:
    """Points for a mark (``mark_id``) or for hours (``service_id``, with its ``minutes``), once
    each; nothing for who did not agree or wrote it down themselves (``by``), or where the district
    gives none.
    """
    account = queries.account_of(person_id)
    if account is None or account.left_at or by == person_id:
        return None
    each = queries.number("per_visit" if minutes is None else "per_hour")
    if each is None or queries.grant_for(**cause):
        return None
    source = _account(f"earned:{person_id}")
    ledger.lock(LEDGER, [account.id, source.id])  # the day's most is looked at by one at a time
    today = clock.today()
    had = queries.earned_on(account, today)
    made = Grant(account_id=account.id, on=today, at=clock.now(), **cause,
                 person_id=person_id, by_id=by,
                 points=rules.earned(each, minutes, queries.number("most_a_day"), had))  # fmt: skip
    writers.join()
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except sa.exc.IntegrityError as error:
        if constraint_of(error) not in TWICE:
            raise
        return None
    if made.points:
        _post([(source, account, made.points, made.key, today)], "grant", SYSTEM)
    return made


def _post(moves: list[tuple[Any, Any, Any, str, date]], kind: str, actor: Actor) -> None:
    """From, to, how many, key, lot."""
    ledger.post_all(LEDGER, [
        Transfer(source=a.id, target=b.id, amount=Decimal(n), key=key, kind=kind, on=on)
        for a, b, n, key, on in moves
    ], actor=actor)  # fmt: skip


def take_back(*, reason: object, **cause: int) -> None:
    """What was earned for a mark or hours that were taken back goes; of what is spent already
    nothing is asked for.
    """
    found = queries.grant_for(**cause)
    if found is None or not found.points:
        return
    mine = session.get_one(Account, found.account_id)
    source = _account(f"earned:{mine.person_id}")
    ledger.lock(LEDGER, [mine.id, source.id])  # what is left then is left until it is taken
    try:
        with session.begin_nested():
            ledger.reverse(LEDGER, found.key, on=found.on, reason=str(reason), actor=SYSTEM)
    except Short as short:
        if short.left > 0:
            _post([(mine, source, short.left, f"{found.key}~", found.on)], "take_back", SYSTEM)
    _note("take_back", "points_account", found.account_id, SYSTEM)


def _out(account: Account, target: Any, points: int, key: str, kind: str, actor: Actor) -> None:
    """So many points from the oldest lots; each keeps its day. Raises `Conflict` for too few."""
    ledger.lock(LEDGER, [account.id, target.id])
    taken = ledger.consume(queries.lots_of(account), Decimal(points))
    if taken is None:
        raise Conflict(_l("There are %(number)s points.", number=queries.balance(account)))
    _post([(account, target, part, f"{key}:{lot.on}", lot.on) for lot, part in taken], kind, actor)


def give(mine: Account, slip: str, points: int, *, submission: str, actor: Actor) -> None:
    """To a neighbour, by the code on their page; the lots end when they would have ended."""
    other = queries.by_slip(slip)
    if other is None or other.left_at:
        raise Invalid({"slip": [_l("Nobody here has this code. Ask your neighbour once more.")]})
    if other.id == mine.id:
        raise Invalid({"slip": [_l("This is your own code.")]})
    key = f"give:{mine.id}:{submission or new_code()}"
    ledger.lock(LEDGER, [mine.id, other.id])
    if queries.moves_of(key):
        return  # the same press once more
    _out(mine, other, points, key, "give", actor)
    if other.person_id:
        notices.notify([other.person_id], words.GIVEN, path="/points/me", n=points)
    _note("give", "points_account", mine.id, actor)


def hand_out(
    reward: Reward, account: Account, *, submission: str | None = None, actor: Actor
) -> Handed:
    """The desk hands a reward out, or the slip for it; the same ``submission`` once. The reward
    comes locked. Raises `Conflict` for too few points, none left, or one's own.
    """
    if submission and (
        again := session.scalar(sa.select(Handed).where(Handed.submission == submission))
    ):
        return again
    if reward.retired_at or account.person_id is None:
        raise NotFound
    made = Handed(code=new_code(), submission=submission, reward_id=reward.id, on=clock.today(),
                  account_id=account.id, person_id=account.person_id, price=reward.price,
                  at=clock.now(), by_id=actor.person_id)  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except sa.exc.IntegrityError as error:
        if constraint_of(error) != OWN:
            raise
        raise Conflict(words.BY_ANOTHER) from None
    _out(account, _account("spent"), reward.price, f"hand:{made.code}", "spend", actor)
    _pieces(reward, f"stock:{reward.id}", "out", 1, f"hand:{made.code}", actor)
    _note("hand_out", "reward", reward.id, actor)
    return made


def undo(one: Handed, reward: Reward, *, why: str, actor: Actor) -> None:
    """It was not taken after all: the points are back in their lots, the piece is in stock. Raises
    `Conflict` where the month of the merchant is settled.
    """
    if not why.strip():
        raise Invalid({"why": [_l("Write a sentence.")]})
    if reward.merchant_id:
        writers.in_turn(f"points.settle:{reward.merchant_id}")
    settled = queries.settlements(one.on.replace(day=1)).get(reward.merchant_id or 0)
    if settled and settled.second_by:
        raise Conflict(_l("This month is settled."))
    moves = queries.moves_of(f"hand:{one.code}")
    if not moves:
        raise Conflict(_l("It was taken back already."))
    for key, lot in moves:
        ledger.reverse(LEDGER, key, on=lot, reason=why, actor=actor)
    _note("undo", "reward", reward.id, actor)


def _pieces(reward: Reward, a: str, b: str, pieces: int, key: str, actor: Actor) -> None:
    """Pieces of a reward from one place to another."""
    source, target = (_account(code, "stock") for code in (a, b))
    try:
        _post([(source, target, pieces, key, clock.today())], "pieces", actor)
    except Short:
        raise Conflict(_l("Nothing of it is left.")) from None


def add_reward(
    unit: Unit, *, name: Label, price: int, pieces: int, merchant_id: int | None = None,
    sample: bool = False, actor: Actor,
) -> Reward:  # fmt: skip
    """Something new to be had for points."""
    made = Reward(code=new_code(), unit_id=unit.id, name=name, price=price, sample=sample,
                  merchant_id=merchant_id)  # fmt: skip
    session.add(made)
    session.flush()
    restock(made, pieces, submission="first", actor=actor)
    _note("add_reward", "reward", made.id, actor)
    return made


def restock(reward: Reward, pieces: int, *, submission: str, actor: Actor) -> None:
    """More pieces, or fewer where some are lost."""
    ways = f"bought:{reward.id}", f"stock:{reward.id}"
    if pieces:
        _pieces(reward, *(ways if pieces > 0 else ways[::-1]), abs(pieces),
                f"stock:{reward.id}:{submission or new_code()}", actor)  # fmt: skip
        _note("restock", "reward", reward.id, actor)


def retire(reward: Reward, *, actor: Actor) -> None:
    """It is had no more."""
    reward.retired_at = reward.retired_at or clock.now()
    session.flush()
    _note("retire", "reward", reward.id, actor)


def end_lots() -> int:
    """Lots whose days are over end, each for itself; who has one that ends soon is told, once a
    lot. Returns how many lots have ended.
    """
    valid, notice = queries.number("valid_days"), queries.number("notice_days") or 0
    if valid is None:
        return 0
    today, done, target = clock.today(), 0, _account("expired")
    for account in queries.with_lots_before(today - timedelta(days=valid - notice)):
        ledger.lock(LEDGER, [account.id, target.id])
        for lot in queries.lots_of(account):
            end = rules.ends(lot.on, valid)
            if end < today:
                key = f"expire:{account.id}:{lot.on}:{today}"
                _post([(account, target, lot.left, key, lot.on)], "expire", SYSTEM)
                done += 1
            elif end <= today + timedelta(days=notice) and account.person_id:
                notices.notify([account.person_id], words.ENDING, path="/points/me",
                               once=f"points:{account.id}:{lot.on}", n=int(lot.left),
                               until=f"{end:%Y-%m-%d}")  # fmt: skip
    return done


def settle(merchant_id: int, month: date, *, number: int, actor: Actor) -> Settlement:
    """The list of a merchant's month is right: first one says so, then another, of the same list.
    Raises `Conflict` where it is another number now, the month is not over, or the same person
    signs twice.
    """
    after = (month + timedelta(days=32)).replace(day=1)
    writers.in_turn(f"points.settle:{merchant_id}")
    count, points = queries.by_merchant(month, after).get(merchant_id, (0, 0))
    if after > clock.today() or not count or count != number or actor.person_id is None:
        raise Conflict(_l("The list is another one now, or the month is not over. Look once more."))
    found = queries.settlements(month).get(merchant_id)
    if found is None:
        found = Settlement(merchant_id=merchant_id, month=month, number=count, points=points,
                           first_by=actor.person_id, first_at=clock.now())  # fmt: skip
        session.add(found)
    elif found.second_by:
        raise Conflict(words.BY_ANOTHER)
    elif (found.number, found.points) != (count, points):  # nobody has signed this list
        found.number, found.points = count, points
        found.first_by, found.first_at = actor.person_id, clock.now()
    elif found.first_by == actor.person_id:
        raise Conflict(words.BY_ANOTHER)
    else:
        found.second_by, found.second_at = actor.person_id, clock.now()
    session.flush()
    _note("settle", "merchant", merchant_id, actor)
    return found


def _note(verb: str, thing: str, thing_id: int, actor: Actor) -> None:
    audit.record(f"points.{verb}", thing, thing_id, actor=actor)

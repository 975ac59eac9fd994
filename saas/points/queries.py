"""Every read of points. No list of people is ordered by them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from saas import ledger
from saas.attendance.queries import LIVE as MARK_LIVE
from saas.attendance.queries import Mark
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.shortcodes import read_code
from saas.ledger import Lot
from saas.places import queries as places
from saas.places.queries import Merchant
from saas.points import rules
from saas.points.books import LEDGER
from saas.points.models import (
    Account,
    Badge,
    Entry,
    Grant,
    Handed,
    Reward,
    Settlement,
    Term,
)
from saas.volunteers.queries import LIVE as SERVICE_LIVE
from saas.volunteers.queries import Service


def terms() -> dict[str, Term]:
    """The rules, by code; none where a district gives no points."""
    return {one.code: one for one in session.scalars(sa.select(Term).order_by(Term.position))}


def number(code: str) -> int | None:
    """The number of a rule."""
    return session.scalar(sa.select(Term.number).where(Term.code == code))


def is_given() -> bool:
    """Whether the district gives points at all."""
    return session.scalar(sa.select(Term.id).limit(1)) is not None


def badges() -> dict[str, Badge]:
    """The badges, by code, in their order."""
    return {one.code: one for one in session.scalars(sa.select(Badge).order_by(Badge.position))}


def account_of(person_id: int | None) -> Account | None:
    """The account of somebody who agreed once."""
    query = sa.select(Account).where(Account.person_id == person_id)
    return session.scalar(query) if person_id else None


def access_own(actor: Actor) -> Account:
    """The actor's own account, else `NotFound`."""
    found = account_of(actor.person_id)
    if found is None:
        raise NotFound
    return found


def by_slip(text: str) -> Account | None:
    """Whose points the code on somebody's page means."""
    code = read_code(text)
    return session.scalar(sa.select(Account).where(Account.slip == code)) if code else None


def balance(account: Account) -> int:
    """How many points there are."""
    return int(ledger.balance(LEDGER, account.code))


def lots_of(account: Account) -> list[Lot]:
    """What is left of each lot, the oldest first."""
    query = sa.select(Entry.on, sa.func.sum(Entry.amount)).where(Entry.account_id == account.id)
    return rules.lots({on: Decimal(left) for on, left in session.execute(query.group_by(Entry.on))})


def with_lots_before(day: date) -> Sequence[Account]:
    """People of whom something is left that was earned before a day."""
    old = sa.select(Entry.account_id).where(Entry.on < day).group_by(Entry.account_id, Entry.on)
    query = sa.select(Account).where(
        Account.person_id.is_not(None), Account.id.in_(old.having(sa.func.sum(Entry.amount) > 0))
    )
    return session.scalars(query.order_by(Account.id)).all()


@dataclass(frozen=True, slots=True)
class Totals:
    """All points that were ever earned, what became of them, and what can still be spent."""

    earned: int = 0
    spent: int = 0
    expired: int = 0
    held: int = 0


def totals() -> Totals:
    """Counted from the entries, every time: earned − spent − expired = held."""
    kind = sa.func.split_part(Account.code, ":", 1)
    query = sa.select(kind, sa.func.sum(Entry.amount)).join(Entry, Entry.account_id == Account.id)
    query = query.where(Account.book == "points")
    found = {name: int(total) for name, total in session.execute(query.group_by(sa.text("1")))}
    return Totals(-found.get("earned", 0), found.get("spent", 0), found.get("expired", 0),
                  found.get("person", 0))  # fmt: skip


def grant_for(**cause: int) -> Grant | None:
    """What was earned for a mark or a service."""
    return session.scalar(sa.select(Grant).filter_by(**cause))


def earned_on(account: Account, day: date) -> int:
    """How many points a day has brought, of what stands."""
    query: sa.Select[tuple[int]] = _of_what_stands(
        sa.select(sa.func.coalesce(sa.func.sum(Grant.points), 0))
    )
    return session.scalars(query.where(Grant.account_id == account.id, Grant.on == day)).one()


def _of_what_stands(query: Any) -> Any:
    query = query.select_from(Grant).outerjoin(Mark, Mark.id == Grant.mark_id)
    query = query.outerjoin(Service, Service.id == Grant.service_id)
    return query.where(sa.or_(MARK_LIVE, SERVICE_LIVE))


def _live() -> sa.Select[Any]:
    """Grants that stand: account, what for, since when, the how-manieth of their kind."""
    what = sa.case((Grant.mark_id.is_(None), "helped"), else_="came").label("what")
    nth = sa.func.row_number().over(partition_by=(Grant.account_id, what), order_by=Grant.id)
    found: sa.Select[Any] = _of_what_stands(
        sa.select(Grant.account_id, what, Grant.on, nth.label("nth"))
    )
    return found


def times_of(account: Account) -> dict[str, int]:
    """How often somebody came and helped, of what stands."""
    live = _live().where(Grant.account_id == account.id).subquery()
    query = sa.select(live.c.what, sa.func.count()).group_by(live.c.what)
    return dict.fromkeys(rules.WHATS, 0) | {what: n for what, n in session.execute(query)}


def awards(account: Account | None = None) -> dict[int, tuple[int, date]]:
    """Badge → how many have it, and since when the last one: of somebody, or of all, never who."""
    live = (_live().where(Grant.account_id == account.id) if account else _live()).subquery()
    on = sa.and_(live.c.what == Badge.what, live.c.nth == Badge.times)
    query = sa.select(Badge.id, sa.func.count(), sa.func.max(live.c.on)).join(live, on)
    return {key: (n, since) for key, n, since in session.execute(query.group_by(Badge.id))}


def rewards() -> Sequence[Reward]:
    """What can be had, the cheapest first."""
    query = sa.select(Reward).where(Reward.retired_at.is_(None))
    return session.scalars(query.order_by(Reward.price, Reward.id)).all()


def access_reward(code: str, *, lock: bool = False) -> Reward:
    """A reward by its code, else `NotFound`."""
    query = sa.select(Reward).where(Reward.code == code)
    found = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if found is None:
        raise NotFound
    return found


def stock_of(found: Collection[Reward]) -> dict[int, int]:
    """How many pieces of each reward are there."""
    codes = {f"stock:{one.id}": one.id for one in found}
    query = sa.select(Account.code, sa.func.sum(Entry.amount)).join(
        Entry, Entry.account_id == Account.id
    )
    query = query.where(Account.code.in_(codes)).group_by(Account.code)
    left = {codes[code]: int(total) for code, total in session.execute(query)}
    return {one.id: left.get(one.id, 0) for one in found}


#: A condition: what was handed out stands.
STANDS: Final[sa.ColumnElement[bool]] = ~sa.exists().where(
    Entry.reverses == sa.func.concat("hand:", Handed.code)
)


def handed(*where: sa.ColumnElement[bool], limit: int = 100) -> Sequence[Any]:
    """What was handed out, with its reward and whether that stands, the newest first."""
    query = sa.select(Handed, Reward, STANDS).join(Reward, Reward.id == Handed.reward_id)
    return session.execute(query.where(*where).order_by(Handed.id.desc()).limit(limit)).all()


def at_merchants(month: date, after: date) -> Sequence[Any]:
    """The same of what merchants handed out in a month, of what stands."""
    here = Handed.on >= month, Handed.on < after, STANDS, Reward.merchant_id.is_not(None)
    return handed(*here, limit=2000)


def merchants_of(found: Collection[Reward]) -> dict[int, Label]:
    """The names of those who hand these rewards out."""
    ids = {one.merchant_id for one in found}
    query = sa.select(Merchant.id, Merchant.name).where(Merchant.id.in_(ids))
    return {key: name for key, name in session.execute(query)}


def shops(actor: Actor) -> Sequence[Merchant]:
    """Merchants by whom the actor can let something be handed out."""
    return session.scalars(places.merchants_within(actor).limit(200)).all()


def access_handed(code: str) -> tuple[Handed, Reward, bool]:
    """Something that was handed out, its reward and whether that stands, else `NotFound`."""
    found = handed(Handed.code == code)
    if not found:
        raise NotFound
    return tuple(found[0])


def moves_of(key: str) -> list[tuple[str, date]]:
    """Transfers that are called so, or begin so, with their lots; those taken back are left out."""
    back = sa.select(Entry.reverses).where(Entry.reverses.is_not(None))
    called = sa.or_(Entry.key == key, Entry.key.startswith(f"{key}:"))
    query = sa.select(Entry.key, Entry.on).where(
        called, Entry.amount > 0, Entry.reverses.is_(None), Entry.key.not_in(back)
    )
    return [(found, on) for found, on in session.execute(query.order_by(Entry.id))]


def by_merchant(month: date, after: date) -> dict[int, tuple[int, int]]:
    """Merchant → how much was handed out there in a month, and for how many points."""
    query = (
        sa.select(Reward.merchant_id, sa.func.count(), sa.func.sum(Handed.price))
        .join(Handed, Handed.reward_id == Reward.id)
        .where(Reward.merchant_id.is_not(None), STANDS, Handed.on >= month, Handed.on < after)
        .group_by(Reward.merchant_id)
    )  # fmt: skip
    return {key: (n, int(points)) for key, n, points in session.execute(query) if key}


def settlements(month: date) -> dict[int, Settlement]:
    """What merchants have settled of a month."""
    query = sa.select(Settlement).where(Settlement.month == month)
    return {one.merchant_id: one for one in session.scalars(query)}


def entries_of(account: Account) -> Sequence[Entry]:
    """What came and went, the newest first."""
    query = sa.select(Entry).where(Entry.account_id == account.id)
    return session.scalars(query.order_by(Entry.number.desc()).limit(100)).all()

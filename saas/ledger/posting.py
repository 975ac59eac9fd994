"""Posting: accounts are locked in the order of their ids, then both sides are written at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.kernel import clock, writers
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger import reading
from saas.ledger.reading import Books


class Short(Conflict):
    """There is less in an account than should be taken; ``left`` is what there is."""

    def __init__(self, code: str, left: Decimal) -> None:
        super().__init__(_l("Only %(left)s is left there.", left=f"{left:,.2f}"))
        self.account, self.left = code, left


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """``amount`` from one account to another, by their ids. The same ``key`` is never posted twice:
    whoever sends it again gets what was posted.
    """

    source: int
    target: int
    amount: Decimal
    key: str
    kind: str
    on: date
    reverses: str | None = None
    reason: str | None = None


def open_account(
    books: Books, code: str, book: str, *, may_overdraw: bool = False, **own: Any
) -> Any:
    """The account of this code; made where there is none. Two who make it at once make one."""
    found = reading.account(books, code)
    if found is None:
        values = {"code": code, "book": book, "may_overdraw": may_overdraw, **own}
        made = insert(books.accounts).values(values)
        session.execute(made.on_conflict_do_nothing(index_elements=["code"]))
        found = reading.account(books, code)
    return found


def lock(books: Books, ids: Collection[int]) -> dict[int, Any]:
    """Accounts, locked in the order of their ids; whoever posts waits for who posts there."""
    table = books.accounts
    query = sa.select(table).where(table.id.in_(set(ids))).order_by(table.id)
    return {one.id: one for one in session.scalars(query.with_for_update(key_share=True))}


def post(books: Books, transfer: Transfer, *, actor: Actor) -> None:
    """One transfer. Raises `Short`, or `Conflict` for two accounts of different books."""
    post_all(books, [transfer], actor=actor)


def post_all(books: Books, transfers: Sequence[Transfer], *, actor: Actor) -> None:
    """Many at once, in their order, with one statement for all entries."""
    writers.join()
    accounts = lock(books, [i for one in transfers for i in (one.source, one.target)])
    known = _posted(books, [one.key for one in transfers])
    tips = reading.tips(books, accounts)
    now, rows = clock.now(), list[dict[str, Any]]()
    for one in transfers:
        if (again := known.get(one.key)) is not None:
            if again != (one.target, one.amount):
                raise Conflict(_l("Something else was posted under this key."))
            continue
        known[one.key] = one.target, one.amount
        if accounts[one.source].book != accounts[one.target].book:
            raise Conflict(_l("Public money and gifts are never mixed: they are two books."))
        about = {
            "key": one.key, "kind": one.kind, "on": one.on, "at": now, "actor_kind": actor.kind,
            "actor_id": actor.person_id, "reverses": one.reverses, "reason": one.reason,
        }  # fmt: skip
        rows.append(about | _side(accounts[one.source], one.target, -one.amount, tips))
        rows.append(about | _side(accounts[one.target], one.source, one.amount, tips))
    if rows:
        session.execute(sa.insert(books.entries), rows)


def _posted(books: Books, keys: Collection[str]) -> dict[str, tuple[int, Decimal]]:
    table = books.entries
    query = sa.select(table.key, table.account_id, table.amount)
    found = session.execute(query.where(table.key.in_(keys), table.amount > 0))
    return {key: (account, amount) for key, account, amount in found}


def _side(account: Any, other: int, amount: Decimal, tips: dict[int, Any]) -> dict[str, Any]:
    number, before = tips.get(account.id, (0, Decimal()))
    after = before + amount
    if after < 0 and not account.may_overdraw:
        raise Short(account.code, before)
    tips[account.id] = number + 1, after
    return {
        "book": account.book, "account_id": account.id, "other_id": other, "number": number + 1,
        "before_number": number or None, "before": before, "amount": amount, "after": after,
        "may_overdraw": account.may_overdraw,
    }  # fmt: skip


def reverse(books: Books, key: str, *, on: date, reason: str, actor: Actor) -> None:
    """Take a transfer back by another one that says why; both stay. Never twice."""
    table = books.entries
    found = session.scalar(sa.select(table).where(table.key == key, table.amount > 0))
    if found is None:
        raise NotFound
    if session.scalar(sa.select(table.id).where(table.reverses == key).limit(1)):
        raise Conflict(_l("This has been taken back already."))
    post(books, Transfer(
        source=found.account_id, target=found.other_id, amount=found.amount, key=f"{key}~",
        kind=found.kind, on=on, reverses=key, reason=reason.strip(),
    ), actor=actor)  # fmt: skip

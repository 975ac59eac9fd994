"""What went into and out of the host's account by the book, for who holds it against the bank's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from saas.funds.models import Account, Act, Entry, Gift, Payout, Posting
from saas.funds.queries.common import every


def _inside(account: Any) -> sa.ColumnElement[bool]:
    return sa.or_(account.code == "transit", account.code.startswith("fund:"))


def moves() -> sa.Subquery:
    """Each entry by which gifts came to the host or left it: day, amount, and of which thing it is:
    a ``slip``, a ``gift`` or a ``refund`` (of a gift), a ``payout``; its ``key`` (the number of
    the slip, or an id) and what it is ``called``.
    """
    own, other = sa.orm.aliased(Account), sa.orm.aliased(Account)
    code = sa.func.split_part(Entry.key, ":", 2)
    kind = sa.case(
        (Entry.kind.in_(("payout", "refund")), Entry.kind), (Act.slip.is_not(None), "slip"),
        else_="gift",
    )  # fmt: skip
    gift = sa.cast(Gift.id, sa.Text)
    key = sa.case(
        (kind == "payout", sa.cast(Payout.id, sa.Text)), (kind == "slip", Act.slip), else_=gift
    )
    called = sa.case(
        (kind == "payout", sa.func.coalesce(sa.func.nullif(Posting.reference, ""), Payout.what)),
        (kind == "slip", Act.slip), else_=sa.func.concat("№ ", Gift.number),
    )  # fmt: skip
    query = (
        sa.select(
            Entry.on, Entry.amount, kind.label("kind"), key.label("key"), called.label("called"),
            sa.func.concat(kind, ":", key).label("thing"),
        )
        .join(own, own.id == Entry.account_id)
        .join(other, other.id == Entry.other_id)
        .outerjoin(Gift, sa.and_(Gift.code == code, Entry.kind != "payout"))
        .outerjoin(Act, sa.and_(Act.gift_id == Gift.id, Act.state == "banked"))
        .outerjoin(Payout, sa.and_(Payout.code == code, Entry.kind == "payout"))
        .outerjoin(Posting, Posting.payout_id == Payout.id)
        .where(_inside(own), ~_inside(other), own.book == "charity")
    )  # fmt: skip
    return query.subquery("moves")


def gifts_of(kind: str, key: str) -> Sequence[Gift]:
    """The gifts of a slip, or the one with this id."""
    query = sa.select(Gift).order_by(Gift.number)
    if kind != "slip":
        return every(query.where(Gift.id == int(key)))
    here = sa.select(Act.id).where(Act.gift_id == Gift.id, Act.slip == key)
    return every(query.where(here.exists()))

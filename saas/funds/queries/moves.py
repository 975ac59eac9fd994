"""What went into and out of the host's account by the book, for who holds it against the bank's."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

import sqlalchemy as sa

from saas.funds.models import Account, Act, Entry, Gift, Payout, Posting, Use
from saas.funds.queries.gifts import stands
from saas.kernel.db import session


def _inside(account: Any) -> sa.ColumnElement[bool]:
    return sa.or_(account.code == "transit", account.code.startswith("fund:"))


@cache
def moves() -> sa.Subquery:
    """Each entry by which gifts came to the host or left it: day, amount, and of which thing it is:
    a ``slip``, a ``gift`` or a ``refund`` (of a gift), a ``payout``; its ``key`` (the number of
    the slip, or an id) and what it is ``called``. What the committee gives back is a payout, whole:
    the bank sends it as one sum, whichever gifts it was taken from.
    """
    own, other = sa.orm.aliased(Account), sa.orm.aliased(Account)
    paid, back = sa.orm.aliased(Payout), sa.orm.aliased(Use)
    code = sa.func.split_part(Entry.key, ":", 2)
    kind = sa.case(
        (Payout.id.is_not(None), "payout"), (Entry.kind == "refund", "refund"),
        (Act.slip.is_not(None), "slip"), else_="gift",
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
        .outerjoin(back, sa.and_(back.gift_id == Gift.id, back.back == Gift.id,
                                 Entry.kind == "refund"))
        .outerjoin(paid, sa.and_(paid.code == code, Entry.kind == "payout"))
        .outerjoin(Payout, Payout.id == sa.func.coalesce(paid.id, back.payout_id))
        .outerjoin(Posting, Posting.payout_id == Payout.id)
        .where(_inside(own), ~_inside(other), own.book == "charity")
    )  # fmt: skip
    return query.subquery("moves")


def waiting_gifts(slips: Collection[str], ids: Collection[int]) -> list[tuple[str, Gift]]:
    """Gifts of these slips, or with these ids, that the host has not confirmed yet, each with the
    thing that it is of.
    """
    query = sa.select(Act.slip, Gift).join(
        Gift, sa.and_(Gift.id == Act.gift_id, Act.state == "banked")
    )
    here = sa.or_(Act.slip.in_(slips), sa.and_(Act.slip.is_(None), Gift.id.in_(ids)))
    found = session.execute(query.where(here, stands("banked")).order_by(Gift.number))
    return [(f"slip:{slip}" if slip else f"gift:{gift.id}", gift) for slip, gift in found]


def gifts_on(slip: str) -> list[int]:
    """Ids of the gifts of a slip."""
    query = sa.select(Act.gift_id).where(Act.slip == slip).order_by(Act.gift_id)
    return [*session.scalars(query)]

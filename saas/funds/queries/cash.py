"""Cash between people, and boxes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas.funds.models import (
    Account,
    Act,
    Box,
    Entry,
    Gift,
    Handover,
    Opening,
)
from saas.funds.queries.common import every
from saas.funds.queries.gifts import stands
from saas.funds.rules import NOTHING
from saas.kernel.db import session


def waiting_handover(person_id: int, *, lock: bool = False) -> Handover | None:
    """What waits to be accepted, given or to be taken by this person."""
    query = sa.select(Handover).where(
        Handover.accepted_at.is_(None), Handover.declined_at.is_(None),
        sa.or_(Handover.from_id == person_id, Handover.to_id == person_id),
    )  # fmt: skip
    query = query.order_by(Handover.id).limit(1)
    return session.scalar(query.with_for_update() if lock else query)


def held() -> dict[int, list[Gift]]:
    """Gifts in cash by who holds the money, followed through the entries: the next hand-over of an
    account takes along whatever lies there.
    """
    came = sa.and_(Entry.key == sa.func.concat("receive:", Gift.code), Entry.amount > 0)
    query = sa.select(Gift, Entry).join(Entry, came).where(stands("held")).order_by(Gift.number)
    moved, found = _handed(), dict[int, list[Gift]]()
    for gift, entry in session.execute(query):
        at, number = entry.account_id, entry.number
        while onward := next((way for way in moved.get(at, ()) if way[0] > number), None):
            _out, at, number = onward
        found.setdefault(at, []).append(gift)
    keepers = {
        one.id: one.person_id for one in every(sa.select(Account).where(Account.id.in_(found)))
    }
    return {keepers[at]: gifts for at, gifts in found.items()}


def _handed() -> dict[int, list[tuple[int, int, int]]]:
    """Hand-overs by the account that gave: (its entry, the account that took, the entry there)."""
    out, into = sa.orm.aliased(Entry), sa.orm.aliased(Entry)
    same = sa.and_(into.key == out.key, into.account_id == out.other_id)
    query = sa.select(out.account_id, out.number, into.account_id, into.number).join(into, same)
    found: dict[int, list[tuple[int, int, int]]] = {}
    mine = query.where(out.kind == "handover", out.amount < 0).order_by(out.number)
    for giver, *way in session.execute(mine):
        found.setdefault(giver, []).append((way[0], way[1], way[2]))
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

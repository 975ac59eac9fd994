"""Payouts and the committee that decides them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.funds.models import (
    Gift,
    Item,
    Meeting,
    Member,
    Payout,
    PayoutAct,
    Resolution,
    Story,
    Use,
    Vote,
)
from saas.funds.queries.common import Condition, every, got
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.folding import has_words
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code
from saas.organisations import queries as organisations


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
    return sa.and_(Payout.state == "posted", Payout.gift_id.is_(None), ~told.exists())


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


def members(day: date) -> Sequence[Member]:
    """Who sits in the committee on a day."""
    living = sa.or_(Member.until.is_(None), Member.until > day)
    return every(sa.select(Member).where(Member.since <= day, living).order_by(Member.id))


def member_of(actor: Actor, day: date) -> Member | None:
    """The seat of ``actor``, if there is one."""
    return next((one for one in members(day) if one.person_id == actor.person_id), None)


def tied(seats: Sequence[Member], payout: Payout) -> list[Member]:
    """Of these members those who are or who lead whom a payout is for."""
    payee = payout.organisation_id
    group = session.get(organisations.Organisation, payee) if payee else None
    posts = organisations.posts_of(group) if group is not None else ()
    led = {one.person_id for one in posts if one.until is None}
    named = people.names_of([one.person_id for one in seats])
    return [m for m in seats if m.person_id in led or named.get(m.person_id) == payout.payee]


def votes_on(payout: Payout, item: Item | None = None) -> dict[int, str]:
    """Member → vote: on an item, or the last time that it was voted on."""
    query = sa.select(Vote.item_id, Vote.member_id, Vote.vote).where(Vote.payout_id == payout.id)
    found = session.execute(query).all()
    last = item.id if item else max((one or 0 for one, _member, _vote in found), default=0)
    return {member: vote for one, member, vote in found if (one or 0) == last}


def resolutions(most: int = 100) -> Sequence[Any]:
    """What was decided, the newest first, as (resolution, payout, its meeting or None)."""
    query = sa.select(Resolution, Payout, Meeting).join(Payout, Payout.id == Resolution.payout_id)
    query = query.outerjoin(Item, Item.id == Resolution.item_id)
    query = query.outerjoin(Meeting, Meeting.id == Item.meeting_id)
    return session.execute(query.order_by(Resolution.number.desc()).limit(most)).all()

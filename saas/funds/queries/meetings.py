"""Meetings of the committee: agenda, who is here, votes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas.funds.models import (
    Item,
    Meeting,
    MeetingAct,
    Member,
    Payout,
    Present,
    Purpose,
    Resolution,
    Use,
    Vote,
)
from saas.funds.queries.common import Condition, every, got
from saas.funds.queries.payouts import members
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code
from saas.kernel.written import day_written

_OPEN = Meeting.state.in_(("planned", "held"))


def meeting_by_code(text: str, *, lock: bool = False) -> Meeting:
    """A meeting by its code, else `NotFound`."""
    query = sa.select(Meeting).where(Meeting.code == (read_code(text) or ""))
    return got(session.scalar(query.with_for_update() if lock else query))


def meetings(*where: Condition) -> Sequence[Meeting]:
    """The last of a kind, the newest first."""
    query = sa.select(Meeting).where(*where).order_by(Meeting.on.desc(), Meeting.number.desc())
    return every(query.limit(100))


def meeting_acts(meeting: Meeting) -> Sequence[MeetingAct]:
    """Its acts in order."""
    query = sa.select(MeetingAct).where(MeetingAct.meeting_id == meeting.id)
    return every(query.order_by(MeetingAct.number))


def item(number: int) -> tuple[Item, Meeting]:
    """An item with its meeting, locked, else `NotFound`."""
    found = got(session.get(Item, number))
    query = sa.select(Meeting).where(Meeting.id == found.meeting_id)
    return found, got(session.scalar(query.with_for_update()))


def items_of(meeting: Meeting) -> Sequence[Any]:
    """The agenda in its order, as (item, payout or None)."""
    query = sa.select(Item, Payout).outerjoin(Payout, Payout.id == Item.payout_id)
    return session.execute(query.where(Item.meeting_id == meeting.id).order_by(Item.number)).all()


def present(meeting: Meeting) -> set[int]:
    """Members who are here."""
    return {*every(sa.select(Present.member_id).where(Present.meeting_id == meeting.id))}


def seats_of(meeting: Meeting) -> Sequence[Member]:
    """Who sat in the committee then."""
    return members(min(meeting.on, clock.today()))


def votes_in(meeting: Meeting) -> dict[int, dict[int, str]]:
    """Item → member → vote."""
    query = sa.select(Vote.item_id, Vote.member_id, Vote.vote)
    found: dict[int, dict[int, str]] = {}
    for one, member, vote in session.execute(query.where(Vote.meeting_id == meeting.id)):
        found.setdefault(one, {})[member] = vote
    return found


def resolutions_in(meeting: Meeting) -> dict[int, Resolution]:
    """Item → what was decided on it."""
    query = sa.select(Resolution).join(Item, Item.id == Resolution.item_id)
    return {one.item_id: one for one in every(query.where(Item.meeting_id == meeting.id))}


def item_of(payout: Payout) -> Item | None:
    """Where a payout is voted on now: its item of a meeting that has begun."""
    query = sa.select(Item).join(Meeting, Meeting.id == Item.meeting_id)
    return session.scalar(query.where(Item.payout_id == payout.id, Meeting.state == "held"))


def to_decide() -> Sequence[Payout]:
    """Payouts that wait for the committee and are on no agenda, the oldest first."""
    query = sa.select(Item.payout_id).join(Meeting, Meeting.id == Item.meeting_id)
    placed = query.where(_OPEN, Item.payout_id.is_not(None))
    waiting = sa.select(Payout).where(Payout.state == "asked", Payout.id.not_in(placed))
    return every(waiting.order_by(Payout.id))


def promised(but: Collection[int]) -> dict[str, Decimal]:
    """By purpose what was decided and has not left the fund, without the payouts ``but``."""
    waits = Payout.state.in_(("resolved", "checked", "sent"))
    query = sa.select(Purpose.code, sa.func.sum(Payout.amount)).join(Payout)
    query = query.where(waits, Payout.id.not_in(but)).group_by(Purpose.code)
    return dict(session.execute(query).tuples().all())


def own_parts(ids: Collection[int]) -> dict[int, Decimal]:
    """Of payouts that gave a gift back: how much of it was the gift's own money."""
    query = sa.select(Use.payout_id, sa.func.sum(Use.amount)).where(Use.back == Use.gift_id)
    return dict(session.execute(query.where(Use.payout_id.in_(ids)).group_by(Use.payout_id)).all())  # type: ignore[arg-type]


def to_vote(actor: Actor, today: date) -> tuple[Meeting, int] | None:
    """The next meeting of a member, and how many of its payouts wait for the own vote."""
    mine = sa.select(Member.id).where(
        Member.person_id == actor.person_id, Member.since <= today, Member.until.is_(None)
    )
    voted = sa.select(Vote.id).where(Vote.item_id == Item.id, Vote.member_id.in_(mine))
    query = sa.select(Meeting, sa.func.count(Item.id)).join(Item).join(Payout)
    query = query.where(_OPEN, Meeting.on >= today, Payout.state == "asked", ~voted.exists())
    found = session.execute(
        query.where(mine.exists()).group_by(Meeting.id).order_by(Meeting.on).limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def meeting_called(words: str) -> Condition:
    """A condition: a meeting by its code, its number, or its day."""
    number = int(words) if words.isdecimal() and len(words) < 10 else 0
    return sa.or_(Meeting.code == (read_code(words) or ""), Meeting.number == number,
                  Meeting.on == day_written(words))  # fmt: skip


def meeting_names(ids: Collection[int]) -> Mapping[int, Named]:
    """Meetings by their ids: number and day."""
    query = sa.select(Meeting).where(Meeting.id.in_(ids))
    return {one.id: (f"№ {one.number} · {one.on}", {"code": one.code}) for one in every(query)}

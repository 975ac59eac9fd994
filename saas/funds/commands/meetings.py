"""A meeting of the committee: called, its agenda, who is here, votes, closed. It comes locked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from typing import Any

import sqlalchemy as sa

from saas import casework
from saas.funds import queries, rules, words
from saas.funds.commands.gifts import next_number
from saas.funds.commands.payouts import Deed, act, carries, parts_of
from saas.funds.models import Item, Meeting, MeetingAct, Payout, Present, Vote
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.notices import commands as notices


def leads(actor: Actor) -> bool:
    """Whether ``actor`` calls meetings: the chair, and the office."""
    return "chair" in parts_of(actor)


def _ensure_leads(actor: Actor) -> None:
    if not leads(actor):
        raise Forbidden


def _store(made: Any) -> None:
    session.add(made)
    session.flush()


def call(*, on: date, hour: time | None = None, place: str = "", sample: bool = False,
         actor: Actor) -> Meeting:  # fmt: skip
    """Call a meeting; without an ``hour`` it votes in writing until that day. Members are told."""
    _ensure_leads(actor)
    if on < clock.today():
        raise Invalid({"on": [_l("This day is over.")]})
    if hour and not place.strip():
        raise Invalid({"place": [_l("Where does it meet?")]})
    meeting = Meeting(
        code=new_code(), number=next_number(Meeting, "meetings")["number"], on=on, hour=hour,
        place=place.strip() if hour else None, called_by=actor.person_id, state="planned", acts=0,
        sample=sample,
    )  # fmt: skip
    _store(meeting)
    _written(meeting, "call", "", actor)
    when = {"hour": f"{hour:%H:%M}", "place": meeting.place} if hour else {}
    _tell(meeting, words.MEET if hour else words.WRITE, **when)
    return meeting


def _tell(meeting: Meeting, kind: words.Kind, **facts: Any) -> None:
    if not casework.is_quiet():
        notices.notify(
            [one.person_id for one in queries.members(clock.today())], kind,
            path=f"/funds/committee/{meeting.code}", about=f"meeting:{meeting.id}",
            day=meeting.on.isoformat(), **facts,
        )  # fmt: skip


def put_on(meeting: Meeting, *, payout: str = "", subject: str = "", actor: Actor) -> Item:
    """One more item, the last of the agenda: a payout that waits, by its code, or a subject."""
    _ensure_open(meeting, actor)
    waits = next((one for one in queries.to_decide() if one.code == payout), None)
    if payout and waits is None:
        raise Conflict(_l("It does not wait for the committee, or is on an agenda already."))
    if not payout and not subject.strip():
        raise Invalid({"subject": [_l("Choose what waits, or write a subject.")]})
    last = max((one.number for one, _payout in queries.items_of(meeting)), default=0)
    made = Item(meeting_id=meeting.id, number=last + 1, payout_id=waits.id if waits else None,
                subject=None if waits else subject.strip())  # fmt: skip
    _store(made)
    audit.record("funds.put_on", "meeting", meeting.id, actor=actor)
    return made


def take_off(item: Item, meeting: Meeting, *, actor: Actor) -> None:
    """An item comes off the agenda, as long as the meeting has not begun."""
    _ensure_open(meeting, actor)
    session.delete(item)
    session.flush()
    audit.record("funds.take_off", "meeting", meeting.id, actor=actor)


def _ensure_open(meeting: Meeting, actor: Actor) -> None:
    _ensure_leads(actor)
    if meeting.state != "planned":
        raise Conflict(_l("The meeting has begun: its agenda stays as it is."))


def attend(meeting: Meeting, *, members: Collection[int], here: bool, actor: Actor) -> None:
    """The chair writes down who is here, and who is not after all; who voted was here."""
    _ensure_leads(actor)
    if meeting.state not in {"planned", "held"} or meeting.hour is None:
        raise Conflict(casework.NOT_NOW)
    if not {*members} <= {one.id for one in queries.members(clock.today())}:
        raise NotFound
    if here:
        session.add_all(Present(meeting_id=meeting.id, member_id=one, at=clock.now())
                        for one in {*members} - queries.present(meeting))  # fmt: skip
    else:
        if any({*members} & votes.keys() for votes in queries.votes_in(meeting).values()):
            raise Conflict(_l("Who has voted was here."))
        session.execute(sa.delete(Present).where(
            Present.meeting_id == meeting.id, Present.member_id.in_(members)))  # fmt: skip
    session.flush()
    audit.record("funds.attend", "meeting", meeting.id, actor=actor)


def vote(item: Item, meeting: Meeting, *, vote: str, actor: Actor) -> None:
    """A member who is here votes, once. Who has to do with who is paid is ``recused``; who leads or
    is who is paid can do nothing else.
    """
    seats = queries.members(clock.today())
    member = next((one for one in seats if one.person_id == actor.person_id), None)
    payout = session.get(Payout, item.payout_id or 0)
    if member is None or payout is None:
        raise NotFound
    if meeting.state != "held" or payout.state != "asked":
        raise Conflict(casework.NOT_NOW)
    if vote not in rules.VOTES:
        raise Invalid({"vote": [_l("Choose how you vote, or step aside.")]})
    if member.id in queries.votes_in(meeting).get(item.id, {}):
        raise Conflict(_l("You have voted on this already; a vote is not changed."))
    if vote != "recused" and member in queries.tied(seats, payout):
        raise Invalid({"vote": [_l("You lead or are who is paid: you can only step aside.")]})
    _ensure_here(meeting, member.id)
    _store(Vote(payout_id=payout.id, item_id=item.id, meeting_id=meeting.id, member_id=member.id,
                at=clock.now(), vote=vote))  # fmt: skip
    audit.record("funds.vote", "payout", payout.id, actor=actor)


def _ensure_here(meeting: Meeting, member: int) -> None:
    """In writing everybody is, until its last day."""
    if member in queries.present(meeting):
        return
    if meeting.hour is not None:
        raise Conflict(_l("The chair has not written down that you are here."))
    if meeting.on < clock.today():
        raise Conflict(_l("Its last day is over."))
    _store(Present(meeting_id=meeting.id, member_id=member, at=clock.now()))


def resolve(item: Item, meeting: Meeting, *, actor: Actor) -> None:
    """The votes carry it: the resolution gets its number."""
    if item.payout_id is None:
        raise NotFound
    query = sa.select(Payout).where(Payout.id == item.payout_id).with_for_update()
    act(session.scalars(query).one(), Deed(verb="resolve"), actor=actor)


def minute(item: Item, meeting: Meeting, *, said: str, actor: Actor) -> None:
    """What came out of a subject, for the minutes; while the meeting goes on."""
    _ensure_leads(actor)
    if meeting.state != "held" or item.subject is None:
        raise Conflict(casework.NOT_NOW)
    item.said = said.strip() or None
    session.flush()
    audit.record("funds.minute", "meeting", meeting.id, actor=actor)


def act_on(meeting: Meeting, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Begin it, close it, call it off. Raises `Conflict`, `Forbidden`, `Invalid` by field."""
    casework.ensure_seen(meeting, seen, lambda: casework.overtaken(
        words.MEETING_VERBS[queries.meeting_acts(meeting)[-1].verb].done, None))  # fmt: skip
    cell = casework.allowed(
        rules.MEETING, meeting.state, deed.verb, bars=meeting_bars(meeting), parts=parts_of(actor),
        words=words.OBSTACLE,
    )  # fmt: skip
    if missing := casework.not_given(deed, cell.asks, words.MISSING):
        raise Invalid(missing)
    meeting.state = cell.after
    _written(meeting, deed.verb, deed.reason, actor)
    if deed.verb == "call_off":
        _tell(meeting, words.OFF)


def meeting_bars(meeting: Meeting) -> frozenset[str]:
    """What stands in the way of acts on a meeting now."""
    items, today, found = queries.items_of(meeting), clock.today(), set()
    if not items:
        found.add("empty")
    if today > meeting.on or (meeting.hour and today < meeting.on):
        found.add("other_day")
    if meeting.state == "held":
        votes, seats = queries.votes_in(meeting), len(queries.members(today))
        open_now = [votes.get(item.id, {}) for item, payout in items
                    if payout and payout.state == "asked"]  # fmt: skip
        if any(not carries(one) for one in open_now):
            found.add("unwritten")
        if (
            meeting.hour is None
            and today <= meeting.on
            and any(len(one) < seats for one in open_now)
        ):
            found.add("still_voting")
    return frozenset(found)


def _written(meeting: Meeting, verb: str, reason: str, actor: Actor) -> None:
    casework.append(meeting, MeetingAct(meeting_id=meeting.id), verb, reason, actor=actor)
    session.flush()
    audit.record(f"funds.{verb}", "meeting", meeting.id, actor=actor)

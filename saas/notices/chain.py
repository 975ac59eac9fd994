"""Which way leads to somebody, and which comes next where one does not get through.

A message of the official account, where its reader allowed one; else an SMS; else the mail that its
reader asked for; else somebody calls. Nothing is tried twice: a way that was given up leads on to
the next one that nothing has gone by yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.accounts import queries as people
from saas.accounts.queries import Person
from saas.kernel import clock
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.notices import queries, rules, words
from saas.notices.models import Allowance, CallTask, Delivery, Notice
from saas.workdays.queries import working_time


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody is to hear: see `commands.notify` for what its parts mean."""

    kind: words.Kind
    path: str
    about: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    calls_id: int | None = None


def begin(matter: Matter, told: Mapping[int, int], mailed: set[int]) -> list[int]:
    """Send ``told`` (person id → notice id) on their first way; ids of the deliveries to carry.

    ``mailed`` are those whom a mail goes to anyway.
    """
    live, ids = queries.live_channels(), sorted(told)
    phones = _mobiles(ids) if "sms" in live else set()
    asked = _granted(ids, matter.kind.name) if "account" in live else set()
    rows, uncalled = [], []
    for person_id in ids:
        way = "account" if person_id in asked else "sms" if person_id in phones else None
        if way:
            rows.append(_row(way, matter, person_id=person_id, notice_id=told[person_id]))
        elif person_id not in mailed:
            uncalled.append(person_id)
    for person_id in uncalled:
        ask_call(matter, why="no_way", person_id=person_id)
    return _stored(rows)


def begin_number(matter: Matter, phone: str, name: str | None) -> list[int]:
    """The same for somebody of whom there is a telephone number and no account."""
    if "sms" in queries.live_channels() and rules.is_mobile(phone):
        payload = {"facts": dict(matter.facts), "path": matter.path, "name": name or ""}
        return _stored([_row("sms", matter, phone=phone, payload=payload)])
    ask_call(matter, why="no_way", phone=phone, name=name)
    return []


def test(channel: str, person_id: int) -> list[int]:
    """A test to one person by one channel; nothing where no way leads there."""
    known = _mobiles([person_id]) if channel == "sms" else _granted([person_id], words.TEST.name)
    if person_id not in known:
        return []
    return _stored([_row(channel, Matter(words.TEST, "/inbox", "", {}), person_id=person_id)])


def _mobiles(ids: Sequence[int]) -> set[int]:
    query = sa.select(Person.id, Person.phone).where(Person.id.in_(ids), Person.phone.is_not(None))
    return {person for person, phone in session.execute(query) if rules.is_mobile(phone or "")}


def _granted(ids: Sequence[int], kind: str) -> set[int]:
    """Who ever allowed a message of this kind; whether any is left shows when its turn comes."""
    query = sa.select(Allowance.person_id)
    return set(
        session.scalars(query.where(Allowance.person_id.in_(ids), Allowance.template == kind))
    )


def _row(channel: str, matter: Matter, **reader: Any) -> dict[str, Any]:
    now = clock.now()
    blank = {"person_id": None, "notice_id": None, "phone": None, "payload": None}
    return {
        "key": new_token(),
        "channel": channel,
        "event": matter.kind.name,
        "about": matter.about,
        "calls_id": matter.calls_id,
        "state": "waiting",
        "next_try_at": now,
        "at": now,
        **blank,
        **reader,
    }


def _stored(rows: Sequence[dict[str, Any]]) -> list[int]:
    if not rows:
        return []
    session.flush()
    return list(session.scalars(sa.insert(Delivery).returning(Delivery.id), rows))


def ask_call(
    matter: Matter,
    *,
    why: str,
    person_id: int | None = None,
    phone: str | None = None,
    name: str | None = None,
) -> None:
    """Have somebody called about it, by the people of its unit, within `rules.CALL_HOURS` working
    hours; one call at a time about a thing and a kind. Without a unit nobody is.
    """
    if matter.calls_id is None or not matter.about:
        return
    now = clock.now()
    row = insert(CallTask).values(
        kind=matter.kind.name,
        facts=dict(matter.facts),
        path=matter.path,
        about=matter.about,
        why=why,
        person_id=person_id,
        phone=phone,
        name=name or None,
        unit_id=matter.calls_id,
        due_at=working_time().add(now, rules.CALL_HOURS * 60),
        at=now,
    )
    session.execute(row.on_conflict_do_nothing())


def go_on(delivery_id: int, *, since: datetime) -> list[int]:
    """The next way after a delivery that ended ``since`` then without getting through; ids of what
    is to be carried.
    """
    gone = session.get(Delivery, delivery_id)
    if gone is None or gone.done_at is None or gone.done_at < since:
        return []
    kind = words.kind_of(gone.event)
    leads = kind.short and gone.about and rules.leads_on(gone.state, gone.fault)
    if not leads or _goes_otherwise(gone):
        return []
    matter = _matter_of(gone, kind)
    by_sms = gone.channel == "account" and "sms" in queries.live_channels()
    if by_sms and gone.person_id in _mobiles([gone.person_id or 0]):
        return _stored([_row("sms", matter, person_id=gone.person_id, notice_id=gone.notice_id)])
    name = (gone.payload or {}).get("name")
    ask_call(matter, why=gone.fault or "", person_id=gone.person_id, phone=gone.phone, name=name)
    return []


def _matter_of(gone: Delivery, kind: words.Kind) -> Matter:
    if gone.notice_id:
        notice = session.get_one(Notice, gone.notice_id)
        return Matter(kind, notice.path, notice.about, notice.facts, notice.calls_id)
    kept = gone.payload or {}
    return Matter(kind, kept.get("path", "/"), gone.about, kept.get("facts", {}), gone.calls_id)


def _goes_otherwise(gone: Delivery) -> bool:
    """Whether the same notice is on its way, or has arrived, by something else."""
    if gone.notice_id is None:
        return False
    query = sa.select(Delivery.id).where(
        Delivery.notice_id == gone.notice_id,
        Delivery.id != gone.id,
        Delivery.state.in_([*rules.OPEN, *queries.arrived_states()]),
    )
    return session.scalar(query.limit(1)) is not None


def phone_of(call: CallTask) -> str | None:
    """The number to call, if any is known."""
    if call.phone or call.person_id is None:
        return call.phone
    person = people.find_person(call.person_id)
    return person.phone if person else None


def close_calls(about: Sequence[str], kinds: Sequence[str] = (), *, now: datetime) -> None:
    """Nobody needs to be called about these things any more."""
    asked = [CallTask.about.in_(about), CallTask.state == "open"]
    if kinds:
        asked.append(CallTask.kind.in_(kinds))
    session.execute(
        sa.update(CallTask)
        .where(*asked)
        .values(state="dropped", done_at=now)
        .execution_options(synchronize_session="fetch")
    )

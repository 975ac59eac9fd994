"""Taking over what happened before: past sessions as they were written down, in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from saas.activities.models import Activity, Session, SessionAct
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.rooms.queries import Room
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A session that is over, in a ``room`` or at an ``address``. ``code`` is kept, so that what
    belongs to it finds it again.
    """

    code: str
    activity: str
    start: datetime
    end: datetime
    room: Room | None = None
    address: Label | None = None
    places: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastKind:
    """An activity that is over, known by ``code``; one that is there already stays as it is."""

    code: str
    title: Label
    kind: str
    tag: str | None


def take_over(
    street: Unit, activities: Iterable[PastKind], sessions: Sequence[Past], *, sample: bool = False,
    actor: Actor,
) -> int:  # fmt: skip
    """Store them as closed, in four statements however many there are; returns how many sessions.

    No room was booked for them here: the room they were in is known, and its place in words.
    """
    ids = _activities(street, activities, sample)
    if not sessions:
        return 0
    rows = [_row(street, one, ids[one.activity], sample) for one in sessions]
    made = session.scalars(sa.insert(Session).returning(Session.id), rows).all()
    now = clock.now()
    acts = [
        {"session_id": key, "number": 1, "verb": "take_over", "state": "closed", "at": now,
         "actor_kind": actor.kind, "actor_id": actor.person_id}
        for key in made
    ]  # fmt: skip
    session.execute(sa.insert(SessionAct), acts)
    audit.record("activities.take_over", "activity", None, actor=actor, unit_path=street.path,
                 number=len(made))  # fmt: skip
    return len(made)


def _activities(street: Unit, found: Iterable[PastKind], sample: bool) -> Mapping[str, int]:
    every = {one.code: one for one in found}
    query = sa.select(Activity.code, Activity.id).where(Activity.code.in_(every))
    ids = {code: key for code, key in session.execute(query)}
    rows = [
        {"code": one.code, "unit_id": street.id, "title": one.title, "kind": one.kind,
         "tag": one.tag, "sample": sample}
        for one in every.values() if one.code not in ids
    ]  # fmt: skip
    if rows:
        made = session.execute(sa.insert(Activity).returning(Activity.code, Activity.id), rows)
        ids |= {code: key for code, key in made}
    return ids


def _row(street: Unit, one: Past, activity_id: int, sample: bool) -> dict[str, Any]:
    return {
        "code": one.code, "activity_id": activity_id, "unit_id": street.id, "acts": 1,
        "state": "closed", "room_id": one.room.id if one.room else None,
        "address": one.room.name if one.room else one.address,
        "during": Range(one.start, one.end, bounds="[)"), "capacity": one.places,
        "closes_at": one.start, "cancel_until": one.start, "sample": sample,
    }  # fmt: skip

"""What feeds hold, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from saas.activities import queries as activities
from saas.activities.queries import Scene, Session, SignUp
from saas.feeds.models import Feed
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import token_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.rooms.queries import Room
from saas.territory.queries import Unit

#: What is over stays so long in a calendar, what was cancelled too: one that is looked at rarely
#: hears of it all the same.
KEPT: Final = timedelta(days=90)
AHEAD: Final = timedelta(days=366)
MOST: Final = 500
_Own = tuple[SignUp, Scene]


def on(street: Unit, room: Room | None, kind: str) -> list[Scene]:
    """What everybody may see of a street; of one room or one kind where these are given."""
    now = clock.now()
    found = activities.on_show(now - KEPT, now + AHEAD) & (Session.unit_id == street.id)
    if room is not None:
        found &= Session.room_id == room.id
    if kind:
        kinds = sa.select(activities.Activity.id).where(activities.Activity.kind == kind)
        found &= Session.activity_id.in_(kinds)
    return activities.scenes(activities.rows_of(found, MOST))


def of_person(person_id: int) -> list[_Own]:
    """What somebody signed up for, with every date of a course. What they left is there until it is
    forgotten, so that it goes out of the calendar too.
    """
    now = clock.now()
    pool = sa.func.coalesce(Session.head_id, Session.id)
    query = (
        sa.select(SignUp, Session)
        .join(Session, pool == SignUp.session_id)
        .where(SignUp.person_id == person_id)
        .where(Session.starts_at > now - KEPT, Session.starts_at < now + AHEAD)
        .order_by(SignUp.id.desc(), Session.starts_at)
    )
    latest: dict[int, tuple[SignUp, Session]] = {}
    for signup, one in session.execute(query.limit(MOST)):
        latest.setdefault(one.id, (signup, one))  # who left and came back is there
    placed = {
        scene.session.id: scene for scene in activities.scenes([s for _, s in latest.values()])
    }
    return [(signup, placed[key]) for key, (signup, _) in sorted(latest.items())]


def own(actor: Actor) -> Feed | None:
    """The feed of the actor that is good."""
    query = sa.select(Feed).where(Feed.person_id == actor.person_id, Feed.revoked_at.is_(None))
    return session.scalar(query) if actor.person_id else None


def access_feed(token: str) -> Feed:
    """A feed by its address, else `NotFound`; what was taken back is as if it had never been."""
    query = sa.select(Feed).where(Feed.token_hash == token_hash(token), Feed.revoked_at.is_(None))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def kinds() -> Sequence[activities.Term]:
    """Kinds of activities in use."""
    return [one for one in activities.terms("kind") if one.retired_at is None]

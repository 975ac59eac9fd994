"""Making and taking back the address of one's own calendar."""

from __future__ import annotations

from datetime import timedelta

from saas.feeds import queries
from saas.feeds.models import Feed
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token, token_hash
from saas.kernel.db import session
from saas.kernel.errors import SignInNeeded
from saas.kernel.unit_of_work import unit_of_work

#: So rarely is it noted that a calendar looked: by the day is enough to see whether it is in use.
_NOTED = timedelta(days=1)


def make(*, actor: Actor) -> str:
    """Another address for the actor's sign-ups; the one before is good no more. Returns its text,
    which is shown once.
    """
    if actor.person_id is None:
        raise SignInNeeded
    take_back(actor=actor)
    token = new_token()
    made = Feed(person_id=actor.person_id, token_hash=token_hash(token), made_at=clock.now())
    session.add(made)
    session.flush()
    audit.record("feeds.make", "calendar_feed", made.id, actor=actor)
    return token


def take_back(*, actor: Actor) -> bool:
    """The address is good no more; whether there was one."""
    feed = queries.own(actor)
    if feed is None:
        return False
    feed.revoked_at = clock.now()
    session.flush()
    audit.record("feeds.take_back", "calendar_feed", feed.id, actor=actor)
    return True


def note_read(feed: Feed) -> None:
    """That a calendar looked, whatever becomes of the page."""
    now = clock.now()
    if feed.last_read_at is None or feed.last_read_at < now - _NOTED:
        with unit_of_work():
            session.get_one(Feed, feed.id).last_read_at = now

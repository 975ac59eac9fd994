"""What the clock does: sessions begin, offers that nobody answered go on to the next."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from saas import casework
from saas.activities import queries, rules, words
from saas.activities.commands import acting, seating
from saas.activities.commands.acting import JOB, Deed
from saas.activities.events import session_near
from saas.activities.models import Session, SignUp
from saas.casework import CLOCK
from saas.kernel import clock
from saas.kernel.db import session

_log = logging.getLogger(__name__)
BATCH: Final = 100


def ring(limit: int = BATCH) -> int:
    """Do what is due; returns how much. Sessions first: who is not served then waits no more."""
    begun = casework.due(Session, limit)
    for one in begun:
        _begin(one)
    ids = casework.due_ids(SignUp, limit)
    return len(begun) + sum(_expire(key) for key in ids)


def ring_for(session_id: int) -> bool:
    """One session alone; False if it is not due."""
    one = casework.lock_due(Session, session_id)
    if one is not None:
        _begin(one)
    return one is not None


def _begin(one: Session) -> None:
    if one.state == "published":
        acting.act(queries.scene_of(one), Deed(verb="begin"), actor=CLOCK)
    else:
        one.next_at = None


def _expire(signup_id: int) -> bool:
    """An offer is over: what it held goes on. The session is locked first, as everywhere."""
    signup = session.get_one(SignUp, signup_id)
    one = queries.lock_session(signup.session_id)
    session.refresh(signup, with_for_update=True)
    if signup.next_at is None or signup.next_at > clock.now():
        return False
    if signup.state == "offered":
        seating.move(signup, "expire", queries.scene_of(one), CLOCK)
        seating.promote(one)
    else:
        signup.next_at = None
    return True


def look_at_queues() -> int:
    """Serve those who wait at sessions that have places; returns how many were."""
    return sum(seating.promote(queries.lock_session(key), fills=True)
               for key in queries.with_a_queue())  # fmt: skip


def remind(limit: int = BATCH) -> int:
    """Remind those who have places of what begins soon, each begin once; returns of how many
    sessions. Who signed up since it is near knows, and so does who was told of another time.
    """
    found = queries.to_remind(limit)
    for one, hours in found:
        scene, since = queries.scene_of(one), one.start - timedelta(hours=hours)
        one.reminded_for = one.start
        session_near.send(one.id, since=since)
        if casework.is_quiet():
            continue
        for signup in queries.living(one.pool_id, states=("confirmed",)):
            if signup.at < since:
                seating.tell_owner(signup, words.REMINDER, scene, CLOCK)
    session.flush()
    return len(found)


def repair() -> None:
    """Set the alarms of the coming day and a half anew; say where places and parties differ."""
    if casework.slipped(Session, Session.id) or casework.slipped(SignUp, SignUp.id):
        casework.set_alarm(JOB, clock.now())
    casework.set_alarms_ahead(JOB, Session.next_at, SignUp.next_at)
    for moment in queries.reminders_ahead():
        casework.set_alarm(JOB, moment)
    if wrong := queries.mismatched():
        _log.error("sign-ups without exactly the places of their party: %s", len(wrong))


def forget_guests() -> int:
    """Take names and numbers out of what is long over; that somebody came stays. How many."""
    over = sa.select(Session.id).where(
        sa.func.upper(Session.during) < clock.now() - rules.GUESTS_KEPT
    )
    known = sa.or_(SignUp.guest_name.is_not(None), SignUp.guest_hash.is_not(None))
    gone = sa.update(SignUp).where(SignUp.session_id.in_(over), known)
    done = session.execute(
        gone.values(guest_name=None, guest_phone=None, guest_hash=None).returning(SignUp.id)
    )
    return len(done.all())

"""Acting on a session: allowed? → given what it asks? → moved, with its room and its seats →
numbered act → audit, fact, notices, the next alarm. All in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import Range

from saas import casework
from saas.activities import permissions, queries, rules, words
from saas.activities.commands import seating
from saas.activities.commands.seating import JOB, tell_owner
from saas.activities.events import session_moved
from saas.activities.models import Session, SessionAct
from saas.activities.queries import Scene
from saas.bookings import commands as bookings
from saas.bookings import queries as booking_queries
from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb with its words; ``places`` for another number of them."""

    verb: str
    reason: str = ""
    places: int | None = None


def act(scene: Scene, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Do ``deed`` to a session, which comes locked from its door.

    Raises `Conflict`, `Forbidden`, or `Invalid` by field.
    """
    one = scene.session
    cell = allowed(scene, deed.verb, seen=seen, actor=actor)
    if missing := casework.not_given(deed, cell.asks, words.MISSING):
        raise Invalid(missing)
    if deed.verb == "close":
        casework.ensure_another(actor, one.held_by)
        one.closed_by = actor.person_id
    if deed.verb == "hold":
        one.held_by = actor.person_id
    one.state = cell.after
    if deed.verb == "publish":
        seating.set_places(one, one.capacity or 0)
    if deed.verb == "resize":
        _resize(one, deed.places)
    if deed.verb == "begin":
        _begin(one)
    if deed.verb == "cancel":
        one.cause = deed.reason.strip()[:200] or None
    written(scene, deed, cell.clock, actor)
    if deed.verb == "cancel":
        _call_off(scene, deed, actor)


def publish_all(dates: Iterable[Session], *, actor: Actor) -> int:
    """Publish every draft to come that has its place; returns how many."""
    done = 0
    for one in dates:
        if one.state == "draft" and one.end > clock.now() and queries.is_placed(one):
            act(queries.scene_of(queries.lock_session(one.id)), Deed(verb="publish"), actor=actor)
            done += 1
    return done


def allowed(
    scene: Scene, verb: str, *, seen: int | None = None, actor: Actor
) -> casework.Cell:  # fmt: skip
    """The cell by which ``actor`` does this now, else `Conflict` or `Forbidden`."""
    one = scene.session
    casework.ensure_seen(one, seen, lambda: _happened(one))
    people = queries.people_of(scene.activity)
    return casework.allowed(
        rules.SESSION, one.state, verb, words=words.OBSTACLE, bars=bars_of(one),
        parts=permissions.session_parts(actor, scene, people),
    )  # fmt: skip


def bars_of(one: Session) -> frozenset[str]:
    """What stands in the way of acts on it now."""
    return rules.session_bars(
        clock.now(), (one.start, one.end), placed=queries.is_placed(one),
        open_=one.capacity is None and not one.head_id, course=one.head_id is not None,
    )  # fmt: skip


def _happened(one: Session) -> object:
    last = queries.story_of(one)[-1]
    return casework.overtaken(words.SESSION_VERBS[last.verb].done, last.actor)


def _resize(one: Session, places: int | None) -> None:
    if places is None or not 1 <= places <= rules.MOST_SEATS:
        raise Invalid({"places": [_l("How many places?")]})
    seating.set_places(one, places)
    one.capacity = places
    seating.promote(one)


def _begin(one: Session) -> None:
    """Who still waits, waits no more; the room is not freed as if nobody came."""
    scene = queries.scene_of(one)
    for signup in queries.living(one.id, lock=True, states=("waiting", "offered")):
        verb = "lapse" if signup.state == "waiting" else "expire"
        seating.move(signup, verb, scene, SYSTEM)
    booking = booking_queries.by_id(one.booking_id) if one.booking_id else None
    if booking is not None and booking.state == "confirmed":
        deed = bookings.Deed(verb="start")
        try:
            with session.begin_nested():
                bookings.act(booking, deed, tells=False, actor=SYSTEM)
        except Conflict:  # its time to come is over: the clock frees it
            return


def _call_off(scene: Scene, deed: Deed, actor: Actor) -> None:
    """Nobody comes any more, and the room is free. Of a course only when no date is left."""
    one = scene.session
    pool = queries.pool_of(one)
    rest = [date for date in queries.course_of(pool) if date.state in ("draft", "published")]
    if not rest:
        for signup in queries.living(pool.id, lock=True):
            seating.move(signup, "call_off", scene, actor, reason=deed.reason)
    free_room(one.booking_id, deed.reason)


def free_room(booking_id: int | None, reason: str) -> None:
    """Give a room back that was booked for a session, unless that is over or gone already."""
    booking = booking_queries.by_id(booking_id) if booking_id else None
    if booking is None or booking.state not in ("asked", "confirmed"):
        return
    if booking.start > clock.now():
        deed = bookings.Deed(verb="cancel", reason=reason)
        bookings.act(booking, deed, tells=False, actor=SYSTEM)


def written(scene: Scene, deed: Deed, what: str, actor: Actor) -> None:
    """What every act leaves behind."""
    one = scene.session
    if what != "keep":
        one.next_at = one.start if what == "start" else None
    casework.append(one, SessionAct(session_id=one.id), deed.verb, deed.reason, actor=actor)
    audit.record(f"activities.{deed.verb}", "session", one.id, actor=actor,
                 unit_path=scene.street_path)  # fmt: skip
    session.flush()
    session_moved.send(one.id, verb=deed.verb, state=one.state)
    tell(scene, deed.verb, actor)
    if one.next_at:
        casework.set_alarm(JOB, one.next_at)
        if near := queries.near_at(one):
            casework.set_alarm(JOB, near)


def tell(scene: Scene, verb: str, actor: Actor) -> None:
    """Everybody who signed up, and other systems."""
    if casework.is_quiet():
        return
    row, one = words.SESSION_VERBS[verb], scene.session
    facts = seating.facts_of(scene)
    if kind := row.notices.get("signed"):
        for signup in queries.living(one.pool_id):
            tell_owner(signup, kind, scene, actor)
    if row.fact is not None:
        notices.announce(row.fact.name, {**facts, "when": one.start.isoformat(), "code": one.code,
                                         "verb": verb, "state": one.state,
                                         "number": one.acts})  # fmt: skip


def place_at(
    one: Session, start: datetime, end: datetime, *, closes: timedelta, leave: timedelta
) -> None:
    """Set when it is; so long before it nobody signs up or leaves alone any more."""
    one.during = Range(start, end, bounds="[)")
    one.closes_at, one.cancel_until = start - closes, start - leave


def show_numbers(scene: Scene, *, actor: Actor) -> None:
    """Somebody looks at the numbers of those who signed up, to ring them: it is written down."""
    audit.record("activities.show_numbers", "session", scene.session.id, actor=actor,
                 unit_path=scene.street_path)  # fmt: skip

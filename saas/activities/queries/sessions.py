"""Finding sessions and where they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from saas import casework
from saas.accounts import queries as people
from saas.activities import permissions, rules
from saas.activities.models import Activity, Session, SessionAct, Term
from saas.bookings import queries as bookings
from saas.bookings.queries import Booking
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms
from saas.rooms.queries import Room, Venue
from saas.territory import queries as territory
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True)
class Scene:
    """A session with its activity and where it is."""

    session: Session
    activity: Activity
    street: Unit
    room: Room | None = None
    venue: Venue | None = None

    @property
    def street_path(self) -> str:
        """Where it lies in the tree."""
        return self.street.path

    @property
    def keeper_id(self) -> int | None:
        """Who keeps the room."""
        return self.room.keeper_id if self.room else None

    @property
    def where(self) -> Label:
        """The place, in a few words."""
        if self.session.address or self.room is None:
            return self.session.address or self.street.name
        return self.room.name

    @property
    def way(self) -> Label:
        """How one gets there: floor and building of a room."""
        return self.room.place if self.room and self.room.place else {}


def scenes(found: Collection[Session]) -> list[Scene]:
    """Many sessions with where they are, in as many questions as for one."""
    if not found:
        return []
    activities = activities_by_id({one.activity_id for one in found})
    streets = territory.units_by_id({one.unit_id for one in found})
    placed = rooms.rooms_by_id({one.room_id for one in found if one.room_id})
    ids = {room.venue_id for room in placed.values() if room.venue_id}
    query = sa.select(Venue).where(Venue.id.in_(ids))
    venues = {v.id: v for v in session.scalars(query)} if ids else {}
    return [
        Scene(one, activities[one.activity_id], streets[one.unit_id], room,
              venues.get(room.venue_id or 0) if room else None)
        for one in found
        for room in [placed.get(one.room_id or 0)]
    ]  # fmt: skip


def scene_of(one: Session) -> Scene:
    """One session with where it is."""
    return scenes([one])[0]


def scene_by_id(session_id: int) -> Scene:
    """One session by its id."""
    return scene_of(session.get_one(Session, session_id))


def activities_by_id(ids: Collection[int]) -> dict[int, Activity]:
    """Activities by their ids."""
    query = sa.select(Activity).where(Activity.id.in_(ids))
    return {one.id: one for one in session.scalars(query)}


def terms(use: str) -> Sequence[Term]:
    """Kinds or tags, those out of use too, in their order."""
    query = sa.select(Term).where(Term.use == use).order_by(Term.position, Term.id)
    return session.scalars(query).all()


def every_term() -> Sequence[Term]:
    """Kinds and tags."""
    return session.scalars(sa.select(Term).order_by(Term.position, Term.id)).all()


def used_terms() -> dict[str, int]:
    """Codes of kinds and tags that activities have, and how many have each."""
    query: Any = sa.union_all(
        sa.select(Activity.kind, sa.func.count()).group_by(Activity.kind),
        sa.select(Activity.tag, sa.func.count()).where(Activity.tag.is_not(None))
        .group_by(Activity.tag),
    )  # fmt: skip
    return {code: number for code, number in session.execute(query)}


def offer_hours(activity: Activity) -> int:
    """So long an offer of places stands."""
    query = sa.select(Term.offer_hours).where(Term.code == activity.kind)
    return session.scalar(query) or rules.OFFER_HOURS


def _near() -> Any:
    """When a session, joined with the word of its kind, is near: then who comes is reminded."""
    return Session.starts_at - _hours() * sa.text("interval '1 hour'")


def _hours() -> sa.ColumnElement[int]:
    return sa.func.coalesce(Term.remind_hours, rules.REMIND_HOURS)


def _with_kind(query: sa.Select[Any]) -> sa.Select[Any]:
    query = query.select_from(Session).join(Activity, Activity.id == Session.activity_id)
    return query.outerjoin(Term, Term.code == Activity.kind)


def near_at(one: Session) -> datetime | None:
    """When who comes is reminded of a session; None for never."""
    query = _with_kind(sa.select(_near())).where(Session.id == one.id, _hours() > 0)
    found: datetime | None = session.scalar(query)
    return found


def to_remind(limit: int) -> list[tuple[Session, int]]:
    """What begins soon and nobody was reminded of, locked, with the hours before."""
    now = clock.now()
    query = _with_kind(sa.select(Session, _hours())).where(
        Session.state == "published", Session.starts_at > now, _near() <= now, _hours() > 0,
        Session.reminded_for.is_distinct_from(Session.starts_at),
    ).order_by(Session.starts_at).limit(limit)  # fmt: skip
    return [(one, hours) for one, hours in session.execute(
        query.with_for_update(of=Session, skip_locked=True)
        .execution_options(populate_existing=True))]  # fmt: skip


def reminders_ahead() -> Sequence[datetime]:
    """The minutes of the coming day and a half in which somebody is reminded."""
    now, minute = clock.now(), sa.func.date_trunc("minute", _near())
    query = _with_kind(sa.select(minute)).where(
        Session.state == "published", _hours() > 0,
        _near().between(now, now + timedelta(hours=36)),
    )  # fmt: skip
    return session.scalars(query.distinct()).all()


def people_of(activity: Activity) -> frozenset[int]:
    """Those of the organisation that does it."""
    return organisations.people_of(activity.organisation_id)


# Doors ------------------------------------------------------------------------------------------


def by_code(code: str) -> Session | None:
    """A session by its code."""
    return session.scalar(sa.select(Session).where(Session.code == code))


def by_codes(codes: Collection[str]) -> dict[str, Session]:
    """Sessions by their codes, many at once."""
    query = sa.select(Session).where(Session.code.in_(codes))
    return {one.code: one for one in session.scalars(query)}


def public_session(code: str, *, actor: Actor) -> Scene:
    """A session that was published, for everybody; a draft or one that is not public for those who
    make it, else `NotFound`.
    """
    found = by_code(code)
    if found is None:
        raise NotFound
    scene = scene_of(found)
    if found.state == "draft" or not scene.activity.public:
        ensure_makes(scene, actor)
    return scene


def ensure_makes(scene: Scene, actor: Actor) -> None:
    """Raise `NotFound` for who does not work there."""
    if not permissions.session_parts(actor, scene, people_of(scene.activity)):
        raise NotFound


def access_session(code: str, *, actor: Actor, lock: bool = False) -> Scene:
    """A session for those who make it, else `NotFound`. To change it, the room is locked first, as
    bookings do, then the first date of its course, then itself: nobody signs up meanwhile.
    """
    found = by_code(code)
    if found is None:
        raise NotFound
    scene = scene_of(found)
    ensure_makes(scene, actor)
    if lock and found.room_id:
        rooms.lock_rooms([found.room_id])
    for key in dict.fromkeys((found.pool_id, found.id)) if lock else ():
        lock_session(key)
    return scene


def lock_session(session_id: int) -> Session:
    """A session that nobody else changes and nobody signs up for until this is stored: whoever was
    signing up has come to an end.
    """
    query = sa.select(Session).where(Session.id == session_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def hold_open(session_id: int) -> Session:
    """A session that stays as it is until this is stored; others may sign up at the same time."""
    query = sa.select(Session).where(Session.id == session_id)
    query = query.with_for_update(read=True, key_share=True)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def pool_of(one: Session) -> Session:
    """Where its seats and sign-ups are."""
    return session.get_one(Session, one.head_id) if one.head_id else one


def dates_of(one: Session) -> Sequence[Session]:
    """Every date of its activity, in order."""
    query = sa.select(Session).where(Session.activity_id == one.activity_id)
    return session.scalars(query.order_by(Session.starts_at, Session.id)).all()


def course_of(head: Session) -> Sequence[Session]:
    """The dates of a course whose first is ``head``, that one too."""
    query = sa.select(Session).where(sa.or_(Session.id == head.id, Session.head_id == head.id))
    return session.scalars(query.order_by(Session.starts_at, Session.id)).all()


def activity_filed(submission: str) -> Activity | None:
    """What the form with this key has made already."""
    return session.scalar(sa.select(Activity).where(Activity.submission == submission))


def booked_for(booking_id: int) -> Session | None:
    """The session for which a room was booked."""
    return session.scalar(sa.select(Session).where(Session.booking_id == booking_id))


def is_placed(one: Session) -> bool:
    """Whether there is a place for it: an address, or a room that is really booked."""
    if one.booking_id is None:
        return True
    return bookings.is_had(one.booking_id)


@dataclass(frozen=True, slots=True)
class StoryAct:
    """An act with the name of who did it."""

    verb: str
    at: datetime
    actor: str | None
    reason: str | None


def story(model: Any, column: Any, key: int) -> list[StoryAct]:
    """The acts on one thing in order."""
    query = sa.select(model).where(column == key).order_by(model.number)
    found = session.scalars(query).all()
    names = people.names_of([act.actor_id for act in found if act.actor_id])
    return [StoryAct(a.verb, a.at, names.get(a.actor_id or 0), a.reason) for a in found]


def last_acts(ids: Collection[int]) -> dict[int, datetime]:
    """When something last happened to each of these sessions."""
    query = sa.select(SessionAct.session_id, sa.func.max(SessionAct.at))
    query = query.where(SessionAct.session_id.in_(ids)).group_by(SessionAct.session_id)
    return {key: at for key, at in session.execute(query)}


def story_of(one: Session) -> list[StoryAct]:
    """What happened to a session."""
    return story(SessionAct, SessionAct.session_id, one.id)


def dates_of_activity(activity: Activity) -> Sequence[Session]:
    """Every date of an activity, in order."""
    query = sa.select(Session).where(Session.activity_id == activity.id)
    return session.scalars(query.order_by(Session.starts_at, Session.id)).all()


def access_activity(code: str, *, actor: Actor) -> Activity:
    """An activity for those who make it, else `NotFound`."""
    found = session.scalar(sa.select(Activity).where(Activity.code == code))
    dates = dates_of_activity(found) if found else ()
    if found is None or not dates:
        raise NotFound
    ensure_makes(scene_of(dates[0]), actor)
    return found


def street_of(activity: Activity) -> Unit:
    """The street that answers for it."""
    return session.get_one(Unit, activity.unit_id)


def in_series(booking: Booking) -> Session | None:
    """A session in the series of a booking."""
    if booking.series_id is None:
        return None
    ids = [one.id for one in bookings.dates_of(booking)]
    query = sa.select(Session).where(Session.booking_id.in_(ids))
    return session.scalars(query.order_by(Session.id)).first()


def due_ids() -> Sequence[int]:
    """Sessions at which the clock looks now."""
    return casework.due_ids(Session, 100)

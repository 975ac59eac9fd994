"""Finding bookings again: by their code, of a series, of a person, of a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.bookings import permissions, rules
from saas.bookings.models import Act, Booking, Series
from saas.bookings.queries.places import Place, place_of
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import keyed_hash, lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms
from saas.territory import queries as territory
from saas.territory.queries import Unit


def people_of(booking: Booking) -> frozenset[int]:
    """Whose it is: its person, and the people of its organisation."""
    own = {booking.person_id} if booking.person_id else set()
    return frozenset(own) | organisations.people_of(booking.organisation_id)


def by_code(code: str) -> Booking | None:
    """A booking by its code, as it stands in an address."""
    return session.scalar(sa.select(Booking).where(Booking.code == code))


def by_id(booking_id: int) -> Booking | None:
    """A booking by its id, for what it was made for."""
    return session.get(Booking, booking_id)


def is_had(booking_id: int) -> bool:
    """Whether the room is really that booking's."""
    found = by_id(booking_id)
    return found is not None and found.state in rules.HELD


def by_ids(ids: Collection[int]) -> dict[int, Booking]:
    """Bookings by their ids."""
    query = sa.select(Booking).where(Booking.id.in_(ids))
    return {one.id: one for one in session.scalars(query)} if ids else {}


def find_by_slip(text: str) -> Booking | None:
    """A booking by the code on its slip, however it was typed."""
    code = read_code(text)
    return by_code(code) if code else None


def access_booking(code: str, *, actor: Actor, lock: bool = False) -> Booking:
    """A booking for its owner and for who works there, else `NotFound`. To change it, the room is
    locked first and the booking after it, as whoever closes a room does.
    """
    found = by_code(code)
    if found is None or not can_see(found, place_of(found), actor):
        raise NotFound
    if lock:
        rooms.lock_rooms([found.room_id])
        session.refresh(found, with_for_update=True)
    return found


def can_see(booking: Booking, place: Place, actor: Actor) -> bool:
    """Whether a booking is anything to ``actor``."""
    people_ = people_of(booking) if actor.person_id else frozenset()
    return permissions.is_owner(actor, booking, people_) or permissions.handles(actor, place)


def find_submission(submission: str) -> Booking | None:
    """What the form with this key has made already."""
    return session.scalar(sa.select(Booking).where(Booking.submission == submission))


def series_of(booking: Booking) -> Series | None:
    """The series that it belongs to."""
    return session.get(Series, booking.series_id) if booking.series_id else None


def dates_of(booking: Booking) -> Sequence[Booking]:
    """Every date of its series in order, also those that were not had; itself where it is alone."""
    if booking.series_id is None:
        return [booking]
    query = sa.select(Booking).where(Booking.series_id == booking.series_id)
    return session.scalars(query.order_by(Booking.starts_at, Booking.id)).all()


def lock_dates(booking: Booking) -> Sequence[Booking]:
    """The same, locked after their room."""
    rooms.lock_rooms([booking.room_id])
    query = sa.select(Booking).where(Booking.series_id == booking.series_id)
    return session.scalars(query.order_by(Booking.starts_at, Booking.id).with_for_update()).all()


@dataclass(frozen=True, slots=True)
class StoryAct:
    """An act with the name of who did it."""

    verb: str
    at: datetime
    actor: str | None
    reason: str | None


def story_of(booking: Booking) -> list[StoryAct]:
    """Its acts in order."""
    query = sa.select(Act).where(Act.booking_id == booking.id).order_by(Act.number)
    found = session.scalars(query).all()
    names = people.names_of([act.actor_id for act in found if act.actor_id])
    return [
        StoryAct(act.verb, act.at, names.get(act.actor_id or 0), act.reason) for act in found
    ]  # fmt: skip


def own_bookings(actor: Actor) -> Sequence[Booking]:
    """What is the actor's, of the past half year and to come, the latest first."""
    groups = [group.id for group in organisations.own_groups(actor)]
    mine: sa.ColumnElement[bool] = Booking.code.in_(actor.slips)
    if actor.person_id:
        mine = sa.or_(Booking.person_id == actor.person_id, Booking.organisation_id.in_(groups))
    since = clock.now() - timedelta(days=183)
    query = sa.select(Booking).where(mine, Booking.starts_at > since)
    return session.scalars(query.order_by(Booking.starts_at.desc(), Booking.id).limit(200)).all()


def earlier_of(phone: str, *, actor: Actor) -> Sequence[Booking]:
    """What a guest with this number has booked in the actor's reach, the newest first."""
    query = sa.select(Booking).where(Booking.guest_hash == lookup_hash(phone), reached(actor))
    return session.scalars(query.order_by(Booking.id.desc()).limit(6)).all()


def reached(actor: Actor) -> sa.ColumnElement[bool]:
    """A condition: the booking is in a room where ``actor`` books for others."""
    here = sa.select(Unit.id).where(
        sa.or_(
            territory.within(actor.reach(permissions.HANDLE)),
            territory.within(actor.reach(permissions.SET_UP)),
            *(sa.literal(path).startswith(Unit.path) for path in actor.reach(permissions.HANDLE)),
        )
    )
    return sa.or_(Booking.unit_id.in_(here), Booking.room_id.in_(rooms.kept_by(actor)))


def within_reach(actor: Actor) -> sa.Select[tuple[Booking]]:
    """Everything where ``actor`` books for others."""
    return sa.select(Booking).where(reached(actor))


def decided_by(actor: Actor) -> sa.ColumnElement[bool]:
    """A condition: the booking is asked for in a room on which ``actor`` decides."""
    here = sa.select(Unit.id).where(territory.within(actor.reach(permissions.HANDLE)))
    return sa.and_(
        Booking.state == "asked",
        sa.or_(Booking.unit_id.in_(here), Booking.room_id.in_(rooms.kept_by(actor))),
    )


def count(condition: sa.ColumnElement[bool]) -> int:
    """How many bookings there are of a kind."""
    return session.scalar(sa.select(sa.func.count()).select_from(Booking).where(condition)) or 0


def of_samples() -> sa.ColumnElement[bool]:
    """A condition: the booking belongs to a demo."""
    return Booking.sample.is_(True)


def on_day(day_start: datetime, day_end: datetime) -> sa.ColumnElement[bool]:
    """A condition: begins that day, and somebody means to come or came."""
    between = sa.and_(Booking.starts_at >= day_start, Booking.starts_at < day_end)
    return sa.and_(between, Booking.state.in_((*rules.LIVING, "done")))


def rows_of(condition: sa.ColumnElement[bool], limit: int) -> Sequence[Booking]:
    """The first of them."""
    query = sa.select(Booking).where(condition).order_by(Booking.starts_at, Booking.id)
    return session.scalars(query.limit(limit)).all()


def hit_by(room_ids: Collection[int], start: datetime, end: datetime) -> Sequence[Booking]:
    """What is asked for or booked in these rooms at some time between, and has not begun."""
    query = sa.select(Booking).where(
        Booking.room_id.in_(room_ids), Booking.state.in_(("asked", "confirmed")),
        Booking.starts_at < end, sa.func.upper(Booking.during) > start,
    )  # fmt: skip
    return session.scalars(query.order_by(Booking.starts_at, Booking.id)).all()


def is_held(booking: Booking) -> bool:
    """Whether somebody else has the room when it is asked for."""
    query = sa.select(Booking.id).where(
        Booking.room_id == booking.room_id, Booking.state.in_(rules.HELD),
        Booking.blocked.overlaps(booking.blocked),
    )  # fmt: skip
    return session.scalar(query.limit(1)) is not None


def lock_hit(room_ids: Collection[int], start: datetime, end: datetime) -> Sequence[Booking]:
    """The same, locked."""
    ids = [one.id for one in hit_by(room_ids, start, end)]
    query = sa.select(Booking).where(Booking.id.in_(ids)).order_by(Booking.id)
    return session.scalars(query.with_for_update()).all()


def waiting_for(booking: Booking) -> Sequence[Booking]:
    """Dates of series that were not had because of others, in the same room at the same time."""
    query = sa.select(Booking).where(
        Booking.room_id == booking.room_id, Booking.state == "skipped",
        Booking.cause == "taken", Booking.during.overlaps(booking.blocked),
        Booking.starts_at > clock.now(), Booking.id != booking.id,
    )  # fmt: skip
    return session.scalars(query.order_by(Booking.id)).all()


def due_ids() -> Sequence[int]:
    """What the clock looks at now."""
    query = sa.select(Booking.id).where(Booking.next_at <= clock.now())
    return session.scalars(query.order_by(Booking.next_at).limit(100)).all()


def names(ids: Collection[int]) -> Mapping[int, Named]:
    """Bookings by their ids: the room and the day, never who."""
    found = session.scalars(sa.select(Booking).where(Booking.id.in_(ids))).all()
    known = rooms.rooms_by_id({one.room_id for one in found})
    zone = clock.zone()
    return {
        one.id: (
            {tongue: f"{name} {one.start.astimezone(zone):%Y-%m-%d %H:%M}"
             for tongue, name in known[one.room_id].name.items()},
            {"code": one.code},
        )
        for one in found
    }  # fmt: skip


def door_key(place: Place) -> str:
    """What the code to scan at the door of a room holds, and nobody can guess."""
    return keyed_hash("slip", f"door:{place.room.id}")[:16]

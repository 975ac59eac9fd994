"""Every read of volunteers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.activities import queries as sessions
from saas.activities.permissions import HANDLE
from saas.activities.queries import Scene, Session
from saas.attendance.rules import is_found
from saas.kernel import clock, corrections
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.volunteers.models import Certificate, Duty, Service, Shift, Volunteer

Condition = sa.ColumnElement[bool]
#: A condition: hours that stand.
LIVE: Final[Condition] = corrections.live(Service)
#: A condition: a shift that somebody has, and did not give up.
HELD: Final[Condition] = Duty.left_at.is_(None)


#: So far ahead help is shown.
_AHEAD: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Sum:
    """How often somebody helped, and how long in all."""

    times: int = 0
    minutes: int = 0


def own(actor: Actor) -> Volunteer | None:
    """The actor on the roll, also if they have left."""
    query = sa.select(Volunteer).where(Volunteer.person_id == actor.person_id)
    return session.scalar(query) if actor.person_id else None


def names_of(found: Collection[Volunteer]) -> dict[int, str]:
    """What they are called, by the ids of the roll."""
    called = people.names_of([one.person_id for one in found if one.person_id])
    return {one.id: one.name or called.get(one.person_id or 0, "") for one in found}


def phone_of(one: Volunteer) -> str:
    """The number at which somebody can be reached."""
    person = people.find_person(one.person_id) if one.person_id else None
    return (person.phone if person else one.phone) or ""


def on_roll(actor: Actor) -> sa.Select[tuple[Volunteer]]:
    """Who is on the roll where the actor works."""
    paths = actor.reach(HANDLE)
    near = sa.or_(territory.within(paths), *(sa.literal(p).startswith(Unit.path) for p in paths))
    return sa.select(Volunteer).where(Volunteer.unit_id.in_(sa.select(Unit.id).where(near)))


def by_ids(ids: Collection[int]) -> dict[int, Volunteer]:
    """These of the roll."""
    query = sa.select(Volunteer).where(Volunteer.id.in_(ids))
    return {one.id: one for one in session.scalars(query)}


def access_volunteer(code: str, shift: Shift, *, actor: Actor) -> Volunteer:
    """Somebody who has the shift, whose session the actor runs, or on the roll where the actor
    works; else `NotFound`.
    """
    found = session.scalar(
        sa.select(Volunteer)
        .join(Duty, Duty.volunteer_id == Volunteer.id)
        .where(Volunteer.code == code, Duty.shift_id == shift.id, HELD)
    ) or session.scalar(on_roll(actor).where(Volunteer.code == code))
    if found is None:
        raise NotFound
    return found


def looked_for(needle: str, actor: Actor, most: int = 8) -> list[tuple[Volunteer, str]]:
    """Those on the roll whom two signs of the name or the end of the number mean."""
    found = session.scalars(on_roll(actor).where(Volunteer.left_at.is_(None))).all()
    names = names_of(found)
    hits = [one for one in found if is_found(needle, names[one.id], one.phone or "")]
    return [(one, names[one.id]) for one in hits[:most]]


def sums_of(ids: Collection[int]) -> dict[int, Sum]:
    """What stands of these volunteers' hours; one question for all."""
    query = (
        sa.select(Service.volunteer_id, sa.func.count(), sa.func.sum(Service.minutes))
        .where(Service.volunteer_id.in_(ids), LIVE)
        .group_by(Service.volunteer_id)
    )
    found = {key: Sum(times, int(minutes)) for key, times, minutes in session.execute(query)}
    return {key: found.get(key, Sum()) for key in ids}


def in_all() -> Sum:
    """What stands of everybody's hours."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Service.minutes), 0))
    times, minutes = session.execute(query.where(LIVE)).one()
    return Sum(times, int(minutes))


def shifts_of(session_id: int) -> Sequence[Shift]:
    """The help that a session needs, by time."""
    query = sa.select(Shift).where(Shift.session_id == session_id)
    return session.scalars(query.order_by(Shift.starts_at, Shift.id)).all()


def wanted(limit: int = 60) -> list[tuple[Shift, Scene]]:
    """Shifts that are still to come, of sessions that everybody may see."""
    now = clock.now()
    open_ = sa.select(Session.id).where(sessions.on_show(now, now + _AHEAD))
    query = sa.select(Shift).where(
        Shift.session_id.in_(open_), Shift.starts_at > now, Shift.cancelled_at.is_(None)
    )
    found = session.scalars(query.order_by(Shift.starts_at, Shift.id).limit(limit)).all()
    return _placed(found)


def missing(actor: Actor, limit: int = 40) -> list[tuple[Shift, Scene]]:
    """Shifts still to come at sessions where the actor works."""
    here = sa.select(Session.id).where(sessions.reached(actor))
    query = sa.select(Shift).where(
        Shift.session_id.in_(here), Shift.starts_at > clock.now(), Shift.cancelled_at.is_(None)
    )
    return _placed(session.scalars(query.order_by(Shift.starts_at).limit(limit)).all())


def _placed(found: Sequence[Shift]) -> list[tuple[Shift, Scene]]:
    ids = {one.session_id for one in found}
    query = sa.select(Session).where(Session.id.in_(ids))
    scenes = {s.session.id: s for s in sessions.scenes(session.scalars(query).all())} if ids else {}
    return [(one, scenes[one.session_id]) for one in found]


def open_shift(code: str, *, actor: Actor, lock: bool = False) -> tuple[Shift, Scene]:
    """A shift of a session that the actor may see, else `NotFound`."""
    query = sa.select(Shift).where(Shift.code == code)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound
    one = session.get_one(Session, found.session_id)
    return found, sessions.public_session(one.code, actor=actor)


def access_shift(scene: Scene, code: str, *, lock: bool = False) -> Shift:
    """A shift of this session, else `NotFound`."""
    query = sa.select(Shift).where(Shift.code == code, Shift.session_id == scene.session.id)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound
    return found


def duties_of(ids: Collection[int], before: datetime | None = None) -> dict[int, list[Volunteer]]:
    """Who has these shifts, in the order in which they took them; only who took them ``before``."""
    query = (
        sa.select(Duty.shift_id, Volunteer)
        .join(Volunteer, Volunteer.id == Duty.volunteer_id)
        .where(Duty.shift_id.in_(ids), HELD, Duty.taken_at < before if before else sa.true())
        .order_by(Duty.taken_at, Duty.id)
    )
    found: dict[int, list[Volunteer]] = {key: [] for key in ids}
    for key, one in session.execute(query):
        found[key].append(one)
    return found


def duty_of(shift: Shift, volunteer: Volunteer) -> Duty | None:
    """That somebody has a shift."""
    return session.scalar(
        sa.select(Duty).where(
            Duty.shift_id == shift.id, Duty.volunteer_id == volunteer.id, HELD
        )
    )  # fmt: skip


def coming_of(volunteer: Volunteer) -> list[tuple[Shift, Scene]]:
    """The shifts that somebody has before them."""
    return _placed(session.scalars(_held(volunteer, Shift.ends_at > clock.now())).all())


def in_the_way(volunteer: Volunteer, shift: Shift) -> Shift | None:
    """A shift that somebody has at the same time."""
    other = _held(volunteer, Shift.id != shift.id, Shift.starts_at < shift.ends_at,
                  Shift.ends_at > shift.starts_at)  # fmt: skip
    return session.scalars(other).first()


def _held(volunteer: Volunteer, *more: Condition) -> sa.Select[tuple[Shift]]:
    mine = sa.select(Duty.shift_id).where(Duty.volunteer_id == volunteer.id, HELD)
    query = sa.select(Shift).where(Shift.id.in_(mine), Shift.cancelled_at.is_(None), *more)
    return query.order_by(Shift.starts_at, Shift.id)


def services_at(session_id: int) -> Sequence[Service]:
    """Every row of a session's services, voids too, as they were written."""
    query = sa.select(Service).where(Service.session_id == session_id)
    return session.scalars(query.order_by(Service.id)).all()


def standing(shift: Shift, volunteer: Volunteer) -> Service | None:
    """What stands of somebody's hours for a shift."""
    query = sa.select(Service).where(
        Service.shift_id == shift.id, Service.volunteer_id == volunteer.id, LIVE
    )
    return session.scalar(query)


def last_void(shift: Shift, volunteer: Volunteer) -> Service | None:
    """The void that new hours come after."""
    found: Service | None = session.scalar(
        corrections.last_void(
            Service, Service.shift_id, shift.id, Service.volunteer_id == volunteer.id
        )
    )
    return found


def services_of(volunteer: Volunteer) -> list[tuple[Service, Shift, Scene]]:
    """What stands of somebody's hours, the last first."""
    query = sa.select(Service).where(Service.volunteer_id == volunteer.id, LIVE)
    found = session.scalars(query.order_by(Service.held_at.desc(), Service.id.desc())).all()
    return with_places(found)


def with_places(found: Sequence[Service]) -> list[tuple[Service, Shift, Scene]]:
    """Services with their shifts and where these were, in as many questions as for one."""
    query = sa.select(Shift).where(Shift.id.in_({one.shift_id for one in found}))
    placed = {shift.id: (shift, scene) for shift, scene in _placed(session.scalars(query).all())}
    return [(one, *placed[one.shift_id]) for one in found]


def own_service(service_id: int, actor: Actor) -> Service:
    """The actor's own hours, else `NotFound`."""
    found = session.get(Service, service_id)
    if found is None or actor.person_id is None or found.person_key != actor.person_id:
        raise NotFound
    return found


def within_reach(actor: Actor) -> sa.Select[tuple[Service]]:
    """What stands of the hours at sessions where the actor works."""
    here = sa.select(Session.id).where(sessions.reached(actor))
    return sa.select(Service).where(LIVE, Service.session_id.in_(here))


def certificates_of(volunteer: Volunteer) -> Sequence[Certificate]:
    """What somebody has been given to show, the last first."""
    query = sa.select(Certificate).where(Certificate.volunteer_id == volunteer.id)
    return session.scalars(query.order_by(Certificate.id.desc())).all()


def certificate(text: str) -> Certificate:
    """A certificate by its code, however it was typed, else `NotFound`."""
    found = session.scalar(sa.select(Certificate).where(Certificate.code == read_code(text)))
    if found is None:
        raise NotFound
    return found


def stands_now(one: Certificate) -> Sum:
    """What stands today of what a certificate summed up."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Service.minutes), 0)).where(
        Service.volunteer_id == one.volunteer_id, LIVE, Service.held_at >= one.since,
        Service.held_at <= one.until,
    )  # fmt: skip
    times, minutes = session.execute(query).one()
    return Sum(times, int(minutes))


def names(ids: Collection[int]) -> Mapping[int, Named]:
    """What shifts are called for the audit: by the session that they are at."""
    query = sa.select(Shift).where(Shift.id.in_(ids))
    return {
        shift.id: (shift.work, {"code": scene.session.code})
        for shift, scene in _placed(session.scalars(query).all())
    }

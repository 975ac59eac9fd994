"""Where a group is when, and who can guide it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from saas.accounts import queries as people
from saas.bookings import queries as bookings
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.i18n import say
from saas.rooms import queries as rooms
from saas.rooms.permissions import VIEW
from saas.territory.queries import Unit
from saas.visits.models import Stop, Visit

Stretch = tuple[datetime, datetime]


def stops_of(visit: Visit) -> Sequence[Stop]:
    """Its stops in their order."""
    return session.scalars(_of([visit.id])).all()


def _of(visit_ids: Collection[int]) -> sa.Select[tuple[Stop]]:
    return sa.select(Stop).where(Stop.visit_id.in_(visit_ids)).order_by(Stop.visit_id, Stop.no)


def lock_stops(visit: Visit) -> Sequence[Stop]:
    """The same, locked after their visit."""
    return session.scalars(_of([visit.id]).with_for_update()).all()


def stop_of(visit: Visit, no: int) -> Stop:
    """The stop of this number, else `NotFound`."""
    found = next((one for one in stops_of(visit) if one.no == no), None)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Where:
    """What a stop is called, its guide, and its booking; every name ready."""

    stop: Stop
    name: str
    guide: str
    booking: Any = None


def places_of(stops: Sequence[Stop], street: Unit) -> list[Where]:
    """Stops with their names, in as many questions as for one."""
    found = rooms.rooms_by_id({one.room_id for one in stops if one.room_id})
    venues = {one.id: one for one in rooms.venues_in(street, closed=True)} if stops else {}
    guides = people.names_of([one.guide_id for one in stops if one.guide_id])
    booked = bookings.by_ids({one.booking_id for one in stops if one.booking_id})
    return [
        Where(one, _name(one, found, venues), guides.get(one.guide_id or 0, ""),
              booked.get(one.booking_id or 0))
        for one in stops
    ]  # fmt: skip


def _name(stop: Stop, found: Any, venues: Any) -> str:
    if stop.room_id:
        return say(found[stop.room_id].name)
    return say(venues[stop.venue_id].name) if stop.venue_id in venues else stop.place or ""


def things_of(street: Unit) -> tuple[dict[int, Any], dict[int, Any]]:
    """Rooms and premises of a street to which a group can be led, by their ids."""
    found = rooms.structure_of(street).rooms
    return (
        {room.id: room for room in found if room.status == "open"},
        {venue.id: venue for venue in rooms.venues_in(street)},
    )


def guides_for(street: Unit) -> list[tuple[int, str]]:
    """Who can guide: everybody with a post at the street or beneath it."""
    held = people.holders_beneath(street.path, VIEW)
    found = {post.person_id: post.person_name or "" for post in held if post.person_id}
    return sorted(found.items(), key=lambda one: one[1])


def busy_guides(during: Stretch, *, but: int | None = None) -> set[int]:
    """Who guides another group at some time between."""
    query = sa.select(Stop.guide_id).where(
        Stop.living, Stop.guide_id.is_not(None), Stop.id != (but or 0),
        Stop.during.overlaps(Range(*during, bounds="[)")),
    )  # fmt: skip
    return {one for one in session.scalars(query) if one}


def with_guide(person_id: int, day: date) -> Sequence[Visit]:
    """The visits that somebody guides on a day, in their order."""
    start, end = clock.begin_of(day), clock.begin_of(day + timedelta(days=1))
    mine = sa.select(Stop.visit_id).where(
        Stop.guide_id == person_id, Stop.living, Stop.during.overlaps(Range(start, end))
    )
    query = sa.select(Visit).where(Visit.id.in_(mine), Visit.state.in_(("confirmed", "held")))
    return session.scalars(query.order_by(Visit.starts_at)).all()

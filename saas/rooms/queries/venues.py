"""Reading venues: the buildings and halls of a street in which its rooms are."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms.models import Centre, Room, Spending, Venue
from saas.territory.queries import Unit

_LISTED = _l("Choose one of the list.")


def venues_in(street: Unit, *, closed: bool = False) -> Sequence[Venue]:
    """The venues at or beneath a street; those that are closed only when they are asked for."""
    query = (
        sa.select(Venue)
        .join(Unit, Unit.id == Venue.unit_id)
        .where(Unit.path.startswith(street.path, autoescape=True))
    )
    if not closed:
        query = query.where(Venue.closed_at.is_(None))
    return session.scalars(query.order_by(Venue.closed_at.is_not(None), Venue.id)).all()


def venue_in(street: Unit, code: str) -> Venue:
    """A venue of the street by its code, closed or not, else `NotFound`."""
    found = next((one for one in venues_in(street, closed=True) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def chosen_venue(street: Unit, code: str, now: Venue | None = None) -> Venue | None:
    """The venue picked in a form, none for no code; `Invalid` at ``venue`` for any other. One that
    is closed is picked no more, but where a room is ``now`` it may stay.
    """
    if now is not None and now.code == code:
        return now
    found = next((venue for venue in venues_in(street) if venue.code == code), None)
    if code and found is None:
        raise Invalid({"venue": [_LISTED]})
    return found


def venue_of(room: Room) -> Venue | None:
    """Where a room is, if that is known."""
    return session.get(Venue, room.venue_id) if room.venue_id else None


def unit_of(venue: Venue) -> Unit:
    """The unit in which a venue stands."""
    return session.get_one(Unit, venue.unit_id)


def rooms_at(venue: Venue) -> Sequence[Room]:
    """The rooms in a venue that are not given up."""
    query = sa.select(Room).where(Room.venue_id == venue.id, Room.status != "retired")
    return session.scalars(query.order_by(Room.position)).all()


def venue_codes() -> set[str]:
    """The code of every venue of the district."""
    return set(session.scalars(sa.select(Venue.code)))


def public_venue(code: str) -> Venue:
    """A venue by its code, for everybody, else `NotFound`."""
    found = session.scalar(sa.select(Venue).where(Venue.code == code))
    if found is None:
        raise NotFound
    return found


def spendings_of(venue: Venue) -> Sequence[Spending]:
    """What was spent on a venue, the newest first, without what turned out wrong."""
    voided = sa.select(Spending.voids_id).where(Spending.voids_id.is_not(None))
    query = sa.select(Spending).where(
        Spending.venue_id == venue.id, Spending.voids_id.is_(None), Spending.id.not_in(voided)
    )
    return session.scalars(query.order_by(Spending.on.desc(), Spending.id.desc())).all()


def street_above(venue: Venue) -> Unit | None:
    """The street whose rooms can be in a venue: its unit, or the one above it that has a centre."""
    unit = unit_of(venue)
    query = sa.select(Unit).join(Centre, Centre.unit_id == Unit.id)
    above = query.where(sa.literal(unit.path).startswith(Unit.path))
    return session.scalar(above.order_by(sa.func.length(Unit.path).desc()).limit(1))

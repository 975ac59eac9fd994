"""What rooms and what is around them are called, many at once, for links to them."""

from __future__ import annotations

import sqlalchemy as sa

from saas.kernel.naming import by_id
from saas.rooms.models import (
    Centre,
    CentreTemplate,
    Platform,
    PlatformTemplate,
    Room,
    RoomTemplate,
    Venue,
)
from saas.territory.queries import Unit

_STREET = Unit.code.label("street")
rooms = by_id(sa.select(Room.id, Room.name, Room.code, _STREET).join(Unit, Unit.id == Room.unit_id))
platforms = by_id(
    sa.select(Platform.id, Platform.name, Platform.code, _STREET).join(
        Unit, Unit.id == Platform.unit_id
    )
)
centres = by_id(sa.select(Centre.id, Centre.name, _STREET).join(Unit, Unit.id == Centre.unit_id))
venues = by_id(sa.select(Venue.id, Venue.name, Unit.code).join(Unit, Unit.id == Venue.unit_id))
streets = by_id(sa.select(Unit.id, Unit.name, _STREET).join(Centre, Centre.unit_id == Unit.id))
centre_templates = by_id(sa.select(CentreTemplate.id, CentreTemplate.name))
platform_templates = by_id(
    sa.select(PlatformTemplate.id, PlatformTemplate.name, PlatformTemplate.code.label("home"))
)
room_templates = by_id(
    sa.select(RoomTemplate.id, RoomTemplate.name, RoomTemplate.code.label("room"))
)

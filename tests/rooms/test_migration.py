"""A district from before the library: it gets its package's, and what is its own shows."""

from __future__ import annotations

import sqlalchemy as sa

from saas.kernel.db import session
from saas.rooms import queries
from saas.rooms.models import Centre, CentreTemplate, Platform, PlatformTemplate, Room, RoomTemplate
from saas.rooms.package.part import PART
from saas.tenancy import migrating
from tests.support import District


def test_the_library_is_the_installed_package_and_own_is_what_differs(alpha: District) -> None:
    revision = migrating._scripts("tenant").get_revision("street_library")
    assert revision is not None
    with alpha.work():
        told = PART.read()
        for table in (RoomTemplate, PlatformTemplate, CentreTemplate):
            session.execute(sa.delete(table))
        street = alpha.unit("street")
        room = queries.public_room(street, "homework")
        room.name, room.hours = {"zh": "作业坊"}, []
        stray = queries.public_room(street, "arts")
        stray.code = "own_arts"
        queries.platform_in(street, "charity").seal = "爱"
        session.flush()
        revision.module._fill(session.connection())
        session.expire_all()
        assert PART.read() == told
        rooms = {room.code: room.own for room in queries.structure_of(street).rooms}
        assert rooms.pop("homework") == ["hours", "name"]
        assert len(rooms.pop("own_arts")) == 7
        assert not any(rooms.values())
        platforms = {row.code: row.own for row in session.scalars(sa.select(Platform))}
        assert platforms.pop("charity") == ["seal"]
        assert not any(platforms.values())
        assert session.scalars(sa.select(Centre.own)).all() == [[]]
        assert session.query(Room).count() == 19

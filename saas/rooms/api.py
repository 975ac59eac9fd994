"""Rooms as JSON, for everybody, by the same queries as the public pages."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from saas.api.answers import answer
from saas.kernel.context import Actor
from saas.rooms import queries
from saas.rooms.schemas import CentreOut, RoomOut
from saas.web.pages import PUBLIC, Pages

pages = Pages("rooms_api", __name__, plane="tenant")
_ONE, _MANY, _ROOMS = CentreOut(), CentreOut(many=True), RoomOut(many=True)


@pages.page("/api/v1/rooms", needs=PUBLIC)
def listing(actor: Actor) -> ResponseReturnValue:
    """A street's structure: ``{"street", "centre", "platforms": […], "rooms": […]}``."""
    street = queries.public_street(request.args.get("street", "")[:40])
    structure = queries.structure_of(street)
    return answer(
        {
            "street": {"code": street.code, "name": street.name},
            "centre": _ONE.dump(structure.centre),
            "platforms": _MANY.dump(structure.platforms),
            "rooms": _ROOMS.dump(queries.with_platforms(structure)),
        }
    )

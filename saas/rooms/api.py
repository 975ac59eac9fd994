"""Rooms as JSON, for everybody, by the same queries as the public pages."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.rooms import queries, rules
from saas.rooms.schemas import CentreOut, RoomOut
from saas.web.pages import PUBLIC

routes = Routes("rooms_api", __name__, title=_l("Function rooms"))
_STREET = {"street": _l("Code of the street.")}


class StreetOut(Schema):
    """A street that has rooms."""

    code = fields.String()
    name = LabelOut()


class StreetsOut(Schema):
    """Every street that has rooms."""

    streets = fields.List(fields.Nested(StreetOut))


class StructureOut(Schema):
    """A street's support centre and its platforms, in their order."""

    street = fields.Nested(StreetOut)
    centre = fields.Nested(CentreOut, allow_none=True)
    platforms = fields.List(fields.Nested(CentreOut))


class RoomsAsked(Schema):
    """Which of a street's rooms."""

    status = fields.String(load_default="", validate=validate.OneOf(rules.STATUSES))


@routes.get("/streets", needs=PUBLIC, summary=_l("Streets with rooms"), answer=StreetsOut)
def streets(actor: Actor) -> dict[str, Any]:
    """In tree order."""
    return {"streets": queries.streets()}


@routes.get(
    "/streets/<street>",
    needs=PUBLIC,
    summary=_l("A street's centre and platforms"),
    answer=StructureOut,
    parts=_STREET,
)
def structure(actor: Actor, street: str) -> queries.Structure:
    """What carries the rooms of a street."""
    return queries.structure_of(queries.public_street(street))


@routes.get(
    "/streets/<street>/rooms",
    needs=PUBLIC,
    summary=_l("A street's rooms"),
    query=RoomsAsked,
    items=RoomOut,
    parts=_STREET,
)
def rooms(
    actor: Actor, street: str, status: str, page: int, page_size: int
) -> tuple[list[dict[str, Any]], int]:
    """In their order, without those that are retired unless these are asked for."""
    found = queries.structure_of(queries.public_street(street), retired=status == "retired")
    fitting = [r for r in queries.with_platforms(found) if not status or r["status"] == status]
    first = (page - 1) * page_size
    return fitting[first : first + page_size], len(fitting)


@routes.get(
    "/streets/<street>/rooms/<code>",
    needs=PUBLIC,
    summary=_l("One room"),
    answer=RoomOut,
    parts={**_STREET, "code": _l("Code of the room.")},
)
def room(actor: Actor, street: str, code: str) -> dict[str, Any]:
    """A room, retired ones too: its address is for ever."""
    found = queries.structure_of(queries.public_street(street), retired=True)
    fitting = [row for row in queries.with_platforms(found) if row["code"] == code]
    if not fitting:
        raise NotFound
    return fitting[0]

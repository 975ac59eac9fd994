"""Rooms as JSON, for everybody, by the same queries as the public pages."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.rooms import commands, queries, rules
from saas.rooms.models import Venue
from saas.rooms.permissions import CONFIGURE
from saas.rooms.schemas import CentreOut, RoomOut, VenueIn
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


class VenueOut(Schema):
    """A building or hall of a street, and its rooms by code."""

    code = fields.String()
    name = LabelOut()
    facts = LabelOut()
    area_m2 = fields.Integer(allow_none=True)
    step_free = fields.Boolean(allow_none=True)
    lift = fields.Boolean(allow_none=True)
    toilet = fields.Boolean(allow_none=True)
    closed = fields.Boolean()
    rooms = fields.List(fields.String())


class VenuesOut(Schema):
    """The venues of a street."""

    venues = fields.List(fields.Nested(VenueOut))


class VenueClosedIn(Schema):
    """Whether a venue is closed: no room is put into it any more."""

    closed = fields.Boolean(required=True)


_VENUE = {**_STREET, "venue": _l("Code of the venue.")}


def _venue_out(venue: Venue) -> dict[str, Any]:
    shown = ("code", "name", "facts", "area_m2", "step_free", "lift", "toilet")
    facts = {name: getattr(venue, name) for name in shown}
    codes = [room.code for room in queries.rooms_at(venue)]
    return {**facts, "closed": venue.closed_at is not None, "rooms": codes}


@routes.get(
    "/streets/<street>/venues",
    needs=PUBLIC,
    summary=_l("A street's venues"),
    answer=VenuesOut,
    parts=_STREET,
)
def venues(actor: Actor, street: str) -> dict[str, Any]:
    """Those in use, then those that are closed."""
    place = queries.public_street(street)
    return {"venues": [_venue_out(one) for one in queries.venues_in(place, closed=True)]}


@routes.post(
    "/streets/<street>/venues",
    needs=CONFIGURE,
    summary=_l("Add a venue"),
    body=VenueIn,
    answer=VenueOut,
    parts=_STREET,
)
def add_venue(actor: Actor, street: str, **given: Any) -> dict[str, Any]:
    """A building or hall."""
    place = queries.configured_street(street, actor=actor)
    return _venue_out(commands.add_venue(place, actor=actor, **given))


@routes.post(
    "/streets/<street>/venues/<venue>",
    needs=CONFIGURE,
    summary=_l("Change a venue"),
    body=VenueIn,
    answer=VenueOut,
    status=200,
    parts=_VENUE,
)
def change_venue(actor: Actor, street: str, venue: str, **given: Any) -> dict[str, Any]:
    """Other words or another size."""
    place = queries.configured_street(street, actor=actor)
    row = queries.venue_in(place, venue)
    commands.change_venue(place, row, actor=actor, **given)
    return _venue_out(row)


@routes.post(
    "/streets/<street>/venues/<venue>/closed",
    needs=CONFIGURE,
    summary=_l("Close a venue, or open it again"),
    body=VenueClosedIn,
    answer=VenueOut,
    status=200,
    parts=_VENUE,
)
def close_venue(actor: Actor, street: str, venue: str, closed: bool) -> dict[str, Any]:
    """Refused while rooms or organisations are in it; said twice it changes nothing."""
    place = queries.configured_street(street, actor=actor)
    row = queries.venue_in(place, venue)
    if closed != (row.closed_at is not None):
        act = commands.close_venue if closed else commands.reopen_venue
        act(place, row, actor=actor)
    return _venue_out(row)

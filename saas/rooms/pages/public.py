"""What everybody sees of rooms."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.attachments.answers import picture_by_key
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import say
from saas.rooms import permissions, poster, queries, views, words
from saas.rooms.models import Room
from saas.rooms.pages.blueprint import pages
from saas.territory.queries import Unit
from saas.web.pages import OPEN_TO_ALL, PUBLIC, render

_A_DAY = 24 * 60 * 60


@pages.page("/rooms", needs=PUBLIC, keep=OPEN_TO_ALL)
def listing(actor: Actor) -> ResponseReturnValue:
    """A street's centre, platforms and rooms, as a picture and as a list."""
    streets = queries.streets()
    if not streets:
        return render("rooms/listing.html", street=None, streets=streets)
    street = queries.public_street(request.args.get("street", ""))
    structure = queries.structure_of(street)
    return render(
        "rooms/listing.html",
        street=street,
        streets=streets,
        structure=structure,
        settings=queries.settings_of(street),
        picture=views.plan_of(structure),
    )


@pages.page("/rooms/<street>/<code>", needs=PUBLIC, keep=OPEN_TO_ALL)
def show(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """A room: what it is for, when and where, who keeps it. ``?print=1`` is a poster."""
    place = queries.public_street(street)
    room = queries.public_room(place, code)
    values = _public(place, room)
    if request.args.get("print"):
        address = url_for("rooms.show", street=street, code=code, _external=True)
        sheet = poster.poster_of(place, room, address.partition("://")[2], report_url(place, room))
        return render("rooms/poster.html", sheet=sheet, **values)
    return render(
        "rooms/show.html",
        light=views.light_of(room, clock.local()),
        week=views.hours_table(room.hours),
        report_url=report_url(place, room, outside=False),
        closures=queries.coming_closures([room]),
        may_edit=permissions.can_keep(actor, place.path, room.keeper_id),
        **values,
    )


def report_url(street: Unit, room: Room, *, outside: bool = True) -> str:
    """Where the code on the poster and the button on its page lead: filing a demand, with this
    place and spot filled in.
    """
    venue = queries.venue_of(room)
    unit = queries.unit_of(venue) if venue else street
    spot = say(room.name)
    return url_for("demands.choose_category", at=unit.code, spot=spot, _external=outside)


def _public(street: Unit, room: Room) -> dict[str, Any]:
    return {
        "street": street,
        "room": room,
        "platform": queries.platform_of(room),
        "venue": queries.venue_of(room),
        "keeper": people.find_person(room.keeper_id) if room.keeper_id else None,
        "light_words": words.STATUS,
    }


@pages.page("/rooms/<street>/<code>/photo", needs=PUBLIC)
def photo(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """A room's picture."""
    room = queries.public_room(queries.public_street(street), code)
    return picture_by_key("room", room.id, room.photo, seconds=_A_DAY)


@pages.page("/platforms/<street>/<code>", needs=PUBLIC, keep=OPEN_TO_ALL)
def platform(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """A platform and its rooms."""
    place = queries.public_street(street)
    structure = queries.structure_of(place)
    chosen = queries.platform_in(place, code)
    rooms = structure.of(chosen)
    return render("rooms/platform.html", street=place, platform=chosen, **listed(structure, rooms))


@pages.page("/centre/<street>", needs=PUBLIC, keep=OPEN_TO_ALL)
def centre(actor: Actor, street: str) -> ResponseReturnValue:
    """A street's support centre and its platforms."""
    place = queries.public_street(street)
    structure = queries.structure_of(place)
    return render("rooms/centre.html", street=place, structure=structure)


def listed(structure: queries.Structure, rooms: list[Room]) -> dict[str, Any]:
    """What every list of rooms shows."""
    return {
        "structure": structure,
        "rooms": rooms,
        "light_of": views.light_of,
        "status_of": views.status_of,
        "hours_lines": views.hours_lines,
        "local": clock.local(),
    }

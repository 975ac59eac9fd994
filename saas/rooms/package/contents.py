"""The rooms of a package as the page of its contents shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.packages.parts import Count, Package, Section
from saas.rooms.package.shapes import Room, Rooms
from saas.web.pictures import Plan, PlanNode, plan
from saas.workdays.package.words import spans


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room with everything that is written about it."""

    code: str
    name: str
    seal: str
    purpose: str
    services: tuple[str, ...]
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A platform with its rooms."""

    code: str
    name: str
    seal: str
    purpose: str
    rooms: tuple[RoomView, ...]


@dataclass(frozen=True, slots=True)
class RoomsView:
    """The plan of a street, the centre, and the platforms with their rooms."""

    plan: Plan
    centre: RoomView
    platforms: tuple[Group, ...]


def counts(package: Package) -> Iterator[Count]:
    """How many platforms and rooms."""
    rooms = package.of(Rooms)
    yield Count(len(rooms.platforms), _("platforms"), "rooms", _("Platforms"))
    yield Count(len(rooms.rooms), _("function rooms"), "rooms", _("Rooms"))


def sections(package: Package) -> Iterator[Section]:
    """Centre, platforms and rooms."""
    view = in_words(package.of(Rooms), say(package.head.title))
    yield Section(20, "rooms", _("Function rooms"), "rooms/_package.html", view)


def in_words(rooms: Rooms, street: str) -> RoomsView:
    """All rooms, every word ready; ``street`` is what the plan is called after."""
    centre = rooms.centre
    return RoomsView(
        plan=_plan(rooms, street),
        centre=RoomView(centre.code, say(centre.name), centre.seal, say(centre.purpose), (), ()),
        platforms=tuple(
            Group(
                each.code,
                say(each.name),
                each.seal,
                say(each.purpose),
                tuple(_room(room) for room in rooms.rooms if room.platform == each.code),
            )
            for each in rooms.platforms
        ),
    )


def _room(room: Room) -> RoomView:
    services = tuple(say(each) for each in room.services)
    return RoomView(
        room.code, say(room.name), room.seal, say(room.purpose), services, spans(room.hours)
    )


def _plan(rooms: Rooms, street: str) -> Plan:
    """The rooms as the plan of a street, every seal a link to its row below."""
    return plan(
        _node(rooms.centre),
        [_node(each) for each in rooms.platforms],
        [_node(each, each.platform, spans(each.hours)) for each in rooms.rooms],
        _("Plan of %(street)s", street=street),
    )


def _node(place: Any, group: str = "", note: tuple[str, ...] = ()) -> PlanNode:
    return PlanNode(
        place.code,
        say(place.name),
        place.seal,
        f"#in-{place.code}",
        note or (say(place.purpose),),
        group=group,
    )

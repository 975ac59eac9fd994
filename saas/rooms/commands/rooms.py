"""Shaping a street's rooms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saas.accounts.queries import Person
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.ordering import free_code, numbered, reorder
from saas.rooms import queries, rules
from saas.rooms.commands.noting import (
    ensure_configures,
    ensure_hours,
    ensure_stays_open,
    note,
    touch,
)
from saas.rooms.commands.owning import owning
from saas.rooms.commands.running import change_picture
from saas.rooms.models import Platform, Room, Venue
from saas.territory.queries import Unit

_EMPTY: dict[str, str] = {}


def add_room(
    street: Unit,
    *,
    platform: Platform,
    name: Label,
    seal: str,
    code: str = "",
    address: str = "",
    purpose: Label = _EMPTY,
    services: Sequence[Label] = (),
    hours: Sequence[dict[str, Any]] = (),
    place: Label = _EMPTY,
    contact: str | None = None,
    venue: Venue | None = None,
    sample: bool = False,
    actor: Actor,
) -> Room:
    """Plan a new room. With the ``code`` of a template it follows the library in what is the same
    there; else its code is the ``address`` typed or one of the name. Raises `Invalid` by field.
    """
    ensure_configures(actor, street)
    ensure_hours(hours)
    room = Room(
        unit_id=street.id,
        platform_id=platform.id,
        code=_free_code(street, code, address, name),
        name=name,
        purpose=dict(purpose),
        seal=seal,
        position=queries.next_position(street),
        status="planned",
        place=dict(place),
        contact=contact or None,
        venue_id=venue.id if venue else None,
        hours=list(hours),
        services=[dict(s) for s in services],
        changed_at=clock.now(),
        sample=sample,
    )
    return _added(street, room, platform, actor)


def _added(street: Unit, room: Room, platform: Platform, actor: Actor) -> Room:
    inherited = queries.inherited_room(room.code)
    if inherited:
        room.position = inherited["position"]
    room.own = rules.differing(queries.values_of(room, platform.code), inherited)
    session.add(room)
    session.flush()
    note("rooms.add", "room", room.id, street, actor, code=room.code)
    return room


def _free_code(street: Unit, code: str, address: str, name: Label) -> str:
    taken = queries.codes_in(street)
    if code:
        return numbered(code, taken)
    taken |= queries.template_codes()
    if address in taken:
        raise Invalid({"address": [_l("Another room has this address.")]})
    return address or free_code(name, "room", taken)


def change_room(
    street: Unit,
    room: Room,
    *,
    name: Label,
    seal: str,
    purpose: Label,
    services: Sequence[Label],
    hours: Sequence[dict[str, Any]],
    place: Label,
    contact: str,
    venue: Venue | None,
    back: str = "",
    actor: Actor,
) -> None:
    """Other words, hours, services, venue, place or contact.

    ``back`` names a field that is the district's again, whatever was typed.
    """
    ensure_configures(actor, street)
    ensure_hours(hours)
    placed = any(place.values()) or venue is not None
    ensure_stays_open(room, hours=hours, placed=placed, back=back)
    before = dict(room.name)
    with owning(room, back=back):
        room.name, room.seal, room.purpose = name, seal, purpose
        room.services, room.hours = [dict(s) for s in services], list(hours)
    room.place, room.contact = dict(place), contact or None
    room.venue_id = venue.id if venue else None
    touch("rooms.change", street, room, actor, before=before, after=dict(name))


def reshape_room(
    street: Unit,
    room: Room,
    *,
    platform: str,
    venue: str,
    keeper: str,
    back: str = "",
    picture: Any,
    drop_photo: bool,
    actor: Actor,
    **words: Any,
) -> None:
    """Everything on the room's form: words, platform, keeper and picture, as far as they differ."""
    at = queries.chosen_venue(street, venue, queries.venue_of(room))
    home = queries.chosen_platform(street, platform)
    person = queries.chosen_keeper(street, room, keeper)
    change_room(street, room, venue=at, back=back, actor=actor, **words)
    if home.id != room.platform_id and back != "platform":
        move_room(street, room, platform=home, actor=actor)
    if (person.id if person else None) != room.keeper_id:
        set_keeper(street, room, keeper=person, actor=actor)
    change_picture(street, room, picture, drop_photo, actor)


def move_room(street: Unit, room: Room, *, platform: Platform, actor: Actor) -> None:
    """Let a room belong to another platform of its street."""
    ensure_configures(actor, street)
    if platform.unit_id != street.id:
        raise Invalid({"platform": [_l("Choose a platform of this street.")]})
    with owning(room):
        room.platform_id = platform.id
    touch("rooms.move", street, room, actor, platform=platform.code)


def shift_room(street: Unit, room: Room, *, way: str, actor: Actor) -> None:
    """Let a room change places with its neighbour on the same platform."""
    beside = [r for r in queries.structure_of(street).rooms if r.platform_id == room.platform_id]
    ensure_configures(actor, street)
    with owning(*beside):
        reorder(beside, room.code, way)
    note("rooms.order", "room", room.id, street, actor, code=room.code, way=way)


def set_keeper(street: Unit, room: Room, *, keeper: Person | None, actor: Actor) -> None:
    """Say who keeps a room; None makes it vacant."""
    ensure_configures(actor, street)
    room.keeper_id = keeper.id if keeper else None
    touch("rooms.set_keeper", street, room, actor, keeper=room.keeper_id)

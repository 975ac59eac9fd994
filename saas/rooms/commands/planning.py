"""Beginning with what the library has: a whole street, or rooms that it offers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries
from saas.rooms.commands.bulk import remembering
from saas.rooms.commands.noting import ensure_configures, note
from saas.rooms.models import Centre, LibraryAnswer, Platform, PlatformTemplate, Room, RoomTemplate
from saas.territory.queries import Unit


def plan_street(street: Unit, *, only: Collection[str] | None = None, actor: Actor) -> None:
    """Plan what the library has in a street, whole or with the rooms in ``only``; nothing is open
    yet. `Conflict` where the library is empty.
    """
    library = queries.library()
    if library.centre is None:
        raise Conflict(_l("The district's library of rooms is empty: fill it first."))
    values = queries.values_of_template(library.centre)
    session.add(Centre(unit_id=street.id, code=library.centre.code, **values))
    platforms = [
        _copy(street.id, template) for template in library.platforms if not template.retired_at
    ]
    session.add_all(platforms)
    session.flush()
    homes = {platform.code: platform for platform in platforms}
    wanted = [
        room
        for room in library.rooms
        if not room.retired_at and (only is None or room.code in only)
    ]
    _plan(street, wanted, homes)
    audit.record("rooms.set_up", "street_rooms", street.id, actor=actor, unit_path=street.path)


def add_from(unit_id: int, template: PlatformTemplate) -> Platform:
    """A platform of the library, in a street that lacks it."""
    platform = _copy(unit_id, template)
    session.add(platform)
    session.flush()
    return platform


def _copy(unit_id: int, template: PlatformTemplate) -> Platform:
    values = queries.values_of_template(template)
    return Platform(unit_id=unit_id, code=template.code, **values)


def take_up(street: Unit, *, rooms: Sequence[str], actor: Actor) -> list[Room]:
    """Plan rooms that the library offers; they are not open. `Invalid` at ``rooms`` for none."""
    ensure_configures(actor, street)
    wanted = [offer for offer in queries.news_for(street).offered if offer.code in rooms]
    if not wanted:
        raise Invalid({"rooms": [_l("Tick at least one room.")]})
    with remembering(street, "take_up", actor=actor):
        homes = {home.code: home for home in queries.structure_of(street).platforms}
        return _plan(street, wanted, homes)


def answer(street: Unit, *, code: str, actor: Actor) -> None:
    """Say that the street has heard: it does not want what is offered, or keeps what the district
    has retired. Nothing else changes.
    """
    ensure_configures(actor, street)
    template = queries.room_template(code)
    if code not in queries.news_for(street).codes:
        raise Conflict
    session.add(LibraryAnswer(unit_id=street.id, code=template.code))
    note("rooms.answer", "room_template", template.id, street, actor, code=code)


def _plan(
    street: Unit, templates: Sequence[RoomTemplate], homes: dict[str, Platform]
) -> list[Room]:
    """Rooms of the library in their platforms, ``homes`` by code; one that the street lacks comes
    with its first room.
    """
    rooms = []
    for template in templates:
        values = queries.values_of_template(template)
        code = values.pop("platform")
        if code not in homes:
            homes[code] = add_from(street.id, queries.platform_template(code))
        rooms.append(
            Room(
                unit_id=street.id,
                platform_id=homes[code].id,
                code=template.code,
                status="planned",
                changed_at=clock.now(),
                **values,
            )
        )
    session.add_all(rooms)
    session.flush()
    return rooms

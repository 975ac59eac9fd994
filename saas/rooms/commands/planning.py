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
    for platform in library.platforms:
        if not platform.retired_at:
            add_from(street.id, platform)
    session.flush()
    for room in library.rooms:
        if not room.retired_at and (only is None or room.code in only):
            _plan(street, room)
    session.flush()
    audit.record("rooms.set_up", "street_rooms", street.id, actor=actor, unit_path=street.path)


def add_from(unit_id: int, template: PlatformTemplate) -> Platform:
    """A platform of the library, in a street that lacks it."""
    values = queries.values_of_template(template)
    platform = Platform(unit_id=unit_id, code=template.code, **values)
    session.add(platform)
    session.flush()
    return platform


def take_up(street: Unit, *, rooms: Sequence[str], actor: Actor) -> list[Room]:
    """Plan rooms that the library offers; they are not open. `Invalid` at ``rooms`` for none."""
    ensure_configures(actor, street)
    wanted = [offer for offer in queries.news_for(street).offered if offer.code in rooms]
    if not wanted:
        raise Invalid({"rooms": [_l("Tick at least one room.")]})
    with remembering(street, "take_up", actor=actor):
        return [_plan(street, template) for template in wanted]


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


def _plan(street: Unit, template: RoomTemplate) -> Room:
    values = queries.values_of_template(template)
    home = queries.find_platform(street, values.pop("platform"))
    platform = home or add_from(street.id, queries.platform_template(template.platform))
    room = Room(
        unit_id=street.id,
        platform_id=platform.id,
        code=template.code,
        status="planned",
        changed_at=clock.now(),
        **values,
    )
    session.add(room)
    session.flush()
    return room

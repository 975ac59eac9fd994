"""Taking things over from another street."""

from __future__ import annotations

from collections.abc import Sequence

from saas.kernel.context import Actor
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries
from saas.rooms.commands.bulk import remembering
from saas.rooms.commands.noting import ensure_configures, touch
from saas.rooms.commands.owning import owning
from saas.rooms.commands.rooms import add_room
from saas.rooms.commands.settings import set_settings
from saas.rooms.commands.structure import add_platform
from saas.rooms.models import Platform, Room
from saas.territory.queries import Unit


def duplicate_room(source: Room, *, street: Unit, platform: Platform, actor: Actor) -> Room:
    """Plan the same room in ``street``: words, hours and services; not keeper, place or picture."""
    return add_room(
        street,
        platform=platform,
        code=source.code,
        name=dict(source.name),
        seal=source.seal,
        purpose=source.purpose,
        services=source.services,
        hours=source.hours,
        actor=actor,
    )


def copy_street(
    street: Unit,
    source: Unit,
    *,
    rooms: Sequence[str] = (),
    hours: Sequence[str] = (),
    services: Sequence[str] = (),
    settings: Sequence[str] = (),
    platform: str = "",
    actor: Actor,
) -> list[Room]:
    """Take over from another street: rooms to plan here too (each on ``platform``, or on the one
    of its own code), hours and services of rooms that both have, settings by name. Returns the
    rooms that are planned now.

    Never keepers, contacts, addresses, places or pictures. One change that can be undone.
    """
    ensure_configures(actor, street)
    originals = queries.rooms_named(source, rooms)
    fixed = queries.chosen_platform(street, platform) if platform else None
    if not (originals or hours or services or settings):
        raise Invalid({"rooms": [_l("Tick at least one room.")]})
    with remembering(street, "copy", actor=actor):
        _take_over(street, source, hours, services, actor)
        _take_settings(street, source, settings, actor)
        return [
            duplicate_room(one, street=street, platform=fixed or _like(street, one, actor),
                           actor=actor)
            for one in originals
        ]  # fmt: skip


def _take_over(
    street: Unit, source: Unit, hours: Sequence[str], services: Sequence[str], actor: Actor
) -> None:
    theirs = {room.code: room for room in queries.rooms_named(source, [*hours, *services])}
    for room in queries.rooms_named(street, list(theirs)):
        with owning(room):
            if room.code in hours:
                room.hours = list(theirs[room.code].hours)
            if room.code in services:
                room.services = [dict(s) for s in theirs[room.code].services]
        touch("rooms.change", street, room, actor)


def _take_settings(street: Unit, source: Unit, names: Sequence[str], actor: Actor) -> None:
    theirs = queries.settings_of(source)
    wanted = {name: theirs[name].value for name in names if name in queries.COPIED_SETTINGS}
    if wanted:
        set_settings(street, values=wanted, actor=actor)


def _like(street: Unit, original: Room, actor: Actor) -> Platform:
    """The street's own platform of the same code, made when it is not there."""
    theirs = queries.platform_of(original)
    return queries.find_platform(street, theirs.code) or add_platform(
        street,
        code=theirs.code,
        name=dict(theirs.name),
        purpose=dict(theirs.purpose),
        seal=theirs.seal,
        actor=actor,
    )

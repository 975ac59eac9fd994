"""A room of a street as a workbook wants it, by the commands of rooms."""

from __future__ import annotations

from typing import Any

from saas.accounts.queries import Person
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict
from saas.onboarding.workbook.queries import model_rooms
from saas.onboarding.workbook.rules.plan import RoomStep, VenueStep
from saas.rooms import commands, queries
from saas.rooms.queries import Venue
from saas.territory.queries import Unit


def set_venue(step: VenueStep, street: Unit, *, actor: Actor) -> Venue:
    """The venue of a step, made where it is not there; it closes later, when rooms have moved."""
    facts = {"zh": step.about} if step.about else {}
    if not step.there:
        return commands.add_venue(
            street, name={"zh": step.name}, facts=facts, area_m2=step.area, actor=actor
        )
    venue = queries.venue_in(street, step.key)
    if {change.column for change in step.changes} - {"closed"}:
        commands.change_venue(
            street,
            venue,
            name={**venue.name, "zh": step.name},
            facts={**venue.facts, **facts},
            area_m2=step.area or venue.area_m2,
            actor=actor,
        )
    if step.closes is False:
        commands.reopen_venue(street, venue, actor=actor)
    return venue


def set_room(
    step: RoomStep, street: Unit, *, keeper: Person | None, venue: Venue | None, actor: Actor
) -> None:
    """Plan the street and the room where they are not there, then what differs."""
    if queries.centre_of(street) is None:
        commands.set_up_street(street, actor=actor)
    room = _room(street, step.room, actor)
    if any(v is not None for v in (step.name, step.hours, step.place, step.contact, venue)):
        _change(street, room, step, venue, actor)
    if keeper is not None:
        commands.set_keeper(street, room, keeper=keeper, actor=actor)
    if step.opens:
        commands.set_status(street, room, status="open", actor=actor)


def _change(street: Unit, room: Any, step: RoomStep, venue: Venue | None, actor: Actor) -> None:
    commands.change_room(
        street,
        room,
        name={**room.name, "zh": step.name} if step.name else room.name,
        seal=room.seal,
        purpose=room.purpose,
        services=room.services,
        hours=room.hours if step.hours is None else step.hours,
        place={"zh": step.place} if step.place else room.place,
        contact=step.contact or room.contact or "",
        venue=venue or queries.venue_of(room),
        actor=actor,
    )


def _room(street: Unit, code: str, actor: Actor) -> Any:
    """The street's room of this code, planned after the model where the street has none."""
    if found := queries.rooms_named(street, [code]):
        return found[0]
    model = model_rooms()
    wanted = next((room for room in model.rooms if room.code == code), None)
    if wanted is None:
        raise Conflict
    home = next(platform for platform in model.platforms if platform.code == wanted.platform)
    platform = queries.find_platform(street, home.code) or commands.add_platform(
        street,
        code=home.code,
        name=dict(home.name),
        purpose=dict(home.purpose),
        seal=home.seal,
        actor=actor,
    )
    return commands.add_room(
        street,
        platform=platform,
        code=code,
        name=dict(wanted.name),
        seal=wanted.seal,
        purpose=dict(wanted.purpose),
        services=[dict(service) for service in wanted.services],
        hours=[{"days": list(h.days), "opens": h.opens, "closes": h.closes} for h in wanted.hours],
        actor=actor,
    )

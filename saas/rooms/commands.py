"""Reshaping what a street has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from saas.accounts.queries import Person
from saas.kernel import audit, clock, storage
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import after_commit
from saas.packages import queries as packages
from saas.rooms import package_part, permissions, queries, rules
from saas.rooms.models import Centre, Platform, Room, Venue
from saas.territory.queries import Unit

_FAULTS = {
    "days": _l("Tick at least one day in every row of the opening hours."),
    "time": _l("Write times as 09:00."),
    "order": _l("A room cannot close before it opens."),
    "overlap": _l("Two rows of the opening hours overlap."),
}
_EMPTY: dict[str, str] = {}


def ensure_configures(actor: Actor, street: Unit) -> None:
    """Raise unless ``actor`` may reshape this street's rooms."""
    if actor.kind != "system" and not permissions.can_configure(actor, street.path):
        raise Forbidden


def set_up_street(street: Unit, *, actor: Actor) -> None:
    """Plan everything that the district's model package gives a street."""
    ensure_configures(actor, street)
    if queries.centre_of(street):
        raise Conflict(_l("This street has its rooms already."))
    rooms = packages.installed().rooms
    package_part.set_up(street, rooms, actor=actor)


def change_centre(
    street: Unit,
    centre: Centre,
    *,
    name: Label,
    seal: str,
    purpose: Label,
    place: Label,
    actor: Actor,
) -> None:
    """Other words or another place for the centre."""
    ensure_configures(actor, street)
    centre.name, centre.seal, centre.purpose, centre.place = name, seal, purpose, place
    _note("rooms.change_centre", centre.id, street, actor)


def add_platform(
    street: Unit, *, name: Label, purpose: Label, seal: str, code: str = "", actor: Actor
) -> Platform:
    """One more platform at the end of the street's order."""
    ensure_configures(actor, street)
    platforms = queries.structure_of(street).platforms
    wanted = code or rules.code_from(name, "platform")
    code = rules.free_code(wanted, {p.code for p in platforms})
    position = max((p.position for p in platforms), default=0) + 1
    platform = Platform(
        unit_id=street.id, code=code, name=name, purpose=purpose, seal=seal, position=position
    )
    session.add(platform)
    session.flush()
    _note("rooms.add_platform", platform.id, street, actor, code=code)
    return platform


def change_platform(
    street: Unit, platform: Platform, *, name: Label, purpose: Label, seal: str, actor: Actor
) -> None:
    """Other words or another seal for a platform."""
    ensure_configures(actor, street)
    platform.name, platform.purpose, platform.seal = name, purpose, seal
    _note("rooms.change_platform", platform.id, street, actor)


def remove_platform(street: Unit, platform: Platform, *, actor: Actor) -> None:
    """Remove a platform that carries nothing, not even a retired room."""
    ensure_configures(actor, street)
    structure = queries.structure_of(street, retired=True)
    if structure.of(platform):
        raise Conflict(_l("Rooms still belong to this platform: move them to another one first."))
    session.delete(platform)
    _note("rooms.remove_platform", platform.id, street, actor, code=platform.code)


def add_room(
    street: Unit,
    *,
    platform: Platform,
    name: Label,
    seal: str,
    code: str = "",
    purpose: Label = _EMPTY,
    services: Sequence[Label] = (),
    hours: Sequence[dict[str, Any]] = (),
    place: Label = _EMPTY,
    contact: str | None = None,
    venue: Venue | None = None,
    sample: bool = False,
    actor: Actor,
) -> Room:
    """Plan a new room; it is not open before somebody opens it."""
    ensure_configures(actor, street)
    _ensure_hours(hours)
    room = Room(
        unit_id=street.id,
        platform_id=platform.id,
        code=rules.free_code(code or rules.code_from(name, "room"), queries.codes_in(street)),
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
    session.add(room)
    session.flush()
    _note("rooms.add", room.id, street, actor, code=room.code)
    return room


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
    actor: Actor,
) -> None:
    """Other words, hours, services, venue, place or contact."""
    ensure_configures(actor, street)
    _ensure_hours(hours)
    before = dict(room.name)
    room.name, room.seal, room.purpose = name, seal, purpose
    room.services, room.hours = [dict(s) for s in services], list(hours)
    room.place, room.contact = dict(place), contact or None
    room.venue_id = venue.id if venue else None
    _touch("rooms.change", street, room, actor, before=before, after=dict(name))


def reshape_room(
    street: Unit,
    room: Room,
    *,
    platform: str,
    venue: str,
    keeper: str,
    picture: IO[bytes] | None,
    drop_photo: bool,
    actor: Actor,
    **words: Any,
) -> None:
    """Everything on the room's form: words, platform, keeper and picture, as far as they differ."""
    at = queries.chosen_venue(street, venue)
    home = queries.chosen_platform(street, platform)
    person = queries.chosen_keeper(street, room, keeper)
    change_room(street, room, venue=at, actor=actor, **words)
    if home.id != room.platform_id:
        move_room(street, room, platform=home, actor=actor)
    if (person.id if person else None) != room.keeper_id:
        set_keeper(street, room, keeper=person, actor=actor)
    _change_picture(street, room, picture, drop_photo, actor)


def run_room(
    street: Unit,
    room: Room,
    *,
    services: Sequence[Label],
    hours: Sequence[dict[str, Any]],
    contact: str,
    picture: IO[bytes] | None,
    drop_photo: bool,
    actor: Actor,
) -> None:
    """What a keeper changes from day to day."""
    _ensure_keeps(actor, street, room)
    _ensure_hours(hours)
    room.services, room.hours = [dict(s) for s in services], list(hours)
    room.contact = contact or None
    _touch("rooms.run", street, room, actor)
    _change_picture(street, room, picture, drop_photo, actor)


def _change_picture(
    street: Unit, room: Room, picture: IO[bytes] | None, drop: bool, actor: Actor
) -> None:
    """Last in its use case: the old file goes once the change is stored."""
    if picture is not None:
        picture.seek(0)  # a second try after somebody was quicker reads it again
        set_photo(street, room, photo=storage.save_picture(picture), actor=actor)
    elif drop and room.photo:
        set_photo(street, room, photo=None, actor=actor)


def _ensure_keeps(actor: Actor, street: Unit, room: Room) -> None:
    if not permissions.can_keep(actor, street.path, room.keeper_id) and actor.kind != "system":
        raise Forbidden


def _ensure_hours(hours: Sequence[dict[str, Any]]) -> None:
    if faults := rules.faults_of_hours(hours):
        raise Invalid({"hours": [_FAULTS[fault] for fault in dict.fromkeys(faults)]})


def set_photo(street: Unit, room: Room, *, photo: str | None, actor: Actor) -> None:
    """Another picture (the key of a stored one), or none."""
    _ensure_keeps(actor, street, room)
    before, room.photo = room.photo, photo
    _touch("rooms.set_photo", street, room, actor)
    old = storage.picture_path(before) if before else None
    if old is not None:
        after_commit(lambda: old.unlink(missing_ok=True))


def move_room(street: Unit, room: Room, *, platform: Platform, actor: Actor) -> None:
    """Let a room belong to another platform of its street."""
    ensure_configures(actor, street)
    if platform.unit_id != street.id:
        raise Invalid({"platform": [_l("Choose a platform of this street.")]})
    room.platform_id = platform.id
    _touch("rooms.move", street, room, actor, platform=platform.code)


def shift_room(street: Unit, room: Room, *, way: str, actor: Actor) -> None:
    """Let a room change places with its neighbour on the same platform."""
    beside = [r for r in queries.structure_of(street).rooms if r.platform_id == room.platform_id]
    codes = [r.code for r in beside]
    if room.code not in codes:
        raise Conflict
    places = sorted(r.position for r in beside)
    by_code = {r.code: r for r in beside}
    ensure_configures(actor, street)
    for code, position in zip(rules.swapped(codes, room.code, way), places, strict=True):
        by_code[code].position = position
    _note("rooms.order", room.id, street, actor, code=room.code, way=way)


def shift_platform(street: Unit, platform: Platform, *, way: str, actor: Actor) -> None:
    """Let a platform change places with its neighbour."""
    ensure_configures(actor, street)
    platforms = {p.code: p for p in queries.structure_of(street).platforms}
    order = rules.swapped(list(platforms), platform.code, way)
    for position, code in enumerate(order, start=1):
        platforms[code].position = position
    _note("rooms.order_platforms", platform.id, street, actor, code=platform.code, way=way)


def set_keeper(street: Unit, room: Room, *, keeper: Person | None, actor: Actor) -> None:
    """Say who keeps a room; None makes it vacant."""
    ensure_configures(actor, street)
    room.keeper_id = keeper.id if keeper else None
    _touch("rooms.set_keeper", street, room, actor, keeper=room.keeper_id)


def set_status(street: Unit, room: Room, *, status: str, reason: str = "", actor: Actor) -> None:
    """Open, pause, retire or bring back a room. Pausing and retiring need a reason."""
    if status == "retired" or room.status == "retired":
        ensure_configures(actor, street)
    else:
        _ensure_keeps(actor, street, room)
    if not rules.may_change(room.status, status):
        raise Conflict
    if status in rules.NEEDS_REASON and not reason.strip():
        raise Invalid({"reason": [_l("Say why, in a sentence: residents will read it.")]})
    before, room.status = room.status, status
    room.status_reason = reason.strip() or None
    _touch("rooms.set_status", street, room, actor, before=before, after=status)


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


def copy_rooms(
    street: Unit, source: Unit, *, rooms: Sequence[str], platform: str, actor: Actor
) -> list[Room]:
    """Plan rooms of another street here too, each on ``platform`` or on the one of its own code."""
    ensure_configures(actor, street)
    originals = queries.rooms_named(source, rooms)
    if not originals:
        raise Invalid({"rooms": [_l("Tick at least one room.")]})
    fixed = queries.chosen_platform(street, platform) if platform else None
    return [
        duplicate_room(
            original, street=street, platform=fixed or _like(street, original, actor), actor=actor
        )
        for original in originals
    ]


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


def add_venue(
    unit: Unit,
    *,
    code: str,
    name: Label,
    facts: Label,
    area_m2: int | None = None,
    sample: bool = False,
    actor: Actor,
) -> Venue:
    """A building or hall in which rooms can be."""
    venue = Venue(
        unit_id=unit.id, code=code, name=name, facts=facts, area_m2=area_m2, sample=sample
    )
    session.add(venue)
    session.flush()
    audit.record("rooms.add_venue", "venue", venue.id, actor=actor, unit_path=unit.path)
    return venue


def _touch(action: str, street: Unit, room: Room, actor: Actor, **facts: Any) -> None:
    room.changed_at = clock.now()
    session.flush()
    _note(action, room.id, street, actor, code=room.code, **facts)


def _note(action: str, thing_id: int | None, street: Unit, actor: Actor, **facts: Any) -> None:
    audit.record(action, "room", thing_id, actor=actor, unit_path=street.path, **facts)

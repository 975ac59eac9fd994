"""What the district's library of rooms takes from a model package, and gives to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.parts import File, Listed, Package, Part, alone, said
from saas.packages.schemas.fields import plain
from saas.rooms import commands, queries
from saas.rooms.models import (
    CentreTemplate,
    Platform,
    PlatformTemplate,
    Room,
    RoomTemplate,
)
from saas.rooms.package import checks, contents, shapes
from saas.rooms.package.shapes import Rooms
from saas.territory import queries as territory
from saas.workdays.package.words import hours_in_words


def _bring(package: Package) -> None:
    """Make the library say what the package says; streets follow in what is not their own.

    What the package has no more is removed where no street uses it, and retired elsewhere. Streets
    are told of every room that is new or retired, as when the library is changed by hand.
    """
    model = package.of(Rooms)
    library = queries.library()
    _bring_centre(library.centre or CentreTemplate(), model.centre)
    before = {row.code for row in library.rooms if not row.retired_at}
    platforms = {row.code: row for row in library.platforms}
    for position, part in enumerate(model.platforms, start=1):
        row = platforms.get(part.code) or PlatformTemplate(code=part.code)
        _say(row, part)
        row.position, row.retired_at = position, None
        session.add(row)
    session.flush()
    rooms = {row.code: row for row in library.rooms}
    for position, room in enumerate(model.rooms, start=1):
        _bring_room(rooms.get(room.code) or RoomTemplate(code=room.code), room, position)
    session.flush()
    _drop(rooms, {part.code for part in model.rooms}, lambda: queries.uses(Room))
    _drop(platforms, {part.code for part in model.platforms}, _homes)
    commands.follow(actor=SYSTEM)
    for template in queries.library().rooms if queries.streets() else ():
        if (template.code in before) is bool(template.retired_at):
            commands.tell_streets(template, actor=SYSTEM)


def _read() -> dict[str, Any]:
    """The library without what is retired, in its order, and in its own words: not in those of a
    culture. Nothing where the district has no library.
    """
    library = queries.library()
    if library.centre is None:
        return {}
    platforms = [said(shapes.Platform, row) for row in library.platforms if not row.retired_at]
    rooms = [said(shapes.Room, row) for row in library.rooms if not row.retired_at]
    centre = said(shapes.Centre, library.centre)
    return {"rooms": {"centre": centre, "platforms": platforms, "rooms": rooms}}


def seed(_: dict[str, Any]) -> None:
    """Give every street office directly beneath the district what its library has."""
    root = territory.root()
    if root is None or queries.library().centre is None:
        return
    commands.call_as_here(actor=SYSTEM)
    for street in filter(territory.is_place, territory.children(root)):
        if queries.centre_of(street) is None:
            commands.plan_street(street, actor=SYSTEM)


def _bring_centre(row: CentreTemplate, part: Any) -> None:
    row.code = part.code
    _say(row, part)
    session.add(row)


def _bring_room(row: RoomTemplate, part: Any, position: int) -> None:
    _say(row, part)
    if row.retired_at:
        commands.ask_anew(row.code)
    row.platform, row.position, row.retired_at = part.platform, position, None
    row.services, row.hours = plain(part.services), plain(part.hours)
    row.by_appointment = part.by_appointment
    row.called = row.called or {}
    session.add(row)


def _say(row: CentreTemplate | PlatformTemplate | RoomTemplate, part: Any) -> None:
    row.name, row.seal, row.purpose = dict(part.name), part.seal, dict(part.purpose)


def _homes() -> dict[str, int]:
    """Platforms in use: by a street, or by a room of the library that stays because it is used."""
    used = queries.uses(Platform)
    for row in queries.library().rooms:
        used.setdefault(row.platform, 1)
    return used


def _drop(rows: dict[str, Any], stay: set[str], count_uses: Callable[[], dict[str, int]]) -> None:
    gone = rows.keys() - stay
    used = count_uses() if gone else {}
    for code in gone:
        if code in used and not rows[code].retired_at:
            rows[code].retired_at = clock.now()
            commands.ask_anew(code)
        elif code not in used:
            session.delete(rows[code])
    session.flush()


#: Nothing is held: a room that streets have is retired in the library, and they are asked.
PART = Part(
    files=(File("rooms", Rooms, _l("Rooms"), place=30),),
    lists=(
        alone("rooms", "centre", _l("support centre"), _l("Support centre"), title="name"),
        Listed("rooms", "platforms", _l("platform"), _l("Platforms")),
        Listed("rooms", "rooms", _l("room"), _l("Function rooms"),
               refs={"platform": ("rooms", "platforms")}, says={"hours": hours_in_words}),
    ),
    check=checks.check,
    words={
        "by_appointment": _l("opens by appointment only"),
        "hours": _l("opening hours"),
        "platform": _l("platform"),
        "purpose": _l("purpose"),
        "seal": _l("seal"),
        "services": _l("services"),
    },
    explained={
        "Rooms": _l("What every street that adopts the model begins with."),
        "Centre": _l("The support centre in the middle of the plan."),
        "Platform": _l("A platform, which serves organisations and gathers rooms."),
        "Room": _l("A function room, which serves residents."),
        "Room.seal": _l("One character, used once in the whole package."),
        "Room.platform": _l("The code of the platform to which the room belongs."),
        "Room.services": _l("What people can get there, each in a few words."),
        "Room.hours": _l("When it is open; several rows if it closes at noon."),
        "Room.by_appointment": _l("It opens when people agree on a time, so it needs no hours."),
    },
    counts=contents.counts,
    sections=contents.sections,
    bring=_bring,
    read=_read,
    tables=("centre_templates", "platform_templates", "room_templates"),
)  # fmt: skip

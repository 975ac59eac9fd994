"""Reading the district's library of rooms, and what a street has of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import NotFound, not_listed
from saas.rooms import permissions
from saas.rooms.models import (
    Centre,
    CentreTemplate,
    LibraryAnswer,
    Platform,
    PlatformTemplate,
    Room,
    RoomTemplate,
)
from saas.territory import queries as territory
from saas.territory.queries import Unit

Values = dict[str, Any]
Template = CentreTemplate | PlatformTemplate | RoomTemplate
Thing = Centre | Platform | Room


@dataclass(frozen=True, slots=True)
class Library:
    """Everything in the library, in its order, what is retired too."""

    centre: CentreTemplate | None
    platforms: Sequence[PlatformTemplate]
    rooms: Sequence[RoomTemplate]

    def of(self, platform: PlatformTemplate, *, retired: bool = False) -> list[RoomTemplate]:
        """The rooms of a platform, those in use or those that are retired."""
        here = [room for room in self.rooms if room.platform == platform.code]
        return [room for room in here if bool(room.retired_at) == retired]

    def inherited(self, thing: Thing) -> Values | None:
        """What a street's thing takes from the library; None where it has no such template."""
        if isinstance(thing, Centre):
            return values_of_template(self.centre) if self.centre else None
        rows: Sequence[Template] = self.platforms if isinstance(thing, Platform) else self.rooms
        found = next((row for row in rows if row.code == thing.code), None)
        return values_of_template(found) if found else None


def library() -> Library:
    """The library of this district, in three questions."""
    return Library(
        session.scalars(sa.select(CentreTemplate).order_by(CentreTemplate.id)).first(),
        session.scalars(
            sa.select(PlatformTemplate).order_by(PlatformTemplate.position, PlatformTemplate.id)
        ).all(),
        session.scalars(
            sa.select(RoomTemplate).order_by(RoomTemplate.position, RoomTemplate.id)
        ).all(),
    )


def values_of_template(template: Template) -> Values:
    """A template's fields as a street inherits them: in the words of the culture in force."""
    values: Values = {
        "name": dict(template.name),
        "seal": template.seal,
        "purpose": dict(template.purpose),
    }
    if isinstance(template, PlatformTemplate | RoomTemplate):
        values["position"] = template.position
    if isinstance(template, RoomTemplate):
        values |= {
            "services": [dict(s) for s in template.services],
            "hours": list(template.hours),
            "platform": template.platform,
        }
        values |= {k: v for k, v in template.called.items() if k in ("name", "seal") and v}
    return values


def values_of(thing: Thing, platform: str = "") -> Values:
    """The same fields of what a street has; ``platform`` is the code of a room's platform."""
    values: Values = {
        "name": dict(thing.name),
        "seal": thing.seal,
        "purpose": dict(thing.purpose),
    }
    if isinstance(thing, Platform | Room):
        values["position"] = thing.position
    if isinstance(thing, Room):
        home = platform or session.get_one(Platform, thing.platform_id).code
        services = [dict(s) for s in thing.services]
        values |= {"services": services, "hours": list(thing.hours), "platform": home}
    return values


def inherited_by(thing: Thing) -> Values | None:
    """What one thing takes from the library; None where it is the street's own."""
    if isinstance(thing, Centre):
        found: Template | None = session.scalars(sa.select(CentreTemplate)).first()
    elif isinstance(thing, Platform):
        found = find_platform_template(thing.code)
    else:
        found = find_room_template(thing.code)
    return values_of_template(found) if found else None


def inherited_room(code: str) -> Values | None:
    """What a room of that code takes from the library."""
    found = find_room_template(code)
    return values_of_template(found) if found else None


def home_of(unit_id: int, code: str) -> Platform | None:
    """A street's platform by the unit's id and the platform's code."""
    query = sa.select(Platform).where(Platform.unit_id == unit_id, Platform.code == code)
    return session.scalar(query)


def platform_names(street: Unit) -> dict[str, Label]:
    """Code → what a platform is called: in the street, else in the library."""
    query = sa.select(Platform.code, Platform.name).where(Platform.unit_id == street.id)
    shared = session.execute(sa.select(PlatformTemplate.code, PlatformTemplate.name))
    return {code: name for code, name in (*shared, *session.execute(query))}


def find_room_template(code: str) -> RoomTemplate | None:
    """A room of the library by code, retired ones too."""
    return session.scalar(sa.select(RoomTemplate).where(RoomTemplate.code == code))


def find_platform_template(code: str) -> PlatformTemplate | None:
    """A platform of the library by code, retired ones too."""
    return session.scalar(sa.select(PlatformTemplate).where(PlatformTemplate.code == code))


def room_template(code: str) -> RoomTemplate:
    """A room of the library, or `NotFound`."""
    found = find_room_template(code)
    if found is None:
        raise NotFound
    return found


def platform_template(code: str) -> PlatformTemplate:
    """A platform of the library, or `NotFound`."""
    found = find_platform_template(code)
    if found is None:
        raise NotFound
    return found


def chosen_home(code: str) -> PlatformTemplate:
    """The platform picked for a template; `Invalid` at ``platform`` where none is in use so."""
    found = find_platform_template(code)
    if found is None or found.retired_at:
        raise not_listed("platform")
    return found


def shapes_library(actor: Actor) -> bool:
    """Whether ``actor`` may shape the rooms of the whole district."""
    root = territory.root()
    return root is not None and permissions.can_configure(actor, root.path)


def ensure_library(actor: Actor) -> Unit:
    """The district's root; raises `NotFound` unless ``actor`` may shape the rooms of all of it."""
    root = territory.root()
    if root is None or not permissions.can_configure(actor, root.path):
        raise NotFound
    return root


def template_codes() -> set[str]:
    """Every code of a room in the library."""
    return set(session.scalars(sa.select(RoomTemplate.code)))


def room_codes() -> set[str]:
    """Every code that a room has anywhere in the district, in streets and in the library."""
    return template_codes() | set(session.scalars(sa.select(Room.code).distinct()))


def platform_codes() -> set[str]:
    """The same for platforms."""
    used = set(session.scalars(sa.select(Platform.code).distinct()))
    return used | set(session.scalars(sa.select(PlatformTemplate.code)))


def uses(model: type[Platform] | type[Room], *, living: bool = False) -> dict[str, int]:
    """Code → how many streets have a platform or a room of that code; ``living`` rooms only."""
    query = sa.select(model.code, sa.func.count()).group_by(model.code)
    if living:
        query = query.where(Room.status != "retired")
    return {code: number for code, number in session.execute(query)}


def own_counts(code: str) -> dict[str, int]:
    """Field → in how many streets it is the street's own, for the rooms of one code."""
    query = sa.select(Room.own).where(Room.code == code, Room.status != "retired")
    return dict(Counter(field for own in session.scalars(query) for field in own))


@dataclass(frozen=True, slots=True)
class News:
    """What the library has that a street has not answered: rooms to take up, rooms given up."""

    offered: Sequence[RoomTemplate]
    retired: Sequence[Room]

    @property
    def codes(self) -> set[str]:
        """The rooms about which there is something to decide."""
        return {one.code for one in self.offered} | {one.code for one in self.retired}

    def __bool__(self) -> bool:
        return bool(self.offered or self.retired)


def news_for(street: Unit) -> News:
    """Offers to a street, and its rooms whose template the district has retired."""
    answered = sa.select(LibraryAnswer.code).where(LibraryAnswer.unit_id == street.id)
    mine = sa.select(Room.code).where(Room.unit_id == street.id)
    offered = sa.select(RoomTemplate).where(
        RoomTemplate.retired_at.is_(None),
        RoomTemplate.code.not_in(mine),
        RoomTemplate.code.not_in(answered),
    )
    gone = (
        sa.select(Room)
        .join(RoomTemplate, RoomTemplate.code == Room.code)
        .where(
            Room.unit_id == street.id,
            Room.status != "retired",
            RoomTemplate.retired_at.is_not(None),
            Room.code.not_in(answered),
        )
    )
    return News(
        session.scalars(offered.order_by(RoomTemplate.position)).all(),
        session.scalars(gone.order_by(Room.position)).all(),
    )

"""Reading files that wait, and the district as a workbook is held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from saas import sheets
from saas.accounts import queries as people
from saas.accounts.queries import HeldPost
from saas.demands import queries as demands
from saas.kernel.clock import today
from saas.kernel.db import session
from saas.kernel.i18n import say
from saas.kernel.workbooks import plain
from saas.onboarding.workbook.rules.world import (
    Checks,
    KnownKind,
    KnownPerson,
    KnownPost,
    KnownRole,
    KnownRoom,
    KnownUnit,
    KnownVenue,
    World,
)
from saas.packages.model import queries as model
from saas.rooms import permissions as room_permissions
from saas.rooms import queries as rooms
from saas.rooms.package.shapes import Rooms
from saas.sheets import Draft
from saas.territory import queries as territory

_MANY = 100_000


def model_rooms() -> Rooms:
    """Centre, platforms and rooms of the district's model."""
    return model.installed_file(Rooms)


def world_for(draft: Draft) -> World:
    """The district as far as the workbook speaks of it."""
    units = _units()
    with_rooms = bool(draft.rows["rooms"] or draft.rows["venues"])
    return World(
        kinds={kind.code: _kind(kind) for kind in territory.kinds()},
        units=units,
        roles={role.code: _role(role) for role in people.roles()},
        people=tuple(_people(draft)),
        vacant=_vacant(),
        rooms=_rooms() if with_rooms else {},
        venues=_venues() if with_rooms else {},
        offered={room.code: _offered(room) for room in model_rooms().rooms},
        keepers=_keepers() if with_rooms else {},
        levels={level.code: level.name for level in demands.escalation_levels()},
        times={level: (own.accept, own.resolve) for level, own in demands.times().items()},
        checks=_checks(),
        today=today(),
        no_place=territory.DEPARTMENT,
    )


def _checks() -> Checks:
    day = today()
    return Checks(
        login=people.usable_login,
        phone=people.usable_phone,
        identity=lambda text: people.is_identity(text, day),
        hours=rooms.hours_from_words,
        hours_told=rooms.hours_in_words,
    )


def _units() -> dict[str, KnownUnit]:
    rows = session.scalars(sa.select(territory.Unit).order_by(territory.Unit.path)).all()
    codes = {unit.id: unit.code for unit in rows}
    return {
        unit.code: KnownUnit(
            unit.code,
            unit.kind,
            dict(unit.name),
            codes.get(unit.parent_id or 0),
            unit.official_code,
            unit.retired_at is not None,
        )
        for unit in rows
    }


def _kind(kind: Any) -> KnownKind:
    return KnownKind(kind.code, kind.name, tuple(kind.under), kind.position)


def _offered(room: Any) -> KnownRoom:
    hours = tuple(_hours(room.hours))
    return KnownRoom(room.code, dict(room.name), hours=hours, by_appointment=room.by_appointment)


def _role(role: Any) -> KnownRole:
    keeps = room_permissions.KEEP in role.permissions
    return KnownRole(role.code, role.name, tuple(role.at), role.resident, keeps)


def _people(draft: Draft) -> Iterator[KnownPerson]:
    rows = draft.rows["people"]
    numbers = (people.usable_phone(row.get("phone")) for row in rows if row.get("phone"))
    found = people.people_named(
        {row.get("login").lower() for row in rows} - {""}, {n for n in numbers if n}
    )
    held = people.posts_of([person.id for person in found])
    for person in found:
        yield KnownPerson(
            person.id,
            person.name,
            person.login,
            person.phone,
            person.disabled_at is not None,
            tuple(_post(post) for post in held.get(person.id, [])),
        )


def _post(post: HeldPost) -> KnownPost:
    return KnownPost(post.id, post.unit_code, post.role, post.name)


def _vacant() -> dict[tuple[str, str], tuple[KnownPost, ...]]:
    root = territory.root()
    posts, _ = people.vacant_posts([root.path] if root else [], size=_MANY)
    found: dict[tuple[str, str], tuple[KnownPost, ...]] = {}
    for post in map(_post, posts):
        key = (post.unit, post.role)
        found[key] = (*found.get(key, ()), post)
    return found


def _rooms() -> dict[str, dict[str, KnownRoom]]:
    codes = {venue.id: venue.code for street in _streets() for venue in rooms.venues_in(street)}
    free = {room.code for room in rooms.library().rooms if room.by_appointment}
    return {
        street.code: {
            room.code: KnownRoom(
                room.code,
                room.name,
                room.keeper_id,
                tuple(room.hours),
                room.place,
                room.contact,
                room.status,
                codes.get(room.venue_id or 0),
                room.code in free,
            )
            for room in rooms.structure_of(street, retired=True).rooms
        }
        for street in rooms.streets()
    }


def _venues() -> dict[str, dict[str, KnownVenue]]:
    return {
        street.code: {
            venue.code: KnownVenue(
                venue.code,
                dict(venue.name),
                venue.area_m2,
                dict(venue.facts),
                venue.closed_at is not None,
                rooms.used_area(venue) > 0,
            )
            for venue in rooms.venues_in(street, closed=True)
        }
        for street in _streets()
    }


def _keepers() -> dict[str, tuple[KnownPerson, ...]]:
    return {
        street.code: tuple(
            KnownPerson(post.person_id, post.person_name or "")
            for post in rooms.keepers_for(street)
            if post.person_id
        )
        for street in _streets()
    }


def _streets() -> Sequence[territory.Unit]:
    return [unit for unit in territory.children(territory.root()) if territory.is_place(unit)]


def _hours(hours: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for row in hours:
        yield {"days": list(row.days), "opens": row.opens, "closes": row.closes}


def hours_of(room: Any) -> str:
    """The opening hours of a room of the model in words."""
    return rooms.hours_in_words(list(_hours(room.hours)))


def prepared_rows() -> dict[str, list[dict[str, str]]]:
    """What a workbook to be filled in begins with: the units, venues and rooms that are there, and
    for streets without rooms those of the model with their hours. No people: who is there is
    personal, and taken out by itself (`present_rows`).
    """
    found = _standing({})
    planned = {street.code for street in rooms.streets()}
    for street in _streets():
        if street.code not in planned:
            found["rooms"] += [
                {"street": street.code, "room": say(room.name), "hours": hours_of(room)}
                for room in model_rooms().rooms
            ]
    return found


def _standing(persons: dict[int, people.Person]) -> dict[str, list[dict[str, str]]]:
    streets = rooms.streets()
    return {
        "units": list(_present_units()),
        "venues": [row for street in _streets() for row in _present_venues(street)],
        "rooms": [row for street in streets for row in _present_rooms(street, persons)],
    }


def _present_venues(street: territory.Unit) -> Iterator[dict[str, str]]:
    for venue in rooms.venues_in(street, closed=True):
        yield {
            "street": street.code,
            "code": venue.code,
            "venue": venue.name.get("zh") or say(venue.name),
            "area": str(venue.area_m2 or ""),
            "about": venue.facts.get("zh", ""),
            "closed": sheets.flags_in_words()[0] if venue.closed_at else "",
        }


def present_rows() -> dict[str, list[dict[str, str]]]:
    """Units, people, venues and rooms as they are now, as rows of the workbook by section.

    Left out is what a workbook cannot bring: the district itself, and what is out of use. Nothing
    stands there that would be a change when it comes back, and of numbers of people only those
    without which somebody would not be known again.
    """
    posts = people.posts_of_staff()
    persons = _persons({post.person_id for post in posts if post.person_id})
    staff = [_present_post(post, persons[post.person_id or 0]) for post in posts]
    return {**_standing(persons), "people": staff}


def _persons(ids: set[int]) -> dict[int, people.Person]:
    found = session.scalars(sa.select(people.Person).where(people.Person.id.in_(ids)))
    return {person.id: person for person in found}


def _present_units() -> Iterator[dict[str, str]]:
    kinds = territory.kind_names()
    for unit in _units().values():
        if unit.parent and not unit.retired:
            yield {
                "code": unit.code,
                "kind": say(kinds[unit.kind]),
                "name": unit.name.get("zh") or say(unit.name),
                "name_en": unit.name.get("en", ""),
                "parent": unit.parent,
                "official_code": unit.official_code or "",
            }


def _present_post(post: HeldPost, person: people.Person) -> dict[str, str]:
    return {
        "person": person.name,
        "login": person.login or "",
        "phone": "" if person.login else person.phone or "",
        "unit": post.unit_code,
        "role": say(post.role_name),
        "post": post.name.get("zh", ""),
    }


def _present_rooms(
    street: territory.Unit, persons: dict[int, people.Person]
) -> Iterator[dict[str, str]]:
    """Each room by its name in the model, or by its code where that is not one room's alone."""
    offered = {room.code: dict(room.name) for room in model_rooms().rooms}
    found = rooms.structure_of(street).rooms
    names = {(plain(n), room.code) for room in found for n in (room.code, *room.name.values())}
    names |= {(plain(name), code) for code, label in offered.items() for name in label.values()}
    called = Counter(name for name, _ in names)
    keepers = {post.person_id for post in rooms.keepers_for(street)}
    venues = {venue.id: venue.code for venue in rooms.venues_in(street)}
    for room in found:
        label, keeper = offered.get(room.code, {}), persons.get(room.keeper_id or 0)
        keeps = keeper if keeper is not None and keeper.id in keepers else None
        alone, own = called[plain(say(label))] == 1, room.name.get("zh", "")
        yield {
            "street": street.code,
            "room": say(label) if alone else room.code,
            "own_name": "" if own == label.get("zh") else own,
            "keeper": (keeps.login or keeps.phone or "") if keeps else "",
            "hours": rooms.hours_in_words(room.hours) if room.hours else "",
            "place": room.place.get("zh") or say(room.place),
            "venue": venues.get(room.venue_id or 0, ""),
            "contact": room.contact or "",
            "open": sheets.flags_in_words()[0] if room.status == "open" else "",
        }

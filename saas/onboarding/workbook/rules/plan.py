"""What an import would do, step by step, and the ways in which a step says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from saas.kernel.context import Label
from saas.kernel.workbooks import CellFault
from saas.sheets import Change, Given, Row, state_of


@dataclass(frozen=True, slots=True)
class UnitStep:
    """A unit: ``key`` is its code or stands for it until it has one, as does ``parent``."""

    said: Row
    key: str
    there: bool
    kind: str
    name: Label
    parent: str
    code: str = ""
    official_code: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class PostStep:
    """A post to be held at a unit: the one of ``post_id`` or a new one. ``held``: it is already."""

    said: Row
    unit: str
    role: str
    name: str = ""
    since: date | None = None
    post_id: int | None = None
    held: bool = False
    renamed: bool = False


@dataclass(slots=True)
class PersonStep:
    """Somebody, from one row or several; ``person_id`` where it is somebody known already."""

    said: Row
    name: str
    login: str
    phone: str
    person_id: int | None = None
    changes: tuple[Change, ...] = ()
    posts: list[PostStep] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class VenueStep:
    """A venue of a street: ``key`` is its code, or its name as it is compared until it has one.
    ``closes``: close it, open it again, or leave it as it is.
    """

    said: Row
    street: str
    key: str
    there: bool
    name: str = ""
    area: int | None = None
    about: str = ""
    closes: bool | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomStep:
    """A room of a street: what is to be other than it is; None leaves it.

    ``keeper`` is a place in the list of people of the plan, ``keeper_id`` somebody known already;
    ``venue`` is the key of one.
    """

    said: Row
    street: str
    room: str
    there: bool
    name: str | None = None
    keeper: int | None = None
    keeper_id: int | None = None
    hours: list[dict[str, Any]] | None = None
    place: str | None = None
    venue: str | None = None
    contact: str | None = None
    opens: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeStep:
    """The working hours of a level."""

    said: Row
    level: str
    accept: int
    resolve: int
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Plan:
    """All of it in the order in which it is done; with any fault nothing of it is."""

    units: list[UnitStep] = field(default_factory=list)
    people: list[PersonStep] = field(default_factory=list)
    venues: list[VenueStep] = field(default_factory=list)
    rooms: list[RoomStep] = field(default_factory=list)
    times: list[TimeStep] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    tidied: int = 0

    def steps(self) -> Iterator[tuple[str, str, Any]]:
        """Section, what becomes of it (add, change, same), and the step."""
        for unit in self.units:
            yield "units", state_of(there=unit.there, changes=bool(unit.changes)), unit
        for person in self.people:
            moved = any(not post.held or post.renamed for post in person.posts)
            known = person.person_id is not None
            yield "people", state_of(there=known, changes=bool(person.changes) or moved), person
        for venue in self.venues:
            yield "venues", state_of(there=venue.there, changes=bool(venue.changes)), venue
        for room in self.rooms:
            yield "rooms", state_of(there=room.there, changes=bool(room.changes)), room
        for time in self.times:
            yield "deadlines", state_of(there=True, changes=bool(time.changes)), time

    def counts(self) -> Counter[tuple[str, str]]:
        """How many steps of each section add, change or leave as it is."""
        return Counter((section, state) for section, state, _ in self.steps())

    def values(self, row: Row, given: Given) -> dict[str, Any]:
        """What a row's cells mean; what cannot be used is among the faults."""
        values, wrong = row.values(given)
        self.faults += wrong
        return values

    @property
    def to_do(self) -> int:
        """How many steps do anything."""
        return sum(state != "same" for _, state, _ in self.steps())

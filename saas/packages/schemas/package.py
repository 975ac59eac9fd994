"""The files of a model package: one dataclass and one schema for each thing in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from saas.packages.schemas.demands import Demands, DemandsSchema
from saas.packages.schemas.fields import (
    Clock,
    Code,
    Flag,
    Label,
    Part,
    Rows,
    Seal,
    Strict,
    Text,
    Whole,
    label,
    plain,
)
from saas.packages.schemas.head import Head, HeadSchema
from saas.packages.schemas.settled import settled


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit, and the kinds under which it may stand; the root kind has none."""

    code: str
    name: Label
    under: tuple[str, ...]


class KindSchema(Strict):
    """A row of ``kinds``."""

    shape = Kind
    code = Code(required=True)
    name = label()
    under = Rows(Code(), required=True, most=40)


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of a ladder; ``kind`` is the kind of unit that holds it, where one does."""

    code: str
    name: Label
    kind: str | None


class LevelSchema(Strict):
    """A row of a ladder's ``levels``."""

    shape = Level
    code = Code(required=True)
    name = label()
    kind = Code(required=True, allow_none=True)


@dataclass(frozen=True, slots=True)
class Ladder:
    """A named order of levels, bottom first."""

    code: str
    name: Label
    levels: tuple[Level, ...]


class LadderSchema(Strict):
    """A row of ``ladders``."""

    shape = Ladder
    code = Code(required=True)
    name = label()
    levels = Rows(Part(LevelSchema), required=True, least=1, most=20)


@dataclass(frozen=True, slots=True)
class Department:
    """An office beside the levels, to which things are handed that are its business."""

    code: str
    name: Label


class DepartmentSchema(Strict):
    """A row of ``departments``."""

    shape = Department
    code = Code(required=True)
    name = label()


@dataclass(frozen=True, slots=True)
class Territory:
    """territory.yaml: kinds of units from the root down, and the ladders over them.

    ``departments`` are units of the kind ``department`` with which every new district begins.
    """

    kinds: tuple[Kind, ...]
    ladders: tuple[Ladder, ...]
    departments: tuple[Department, ...] = ()

    def ladder(self, code: str) -> Ladder:
        """The ladder of that code; a package that loads has every ladder it speaks of."""
        return next(ladder for ladder in self.ladders if ladder.code == code)


class TerritorySchema(Strict):
    """territory.yaml."""

    shape = Territory
    kinds = Rows(Part(KindSchema), required=True, least=1, most=40)
    ladders = Rows(Part(LadderSchema), required=True, least=1, most=40)
    departments = Rows(Part(DepartmentSchema), most=300)


@dataclass(frozen=True, slots=True)
class Role:
    """A set of permissions that a post at one of these kinds of unit may carry."""

    code: str
    name: Label
    at: tuple[str, ...]
    permissions: tuple[str, ...]
    administers: bool = False
    resident: bool = False


class RoleSchema(Strict):
    """A row of ``roles``."""

    shape = Role
    code = Code(required=True)
    name = label()
    at = Rows(Code(), required=True, least=1, most=40)
    permissions = Rows(Text(limit=80), required=True, least=1, most=200)
    administers = Flag()
    resident = Flag()


@dataclass(frozen=True, slots=True)
class Roles:
    """accounts.yaml."""

    roles: tuple[Role, ...]


class RolesSchema(Strict):
    """accounts.yaml."""

    shape = Roles
    roles = Rows(Part(RoleSchema), required=True, least=1, most=60)


@dataclass(frozen=True, slots=True)
class Centre:
    """The support centre at the heart of a street's plan."""

    code: str
    name: Label
    seal: str
    purpose: Label


class PlaceSchema(Strict):
    """What centre, platforms and rooms have in common."""

    code = Code(required=True)
    name = label()
    seal = Seal(required=True)
    purpose = label()


class CentreSchema(PlaceSchema):
    """``centre`` of rooms.yaml."""

    shape = Centre


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform, which serves organisations and gathers rooms."""

    code: str
    name: Label
    seal: str
    purpose: Label


class PlatformSchema(PlaceSchema):
    """A row of ``platforms``."""

    shape = Platform


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on these days of the week (1 is Monday) from ``opens`` to ``closes``."""

    days: tuple[int, ...]
    opens: str
    closes: str


class HoursSchema(Strict):
    """A row of a room's ``hours``, or of the ``week`` in which offices work."""

    shape = Hours
    days = Rows(Whole(least=1, most=7), required=True, least=1, most=7)
    opens = Clock(required=True)
    closes = Clock(required=True)


@dataclass(frozen=True, slots=True)
class Room:
    """A function room, which serves residents."""

    code: str
    platform: str
    name: Label
    seal: str
    purpose: Label
    services: tuple[Label, ...]
    hours: tuple[Hours, ...]


class RoomSchema(PlaceSchema):
    """A row of ``rooms``."""

    shape = Room
    platform = Code(required=True)
    services = Rows(label(), required=True, least=1, most=40)
    hours = Rows(Part(HoursSchema), required=True, most=30)


@dataclass(frozen=True, slots=True)
class Rooms:
    """rooms.yaml: what every street office that adopts the model begins with."""

    centre: Centre
    platforms: tuple[Platform, ...]
    rooms: tuple[Room, ...]


class RoomsSchema(Strict):
    """rooms.yaml."""

    shape = Rooms
    centre = Part(CentreSchema, required=True)
    platforms = Rows(Part(PlatformSchema), required=True, most=60)
    rooms = Rows(Part(RoomSchema), required=True, most=300)


@dataclass(frozen=True, slots=True)
class Workdays:
    """workdays.yaml: the hours of an ordinary week, in which deadlines count."""

    week: tuple[Hours, ...]


class WorkdaysSchema(Strict):
    """workdays.yaml."""

    shape = Workdays
    week = Rows(Part(HoursSchema), required=True, least=1, most=30)


@dataclass(frozen=True, slots=True)
class Word:
    """What a district calls one of the product's ideas."""

    term: str
    name: Label


class WordSchema(Strict):
    """A row of ``words``."""

    shape = Word
    term = Code(required=True)
    name = label()


@dataclass(frozen=True, slots=True)
class Words:
    """words.yaml."""

    words: tuple[Word, ...]


class WordsSchema(Strict):
    """words.yaml."""

    shape = Words
    words = Rows(Part(WordSchema), required=True, least=1, most=500)


@dataclass(frozen=True, slots=True)
class Package:
    """A whole model package in which no fault was found."""

    head: Head
    territory: Territory
    roles: tuple[Role, ...]
    rooms: Rooms
    demands: Demands
    workdays: tuple[Hours, ...]
    words: tuple[Word, ...]

    @property
    def key(self) -> str:
        """The name of the package, for ever."""
        return self.head.key

    @property
    def version(self) -> str:
        """Three numbers."""
        return self.head.version

    def parts(self) -> dict[str, Any]:
        """What its files say, in the one order of `settled`: stem to plain lists and mappings."""
        whole = {"package": self.head, "territory": self.territory}
        whole |= {"rooms": self.rooms, "demands": self.demands}
        lists = {"accounts": ("roles", self.roles), "workdays": ("week", self.workdays)}
        lists |= {"words": ("words", self.words)}
        said = {file: plain(part) for file, part in whole.items()}
        return settled(said | {file: {name: plain(rows)} for file, (name, rows) in lists.items()})


#: Every file of a package by its stem, in reading order.
PACKAGE_FILES: dict[str, type[Strict]] = {
    "package": HeadSchema,
    "territory": TerritorySchema,
    "accounts": RolesSchema,
    "rooms": RoomsSchema,
    "demands": DemandsSchema,
    "workdays": WorkdaysSchema,
    "words": WordsSchema,
}

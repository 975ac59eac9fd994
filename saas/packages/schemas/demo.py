"""The files of a demo district: a sample place with people in it and demands on their way;
``history`` has the file of a year that is over.

Names on screen are labels as in a package. What people have typed themselves (a demand's words,
a reason, a reply) is plain text in their own language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from saas.packages.schemas.fields import (
    Choice,
    Code,
    Day,
    Flag,
    Key,
    Label,
    Number,
    Part,
    Rows,
    Strict,
    Text,
    Version,
    Whole,
    label,
)
from saas.packages.schemas.history import History, HistorySchema

ROOM_STATES = ("planned", "open", "paused", "retired")
VERBS = (
    "accept", "resolve", "pass_up", "return_down", "end", "withdraw", "reply", "ask", "answer",
    "transfer", "join", "contribute", "suspend", "resume", "doubt", "uphold", "overrule", "appeal",
    "supervise", "note", "confirm", "rate", "reopen", "follow", "climb",
)  # fmt: skip
_MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    """district.yaml: the tenant that is created, and the package and look it begins with."""

    code: str
    name: Label
    kind: str
    package: str
    look: str
    version: str | None = None
    official_code: str | None = None
    official_source: str | None = None
    official_date: date | None = None


class OfficialSchema(Strict):
    """An official division code with where and when it was published."""

    official_code = Text(limit=20)
    official_source = Text(limit=200)
    official_date = Day()


class DistrictSchema(OfficialSchema):
    """district.yaml."""

    shape = DemoDistrict
    code = Code(required=True)
    name = label()
    kind = Choice("demo", required=True)
    package = Key(required=True)
    version = Version()
    look = Code(required=True)


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit with the units below it; ``sample`` says that we made it up."""

    code: str
    kind: str
    name: Label
    sample: bool = False
    official_code: str | None = None
    official_source: str | None = None
    official_date: date | None = None
    units: tuple[DemoUnit, ...] = ()

    def walk(self, parent: DemoUnit | None = None) -> Iterator[tuple[DemoUnit, DemoUnit | None]]:
        """This unit and all below it, each with the one above it, parents first."""
        yield self, parent
        for unit in self.units:
            yield from unit.walk(self)


class UnitSchema(OfficialSchema):
    """A row of ``units``, at any depth."""

    shape = DemoUnit
    code = Code(required=True)
    kind = Code(required=True)
    name = label()
    sample = Flag()
    units = Rows(Part(lambda: UnitSchema()))


@dataclass(frozen=True, slots=True)
class DemoUnits:
    """units.yaml: one tree."""

    units: tuple[DemoUnit, ...]


class UnitsSchema(Strict):
    """units.yaml."""

    shape = DemoUnits
    units = Rows(Part(UnitSchema), required=True, least=1)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person with one post; ``entry`` offers the person as a way into the demo."""

    login: str
    name: str
    role: str
    unit: str
    post: Label
    phone: str | None = None
    entry: bool = False


class PersonSchema(Strict):
    """A row of ``people``."""

    shape = DemoPerson
    login = Code(required=True)
    name = Text(limit=60, required=True)
    role = Code(required=True)
    unit = Code(required=True)
    post = label()
    phone = Text(limit=20)
    entry = Flag()


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """people.yaml."""

    people: tuple[DemoPerson, ...]


class PeopleSchema(Strict):
    """people.yaml."""

    shape = DemoPeople
    people = Rows(Part(PersonSchema), required=True, least=1)


@dataclass(frozen=True, slots=True)
class DemoVenue:
    """A building or hall in which rooms are, with the facts that are known about it."""

    code: str
    unit: str
    name: Label
    facts: Label
    area_m2: int | None = None
    sample: bool = False


class VenueSchema(Strict):
    """A row of ``venues``."""

    shape = DemoVenue
    code = Code(required=True)
    unit = Code(required=True)
    name = label()
    facts = label()
    area_m2 = Whole(least=1, most=1_000_000)
    sample = Flag()


@dataclass(frozen=True, slots=True)
class DemoRoom:
    """How one room of the package stands in one street."""

    room: str
    status: str
    keeper: str | None = None
    venue: str | None = None
    place: Label | None = None
    contact: str | None = None
    reason: Label | None = None


class DemoRoomSchema(Strict):
    """A row of a street's ``rooms``."""

    shape = DemoRoom
    room = Code(required=True)
    status = Choice(*ROOM_STATES, required=True)
    keeper = Code()
    venue = Code()
    place = label(required=False)
    contact = Text(limit=60)
    reason = label(required=False)


@dataclass(frozen=True, slots=True)
class DemoStreet:
    """The rooms of one street."""

    unit: str
    rooms: tuple[DemoRoom, ...]


class StreetSchema(Strict):
    """A row of ``streets``."""

    shape = DemoStreet
    unit = Code(required=True)
    rooms = Rows(Part(DemoRoomSchema), required=True)


@dataclass(frozen=True, slots=True)
class DemoRooms:
    """rooms.yaml of a demo district."""

    venues: tuple[DemoVenue, ...]
    streets: tuple[DemoStreet, ...]


class DemoRoomsSchema(Strict):
    """rooms.yaml of a demo district."""

    shape = DemoRooms
    venues = Rows(Part(VenueSchema), required=True)
    streets = Rows(Part(StreetSchema), required=True)


@dataclass(frozen=True, slots=True)
class DemoStep:
    """What one person did with a demand, ``after_hours`` on the clock since the step before.

    ``until_days`` are counted from then; ``by`` is left out where the clock acts.
    """

    verb: str
    after_hours: float
    by: str | None = None
    reason: str | None = None
    reply: str | None = None
    unit: str | None = None
    code: str | None = None
    hours: int | None = None
    until_days: int | None = None
    rating: int | None = None


class StepSchema(Strict):
    """A row of a demand's ``steps``."""

    shape = DemoStep
    verb = Choice(*VERBS, required=True)
    after_hours = Number(least=0, most=_MOST_DAYS * 24, required=True)
    by = Code()
    reason = Text()
    reply = Text()
    unit = Code()
    code = Code()
    hours = Whole(least=1, most=2000)
    until_days = Whole(least=1, most=_MOST_DAYS)
    rating = Whole(least=1, most=5)


@dataclass(frozen=True, slots=True)
class DemoDemand:
    """A sample demand with what has become of it so far."""

    key: str
    category: str
    unit: str
    resident: str
    words: str
    filed_days_ago: float
    steps: tuple[DemoStep, ...] = ()


class DemandSchema(Strict):
    """A row of ``demands``."""

    shape = DemoDemand
    key = Code(required=True)
    category = Code(required=True)
    unit = Code(required=True)
    resident = Code(required=True)
    words = Text(required=True)
    filed_days_ago = Number(least=0, most=_MOST_DAYS, required=True)
    steps = Rows(Part(StepSchema), required=True)


@dataclass(frozen=True, slots=True)
class DemoDemands:
    """demands.yaml of a demo district."""

    demands: tuple[DemoDemand, ...]


class DemoDemandsSchema(Strict):
    """demands.yaml of a demo district."""

    shape = DemoDemands
    demands = Rows(Part(DemandSchema), required=True)


@dataclass(frozen=True, slots=True)
class DemoClaim:
    """A total that a source stated about a unit; months by their first days."""

    measure: str
    unit: str
    stated: float
    source: Label
    stated_on: date
    first_month: date | None = None
    last_month: date | None = None


class ClaimSchema(Strict):
    """A row of ``claims``."""

    shape = DemoClaim
    measure = Code(required=True)
    unit = Code(required=True)
    stated = Number(least=0, most=10**12, required=True)
    source = label()
    stated_on = Day(required=True)
    first_month = Day()
    last_month = Day()


@dataclass(frozen=True, slots=True)
class DemoClaims:
    """claims.yaml."""

    claims: tuple[DemoClaim, ...]


class ClaimsSchema(Strict):
    """claims.yaml."""

    shape = DemoClaims
    claims = Rows(Part(ClaimSchema), required=True)


@dataclass(frozen=True, slots=True)
class Demo:
    """A whole demo district that fits its package."""

    district: DemoDistrict
    root: DemoUnit
    people: tuple[DemoPerson, ...]
    venues: tuple[DemoVenue, ...]
    streets: tuple[DemoStreet, ...]
    demands: tuple[DemoDemand, ...]
    history: History
    claims: tuple[DemoClaim, ...]


#: Every file of a demo district by its stem, in reading order.
DEMO_FILES: dict[str, type[Strict]] = {
    "district": DistrictSchema,
    "units": UnitsSchema,
    "people": PeopleSchema,
    "rooms": DemoRoomsSchema,
    "demands": DemoDemandsSchema,
    "history": HistorySchema,
    "claims": ClaimsSchema,
}

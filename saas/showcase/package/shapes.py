"""The files of a demo district: a sample place with people in it and demands on their way;
``history`` has the file of a year that is over.

Names on screen are labels as in a package. What people have typed themselves (a demand's words,
a reason, a reply) is plain text in their own language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

from saas.packages.schemas.fields import (
    ChoiceField,
    Code,
    Key,
    Label,
    Many,
    NumberField,
    TextField,
    Version,
    WholeField,
)
from saas.showcase.package.activities import ActivitiesHistory, DemoActivities
from saas.showcase.package.bookings import DemoBookings
from saas.showcase.package.funds import DemoFunds
from saas.showcase.package.history import History
from saas.showcase.package.places import DemoPlaces
from saas.showcase.package.visits import DemoMedia, DemoVisits

ROOM_STATES = ("planned", "open", "paused", "retired")
VERBS = (
    "accept", "resolve", "pass_up", "return_down", "end", "withdraw", "reply", "ask", "answer",
    "transfer", "join", "contribute", "suspend", "resume", "doubt", "uphold", "overrule", "appeal",
    "supervise", "note", "confirm", "rate", "reopen", "follow", "climb",
)  # fmt: skip
_MOST_DAYS = 365
_OfficialCode: TypeAlias = Annotated[str, TextField(limit=20)]
_OfficialSource: TypeAlias = Annotated[str, TextField(limit=200)]
_Name: TypeAlias = Annotated[str, TextField(limit=60)]


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    """district.yaml: the tenant that is created, and the package and look it begins with."""

    code: Code
    name: Label
    kind: Annotated[str, ChoiceField("demo")]
    package: Key
    look: Code
    version: Version | None = None
    official_code: _OfficialCode | None = None
    official_source: _OfficialSource | None = None
    official_date: date | None = None


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit with the units below it; ``sample`` says that we made it up."""

    code: Code
    kind: Code
    name: Label
    sample: bool = False
    official_code: _OfficialCode | None = None
    official_source: _OfficialSource | None = None
    official_date: date | None = None
    units: tuple[DemoUnit, ...] = ()

    def walk(self, parent: DemoUnit | None = None) -> Iterator[tuple[DemoUnit, DemoUnit | None]]:
        """This unit and all below it, each with the one above it, parents first."""
        yield self, parent
        for unit in self.units:
            yield from unit.walk(self)


@dataclass(frozen=True, slots=True)
class DemoUnits:
    """units.yaml: one tree."""

    units: Annotated[tuple[DemoUnit, ...], Many(least=1)]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person with one post; ``entry`` offers the person as a way into the demo."""

    login: Code
    name: _Name
    role: Code
    unit: Code
    post: Label
    phone: Annotated[str, TextField(limit=20)] | None = None
    entry: bool = False


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """people.yaml."""

    people: Annotated[tuple[DemoPerson, ...], Many(least=1)]


@dataclass(frozen=True, slots=True)
class DemoSpending:
    """Money spent on a venue, with where it came from."""

    what: Annotated[str, TextField(limit=100)]
    source: Annotated[str, TextField(limit=100)]
    yuan: Annotated[int, WholeField(least=1, most=1_000_000_000)]
    on: date


@dataclass(frozen=True, slots=True)
class DemoVenue:
    """A building or hall in which rooms are, with the facts that are known about it."""

    code: Code
    unit: Code
    name: Label
    facts: Label
    area_m2: Annotated[int, WholeField(least=1, most=1_000_000)] | None = None
    sample: bool = False
    spendings: tuple[DemoSpending, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoRoom:
    """How one room of the package stands in one street."""

    room: Code
    status: Annotated[str, ChoiceField(*ROOM_STATES)]
    keeper: Code | None = None
    venue: Code | None = None
    place: Label | None = None
    contact: _Name | None = None
    reason: Label | None = None


@dataclass(frozen=True, slots=True)
class DemoStreet:
    """The rooms of one street."""

    unit: Code
    rooms: tuple[DemoRoom, ...]


@dataclass(frozen=True, slots=True)
class DemoRooms:
    """rooms.yaml of a demo district."""

    venues: tuple[DemoVenue, ...]
    streets: tuple[DemoStreet, ...]


@dataclass(frozen=True, slots=True)
class DemoStep:
    """What one person did with a demand, ``after_hours`` on the clock since the step before.

    ``until_days`` are counted from then; ``by`` is left out where the clock acts.
    """

    verb: Annotated[str, ChoiceField(*VERBS)]
    after_hours: Annotated[float, NumberField(least=0, most=_MOST_DAYS * 24)]
    by: Code | None = None
    reason: str | None = None
    reply: str | None = None
    unit: Code | None = None
    code: Code | None = None
    hours: Annotated[int, WholeField(least=1, most=2000)] | None = None
    until_days: Annotated[int, WholeField(least=1, most=_MOST_DAYS)] | None = None
    rating: Annotated[int, WholeField(least=1, most=5)] | None = None


@dataclass(frozen=True, slots=True)
class DemoDemand:
    """A sample demand with what has become of it so far."""

    key: Code
    category: Code
    unit: Code
    resident: Code
    words: str
    filed_days_ago: Annotated[float, NumberField(least=0, most=_MOST_DAYS)]
    steps: tuple[DemoStep, ...]


@dataclass(frozen=True, slots=True)
class DemoDemands:
    """demands.yaml of a demo district."""

    demands: tuple[DemoDemand, ...]


@dataclass(frozen=True, slots=True)
class DemoClaim:
    """A total that a source stated about a unit; months by their first days."""

    measure: Code
    unit: Code
    stated: Annotated[float, NumberField(least=0, most=10**12)]
    source: Label
    stated_on: date
    first_month: date | None = None
    last_month: date | None = None


@dataclass(frozen=True, slots=True)
class DemoClaims:
    """claims.yaml."""

    claims: tuple[DemoClaim, ...]


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """A question that many ask, and what everybody can read about it."""

    category: Code
    question: Annotated[str, TextField(limit=200)]
    answer: Annotated[str, TextField(limit=2000)]


@dataclass(frozen=True, slots=True)
class DemoAnswers:
    """answers.yaml."""

    answers: tuple[DemoAnswer, ...]


_Few: TypeAlias = Annotated[int, WholeField(least=0, most=1000)]


@dataclass(frozen=True, slots=True)
class DemoBatch:
    """When organisations were brought in together."""

    number: Annotated[int, WholeField(least=1, most=100)]
    day: date


@dataclass(frozen=True, slots=True)
class DemoWorker:
    """An invented social worker."""

    name: _Name
    certificate: Annotated[str, ChoiceField("assistant", "worker", "senior", "none")]
    caseload: _Few
    login: Code | None = None


@dataclass(frozen=True, slots=True)
class DemoStation:
    """A station of social workers."""

    unit: Code
    name: Label
    workers: tuple[DemoWorker, ...]


@dataclass(frozen=True, slots=True)
class DemoBranch:
    """The joint Party branch of those that say ``branch``."""

    unit: Code
    name: Label


@dataclass(frozen=True, slots=True)
class DemoPilot:
    """What a community tries out."""

    unit: Code
    kind: Code


@dataclass(frozen=True, slots=True)
class DemoArea:
    """Where the enterprises serve: a unit, or a place outside by its name."""

    people: Annotated[int, WholeField(least=0, most=10_000_000)]
    unit: Code | None = None
    name: Label | None = None


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """An organisation as it stands in the register that is taken over: its stage, how many belong
    to it by flag, how many ``signs`` of life the last year has. ``asleep``: put to sleep by two
    people. ``named``: the report names it, so that it is no sample.
    """

    type: Code
    unit: Code
    name: Label
    purpose: str
    number: _Name
    service_class: Code
    stage: Code | None = None
    party: _Few = 0
    league: _Few = 0
    pioneers: _Few = 0
    others: _Few = 0
    signs: _Few = 0
    asleep: bool = False
    branch: bool = False
    batch: Annotated[int, WholeField(least=1, most=100)] | None = None
    leader: Code | None = None
    named: bool = False
    premises: _Few = 0


@dataclass(frozen=True, slots=True)
class DemoPremises:
    """Where those that say ``premises`` (square metres) have them, and on what terms."""

    street: Code
    venue: Code
    rent_yuan: Annotated[float, NumberField(least=0, most=10_000)]
    conditions: str


@dataclass(frozen=True, slots=True)
class DemoOrganisations:
    """organisations.yaml of a demo district. ``leaders`` and ``deeds`` (signs of life) are taken in
    turn; ``silence`` is why one sleeps, ``promotion`` what a joint promotion is called, ``source``
    who counted the members.
    """

    batches: tuple[DemoBatch, ...]
    stations: tuple[DemoStation, ...]
    branch: DemoBranch
    pilots: tuple[DemoPilot, ...]
    areas: tuple[DemoArea, ...]
    premises: DemoPremises
    promotions: _Few
    leaders: Annotated[tuple[_Name, ...], Many(least=1)]
    deeds: Annotated[tuple[_Name, ...], Many(least=1)]
    silence: str
    promotion: str
    source: _Name
    groups: tuple[DemoGroup, ...]


@dataclass(frozen=True, slots=True)
class DemoReadings:
    """readings.yaml: what texts of the other files say in each language, by their exact words."""

    readings: tuple[Label, ...]


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
    answers: tuple[DemoAnswer, ...]
    organisations: DemoOrganisations
    bookings: DemoBookings
    places: DemoPlaces
    activities: DemoActivities
    activities_history: ActivitiesHistory
    visits: DemoVisits
    media: DemoMedia
    funds: DemoFunds


#: Every file of a demo district by its stem, in reading order.
DEMO_FILES: dict[str, type] = {
    "district": DemoDistrict,
    "units": DemoUnits,
    "people": DemoPeople,
    "rooms": DemoRooms,
    "demands": DemoDemands,
    "history": History,
    "claims": DemoClaims,
    "answers": DemoAnswers,
    "organisations": DemoOrganisations,
    "bookings": DemoBookings,
    "places": DemoPlaces,
    "activities": DemoActivities,
    "activities_history": ActivitiesHistory,
    "visits": DemoVisits,
    "media": DemoMedia,
    "funds": DemoFunds,
    "readings": DemoReadings,
}

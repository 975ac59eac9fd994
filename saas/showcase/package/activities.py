"""activities.yaml and activities_history.yaml of a demo district.

A line of the past is ``2019-03-02T19:00 90 mp01 neighbours 60 32 4/14/9``: when, how long in
minutes, which activity, in which room, how many places, how many were there by name, and how many
were counted without one: children/adults/elders.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from saas.activities.package.shapes import Activities
from saas.packages.faults import Fault, Parts, codes, places, repeated, strange, text
from saas.packages.parts import Package
from saas.packages.schemas.fields import (
    Code,
    Key,
    Label,
    Many,
    TextField,
    Value,
    WholeField,
    fail,
)
from saas.rooms.package.shapes import Rooms

_LINE = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d) (\d{1,4}) ([a-z0-9_]+) ([a-z0-9_]+) (\d{1,4}) (\d{1,4})"
    r" (\d{1,4})/(\d{1,4})/(\d{1,4})"
)
_Party = Annotated[int, WholeField(least=1, most=9)]


@dataclass(frozen=True, slots=True)
class PastSession:
    """One line; ``at`` is local time without a zone. Bands are people without names."""

    at: datetime
    minutes: int
    activity: str
    room: str
    places: int
    named: int
    children: int
    adults: int
    elders: int

    @property
    def people(self) -> int:
        """All that were there."""
        return self.named + self.children + self.adults + self.elders


class PastSessionField(Value):
    """A line of the past."""

    def taken(self, value: Any) -> PastSession:
        """The session that it tells of."""
        if not isinstance(value, str):
            fail("not_text")
        found = _LINE.fullmatch(value)
        if found is None:
            fail("bad_history", found=value[:60])
        when, minutes, activity, room, *counts = found.groups()
        try:
            at = datetime.fromisoformat(when)
        except ValueError:
            fail("bad_date", found=when)
        return PastSession(at, int(minutes), activity, room, *map(int, counts))


@dataclass(frozen=True, slots=True)
class PastActivity:
    """An activity of the past."""

    code: Code
    tag: Code
    kind: Code
    title: Label


@dataclass(frozen=True, slots=True)
class ActivitiesHistory:
    """activities_history.yaml."""

    unit: Code
    activities: tuple[PastActivity, ...]
    sessions: tuple[Annotated[PastSession, PastSessionField()], ...]


@dataclass(frozen=True, slots=True)
class DemoActivity:
    """An activity around today, in a room or, where that is taken, at a ``place``. ``weeks``: a
    course of so many dates. ``signed`` and ``guests`` are the sizes of parties. ``help`` is what
    ``helpers`` neighbours are wanted for.
    """

    code: Key
    title: Label
    text: Label
    audience: Label
    kind: Code
    place: Label
    in_days: Annotated[int, WholeField(least=-60, most=60)]
    at: Annotated[str, TextField(limit=5)]
    minutes: Annotated[int, WholeField(least=15, most=600)]
    signed: tuple[_Party, ...]
    guests: tuple[_Party, ...]
    bring: Annotated[tuple[Label, ...], Many(most=12)] = ()
    tag: Code | None = None
    room: Code | None = None
    places: Annotated[int, WholeField(least=1, most=1000)] | None = None
    weeks: Annotated[int, WholeField(least=2, most=20)] | None = None
    resident_fen: Annotated[int, WholeField(least=0, most=100_000)] | None = None
    market_fen: Annotated[int, WholeField(least=0, most=100_000)] | None = None
    help: Label | None = None
    helpers: Annotated[int, WholeField(least=1, most=20)] = 2


@dataclass(frozen=True, slots=True)
class DemoVolunteer:
    """Somebody on the roll who signed on paper."""

    name: Annotated[str, TextField(limit=40)]
    skills: Annotated[str, TextField(limit=200)]


@dataclass(frozen=True, slots=True)
class DemoVolunteers:
    """Who helped at the last ``sessions`` of the past, ``each`` of them, with what and how long."""

    roll: tuple[DemoVolunteer, ...]
    work: Label
    minutes: Annotated[int, WholeField(least=1, most=600)]
    sessions: Annotated[int, WholeField(least=1, most=100)]
    each: Annotated[int, WholeField(least=1, most=10)]


@dataclass(frozen=True, slots=True)
class DemoReward:
    """Something to be had for points, at a merchant where one is named."""

    name: Label
    price: Annotated[int, WholeField(least=1, most=1000)]
    pieces: Annotated[int, WholeField(least=0, most=1000)]
    merchant: Key | None = None


@dataclass(frozen=True, slots=True)
class DemoActivities:
    """activities.yaml. The residents of the demo agreed to points, and helped at the last
    ``points_sessions`` of the past; the first of them has a reward already.
    """

    unit: Code
    activities: tuple[DemoActivity, ...]
    volunteers: DemoVolunteers | None = None
    rewards: tuple[DemoReward, ...] = ()
    points_sessions: Annotated[int, WholeField(least=0, most=20)] = 0


def check_activities(parts: Parts, units: Collection[str], package: Package) -> Iterator[Fault]:
    """Faults of both files against the units, the rooms and the words of the package."""
    model = package.of(Activities)
    known = {
        "kind": {each.code for each in model.kinds},
        "tag": {each.code for each in model.tags},
        "room": {room.code for room in package.of(Rooms).rooms},
    }
    for name in ("activities", "activities_history"):
        part = parts.get(name)
        yield from repeated(name, places(part, "activities"))
        unit = text(part, "unit") if isinstance(part, Mapping) else None
        yield from strange(name, [("unit", unit)] if unit else [], units, "no_such_unit")
        for field_, there in known.items():
            found = places(part, "activities", field_)
            yield from strange(name, found, there, "package_lacks")
    yield from _check_past(parts.get("activities_history"), known["room"])


def _check_past(part: object, rooms: set[str]) -> Iterator[Fault]:
    """Each line of the past names an activity of the file, and a room."""
    known = codes(part, "activities")
    lines = part.get("sessions") if isinstance(part, Mapping) else None
    for place, line in enumerate(lines if isinstance(lines, list) else ()):
        named = line.split() if isinstance(line, str) else []
        for found, there in zip(named[2:4], (known, rooms), strict=False):
            if found not in there:
                path = f"sessions[{place}]"
                yield Fault("activities_history", path, "package_lacks", {"found": found})

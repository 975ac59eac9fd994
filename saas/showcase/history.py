"""The past of a demo district: a year of demands, lived through by the rules of today.

Every demand is filed and acted on by the commands that people use, with the clock turned back. It
is loaded after the district has opened, month by month: a month is loaded whole or not at all, and
never twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from saas.accounts import queries as people
from saas.demands import commands as demands
from saas.demands import permissions as demand_permissions
from saas.demands import queries as demand_queries
from saas.demands.commands import Deed, Intake
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.unit_of_work import unit_of_work
from saas.showcase.package.history import PastDemand, PastStep
from saas.showcase.package.shapes import Demo, DemoPerson
from saas.territory import queries as units
from saas.territory.queries import Unit


def live_through(demo: Demo) -> int:
    """Load what is not there yet, a month a transaction; returns how many demands were filed."""
    lines, loaded, actors = enumerate(demo.history.demands), 0, dict[str, Actor]()
    for _, month in groupby(lines, lambda line: (line[1].at.year, line[1].at.month)):
        with unit_of_work(), demands.quietly():
            loaded += _Past(demo, actors).live(list(month))
    return loaded


@contextmanager
def _at(moment: datetime) -> Iterator[None]:
    with clock.turned(moment - clock.now()):
        yield


@dataclass(slots=True)
class _Past:
    """Who acts where, and what is said; made anew in every transaction, but for the ``actors``."""

    demo: Demo
    actors: dict[str, Actor]
    places: dict[str, Unit] = field(default_factory=dict)
    residents: list[DemoPerson] = field(init=False)

    def __post_init__(self) -> None:
        roles = {role.code for role in people.roles() if role.resident}
        self.residents = [person for person in self.demo.people if person.role in roles]

    def live(self, month: list[tuple[int, PastDemand]]) -> int:
        """One month, unless it is there."""
        if demand_queries.is_filed(_submission(month[0][0])):
            return 0
        for number, told in month:
            self._tell(number, told)
        return len(month)

    def _tell(self, number: int, told: PastDemand) -> None:
        """One demand from its filing to its end."""
        moment = told.at.replace(tzinfo=clock.zone())
        filer = self._filer(number, told)
        with _at(moment):
            demand = demands.file_demand(
                category=told.category,
                unit=self._place(told.unit),
                words=self._text("words", told.category, number),
                submission=_submission(number),
                intake=Intake(channel=told.channel, sample=True),
                actor=filer,
            )
        for place, step in enumerate(told.steps):
            moment += timedelta(hours=step.hours)
            with _at(moment):
                self._act(demand, step, filer, self._text("says", step.verb, number + place))

    def _act(self, demand: Any, step: PastStep, filer: Actor, reason: str) -> None:
        given = _given(step)
        holder = demand_queries.holder_of(demand)
        actor = self._actor(step.verb, holder, given.get("unit"), filer)
        demands.act(demand, Deed(step.verb, reason=reason, **given), actor=actor)

    def _actor(self, verb: str, holder: Unit, other: Unit | None, filer: Actor) -> Actor:
        """The clock, the resident, who was asked to help, another level, or the holder."""
        part = demand_queries.part_for(verb)
        if part == "clock":
            return demands.CLOCK
        if part == "filer":
            return filer
        if part == "helper" and other is not None:
            return self._staff(other)
        return self._staff(holder if part == "handler" else _beside(holder))

    def _staff(self, unit: Unit) -> Actor:
        """The first of those who act for a unit; the root is called after the district."""
        code = unit.code if unit.parent_id else self.demo.root.code
        for person in self.demo.people:
            if person.unit == code:
                actor = self._load(person.login)
                if actor.may(demand_permissions.HANDLE, unit.path):
                    return actor
        raise LookupError(code)

    def _filer(self, number: int, told: PastDemand) -> Actor:
        """A resident of the place, else one in turn; what came to staff was entered by them."""
        if told.channel not in {"own", "room"}:
            return self._staff(self._place(told.unit))
        here = [one for one in self.residents if one.unit == told.unit] or self.residents
        return self._load(here[number % len(here)].login)

    def _place(self, code: str) -> Unit:
        if code not in self.places:
            self.places[code] = units.unit_by_code(code)
        return self.places[code]

    def _load(self, login: str) -> Actor:
        if login not in self.actors:
            person = people.person_by_login(login)
            actor = people.load_actor(person.id) if person else None
            if actor is None:
                raise LookupError(login)
            self.actors[login] = actor
        return self.actors[login]

    def _text(self, what: str, of: str, number: int) -> str:
        """The texts of a category or a verb, one after the other."""
        rows = getattr(self.demo.history, what)
        texts = next((row.texts for row in rows if row.of == of), ("",))
        return str(texts[number % len(texts)])


def _submission(number: int) -> str:
    return f"sample-history-{number:05d}"


def _beside(holder: Unit) -> Unit:
    """Another level than the holder's: the next above, at the top the first below."""
    above = demand_queries.ground().above(holder)
    return above[0].unit if above else units.children(holder)[0]


def _given(step: PastStep) -> dict[str, Any]:
    """What a verb needs beside words; ``what`` is its unit, its cause or the stars."""
    takes, given = demand_queries.fields_of(step.verb), dict[str, Any]()
    if "unit" in takes and step.what:
        given["unit"] = units.unit_by_code(step.what)
    if "rating" in takes and step.what:
        given["rating"] = int(step.what)
    if "code" in takes:
        given["code"] = step.what
    if "hours" in takes:
        given["hours"] = step.number
    if "until" in takes:
        given["until"] = clock.today() + timedelta(days=step.number or 1)
    return given

"""Taking a workbook over: every step of its plan by the commands of the domains, or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.queries import Person
from saas.demands import commands as demands
from saas.demands import queries as demands_queries
from saas.kernel import audit, clock
from saas.kernel.clock import today
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.i18n import gettext as _
from saas.onboarding.workbook.commands.keeping import IMPORTS, ensure_imports, plan_of
from saas.onboarding.workbook.commands.rooms import set_room, set_venue
from saas.onboarding.workbook.models import SetupImport
from saas.onboarding.workbook.rules.plan import (
    PersonStep,
    Plan,
    PostStep,
    RoomStep,
    UnitStep,
    VenueStep,
)
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.rooms.queries import Venue
from saas.territory import commands as territory
from saas.territory import queries as units
from saas.territory.queries import Unit

#: After so many steps it is written down how far it is.
_TOLD_AFTER = 10


def run_import(token: str) -> None:
    """Do all of a confirmed workbook in the transaction at hand.

    The plan is made anew: the district may have changed since it was looked at. Raises `Conflict`
    when it no longer fits; then nothing is done.
    """
    held = IMPORTS.named(token)
    if held is None or held.state != "running":
        return
    actor = people.load_actor(held.person_id)
    if actor is None:
        raise Conflict
    ensure_imports(actor)
    plan = plan_of(held)
    if plan.faults:
        raise Conflict
    work = _Work(actor, _Progress(token))
    work.do(plan)
    counts = {f"{section}_{state}": n for (section, state), n in plan.counts().items()}
    held.outcome = {"counts": counts, "people": work.new_people}
    held.done = held.total
    IMPORTS.close(held, "done")
    audit.record("onboarding.import", "setup", held.id, actor=actor, counts=counts)


class _Progress:
    """How many steps are done, told beside the transaction, which nobody sees before its end."""

    def __init__(self, token: str) -> None:
        self._token, self._done = token, 0

    def step(self) -> None:
        """One more."""
        self._done += 1
        if self._done % _TOLD_AFTER:
            return
        beside = session.session_factory()
        try:
            beside.execute(
                sa.update(SetupImport)
                .where(SetupImport.token == self._token)
                .values(done=self._done)
                .execution_options(synchronize_session=False)
            )
            beside.commit()
        finally:
            beside.close()


class _Work:
    """The steps in their order; what a step made is there for those after it."""

    def __init__(self, actor: Actor, progress: _Progress) -> None:
        self._actor, self._progress = actor, progress
        self._units: dict[str, Unit] = {}
        self._people: list[Person] = []
        self._venues: dict[tuple[str, str], Venue] = {}
        self._roles = {role.code: role for role in people.roles()}
        self.new_people: list[int] = []

    def do(self, plan: Plan) -> None:
        """Units, people, venues, rooms, time limits; venues close once their rooms have moved."""
        does: dict[str, Callable[[Any], None]] = {
            "units": self._unit,
            "people": self._person,
            "venues": self._venue,
            "rooms": self._room,
        }
        for section, state, step in plan.steps():
            if section != "deadlines":
                does[section](step)
            if state != "same":
                self._progress.step()
        for venue in (step for step in plan.venues if step.closes):
            found = self._venues[venue.street, venue.key]
            rooms.close_venue(self._at(venue.street), found, actor=self._actor)
        self._times(plan)

    def _at(self, key: str) -> Unit:
        if key not in self._units:
            self._units[key] = units.unit_by_code(key)
        return self._units[key]

    def _unit(self, step: UnitStep) -> None:
        if not step.there:
            self._units[step.key] = territory.add_unit(
                code=step.code,
                kind=step.kind,
                name=dict(step.name),
                parent=self._at(step.parent),
                actor=self._actor,
                **_official(step.official_code),
            )
            return
        unit, changed = self._at(step.key), {change.column for change in step.changes}
        if changed & {"name", "name_en", "official_code"}:
            kept = {
                "official_code": unit.official_code,
                "official_source": unit.official_source,
                "official_date": unit.official_date,
            }
            facts = _official(step.official_code) if "official_code" in changed else kept
            territory.rename_unit(unit, name=dict(step.name), actor=self._actor, **facts)
        if "parent" in changed:
            territory.move_unit(unit, parent=self._at(step.parent), actor=self._actor)

    def _person(self, step: PersonStep) -> None:
        known = people.find_person(step.person_id) if step.person_id else None
        person = known or accounts.add_person(
            name=step.name, login=step.login or None, phone=step.phone or None, actor=self._actor
        )
        if known is None:
            self.new_people.append(person.id)
        elif step.changes:
            changed = {change.column for change in step.changes}
            accounts.change_person(
                person,
                name=step.name,
                login=step.login or person.login,
                phone=step.phone if "phone" in changed else None,
                actor=self._actor,
            )
        self._people.append(person)
        for post in step.posts:
            self._post(person, post)

    def _post(self, person: Person, step: PostStep) -> None:
        name = {"zh": step.name}
        if step.held:
            if step.renamed and step.post_id:
                post = people.access_post(step.post_id, actor=self._actor)
                accounts.rename_post(post, name=name, actor=self._actor)
            return
        unit = self._at(step.unit)
        if step.post_id:
            post = people.access_post(step.post_id, actor=self._actor)
        else:
            post = accounts.open_post(
                unit=unit, role=step.role, name=name if step.name else {}, actor=self._actor
            )
        accounts.give_post(person, post, since=_moment(step.since), actor=self._actor)

    def _venue(self, step: VenueStep) -> None:
        street = self._at(step.street)
        self._venues[step.street, step.key] = set_venue(step, street, actor=self._actor)

    def _room(self, step: RoomStep) -> None:
        if step.there and not step.changes:
            return
        street, keeper = self._at(step.street), self._keeper(step)
        venue = None
        if step.venue:
            known = self._venues.get((step.street, step.venue))
            venue = known or room_queries.venue_in(street, step.venue)
        set_room(step, street, keeper=keeper, venue=venue, actor=self._actor)

    def _keeper(self, step: RoomStep) -> Person | None:
        if step.keeper is not None:
            return self._people[step.keeper]
        return people.find_person(step.keeper_id) if step.keeper_id else None

    def _times(self, plan: Plan) -> None:
        if not any(step.changes for step in plan.times):
            return
        changed = {step.level: demands.Hours(step.accept, step.resolve) for step in plan.times}
        demands.set_times({**demands_queries.times(), **changed}, actor=self._actor)


def _official(code: str) -> dict[str, Any]:
    if not code:
        return {}
    day = today()
    return {
        "official_code": code,
        "official_source": _("Workbook of %(day)s", day=day.isoformat()),
        "official_date": day,
    }


def _moment(day: date | None) -> datetime | None:
    """The beginning of a day in the district."""
    return clock.begin_of(day) if day else None

"""Setting up who works together: stations and their workers, Party branches, pilots."""

from __future__ import annotations

from datetime import date
from typing import Final

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid, NotFound, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.ordering import free_code
from saas.organisations import permissions, queries
from saas.organisations.models import Branch, Pilot, Station, Worker
from saas.territory import queries as territory
from saas.territory.queries import Unit

_DEED: Final = {
    "station": "organisations.add_station",
    "worker": "organisations.add_worker",
    "worker_left": "organisations.end_worker",
    "branch": "organisations.add_branch",
    "pilot": "organisations.set_pilot",
}


def _ensure(actor: Actor, unit: Unit) -> None:
    if actor.kind != "system" and not actor.may(permissions.DECIDE, unit.path):
        raise Forbidden


def _note(what: str, unit: Unit, actor: Actor) -> None:
    session.flush()
    audit.record(_DEED[what], "linkage", unit.id, actor=actor, unit_path=unit.path)


def add_station(unit: Unit, *, name: Label, sample: bool = False, actor: Actor) -> Station:
    """A station of social workers at a unit."""
    _ensure(actor, unit)
    code = free_code(name, "station", set(session.scalars(sa.select(Station.code))))
    row = Station(code=code, name=name, unit_id=unit.id, sample=sample)
    session.add(row)
    _note("station", unit, actor)
    return row


def add_worker(
    *, station: str, name: str, certificate: str, caseload: int = 0,
    login: str = "", since: date | None = None, actor: Actor,
) -> None:  # fmt: skip
    """Somebody who works at a station; with a login it is somebody with an account."""
    row, unit = _station(station, actor)
    person = people.person_by_login(login.strip().lower()) if login else None
    if login and person is None:
        raise Invalid({"login": [_l("Nobody has this login here.")]})
    session.add(
        Worker(station_id=row.id, person_id=person.id if person else None, name=name.strip(),
               certificate=certificate, caseload=caseload, since=since or clock.today())
    )  # fmt: skip
    _note("worker", unit, actor)


def _station(code: str, actor: Actor) -> tuple[Station, Unit]:
    row = queries.station(code)
    unit = territory.find_unit(row.unit_id) if row else None
    if row is None or unit is None:
        raise not_listed("station")
    _ensure(actor, unit)
    return row, unit


def end_worker(*, station: str, worker_id: int, actor: Actor) -> None:
    """Somebody works there no more."""
    try:
        where, unit = _station(station, actor)
    except Invalid:
        raise NotFound from None
    row = next((each for each in queries.workers_of(where) if each.id == worker_id), None)
    if row is None or row.until is not None:
        raise NotFound
    row.until = max(clock.today(), row.since)
    _note("worker_left", unit, actor)


def add_branch(unit: Unit, *, name: Label, actor: Actor) -> Branch:
    """A Party branch; organisations join it on their own pages."""
    _ensure(actor, unit)
    code = free_code(name, "branch", set(session.scalars(sa.select(Branch.code))))
    row = Branch(code=code, name=name, unit_id=unit.id)
    session.add(row)
    _note("branch", unit, actor)
    return row


def set_pilot(unit: Unit, *, kind: str, actor: Actor) -> None:
    """What a community tries out; nothing, where ``kind`` is empty."""
    _ensure(actor, unit)
    if kind and kind not in {row.code for row in queries.terms("pilot")}:
        raise not_listed("kind")
    row = session.scalar(sa.select(Pilot).where(Pilot.unit_id == unit.id))
    if row is not None and not kind:
        session.delete(row)
    elif row is not None:
        row.kind = kind
    elif kind:
        session.add(Pilot(unit_id=unit.id, kind=kind))
    _note("pilot", unit, actor)


def move_pilot(unit_id: int, into_id: int) -> None:
    """What a merged community tried out goes on in the other, unless that has its own."""
    query = sa.select(Pilot).where(Pilot.unit_id.in_([unit_id, into_id]))
    rows = {row.unit_id: row for row in session.scalars(query)}
    if unit_id in rows and into_id not in rows:
        rows[unit_id].unit_id = into_id
    elif unit_id in rows:
        session.delete(rows[unit_id])

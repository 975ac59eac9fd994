"""Stations of social workers, Party branches, pilots, and plans on their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm

from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.naming import by_id
from saas.organisations import permissions
from saas.organisations.models import (
    Branch,
    Organisation,
    Pilot,
    Plan,
    PlanAct,
    Station,
    Worker,
)
from saas.organisations.queries.lists import is_living
from saas.organisations.queries.register import people_of
from saas.territory import queries as territory
from saas.territory.queries import Unit


def stations() -> Sequence[Any]:
    """Every station: its row, its unit, how many workers, how many they look after."""
    here = sa.and_(Worker.station_id == Station.id, Worker.until.is_(None))
    query = (
        sa.select(
            Station,
            Unit,
            sa.func.count(Worker.id),
            sa.func.coalesce(sa.func.sum(Worker.caseload), 0),
        )
        .join(Unit, Unit.id == Station.unit_id)
        .outerjoin(Worker, here)
        .group_by(Station.id, Unit.id)
        .order_by(Station.id)
    )
    return session.execute(query).all()


def has_stations() -> bool:
    """Whether anybody checks plans here."""
    return session.scalar(sa.select(sa.exists(sa.select(Station.id)))) or False


def station(code: str) -> Station | None:
    """A station by its code."""
    return session.scalar(sa.select(Station).where(Station.code == code))


def workers_of(row: Station) -> Sequence[Worker]:
    """The social workers of a station, those who left at the end."""
    query = sa.select(Worker).where(Worker.station_id == row.id)
    return session.scalars(query.order_by(Worker.until.desc().nulls_first(), Worker.id)).all()


def workers_by_station() -> dict[int, list[Worker]]:
    """The social workers of all stations, those who left at the end."""
    query = sa.select(Worker).order_by(Worker.until.desc().nulls_first(), Worker.id)
    found: dict[int, list[Worker]] = {}
    for row in session.scalars(query):
        found.setdefault(row.station_id, []).append(row)
    return found


def branches() -> Sequence[Any]:
    """Party branches: branch, its unit, how many organisations."""
    query = (
        sa.select(Branch, Unit, sa.func.count(Organisation.id))
        .join(Unit, Unit.id == Branch.unit_id)
        .outerjoin(Organisation, Organisation.branch_id == Branch.id)
        .group_by(Branch.id, Unit.id)
        .order_by(Branch.id)
    )
    return session.execute(query).all()


def pilots() -> Sequence[Any]:
    """Communities that try something out: unit, kind of pilot."""
    query = sa.select(Unit, Pilot.kind).join(Pilot, Pilot.unit_id == Unit.id).order_by(Unit.path)
    return session.execute(query).all()


def by_pilot() -> dict[str, dict[str, int]]:
    """Kind of pilot → type → how many are in the register there."""
    place, home = sa.orm.aliased(Unit), sa.orm.aliased(Unit)
    query = (
        sa.select(Pilot.kind, Organisation.type, sa.func.count())
        .join(place, place.id == Pilot.unit_id)
        .join(home, home.path.startswith(place.path))
        .join(Organisation, Organisation.home_unit_id == home.id)
        .where(is_living())
        .group_by(Pilot.kind, Organisation.type)
    )
    found: dict[str, dict[str, int]] = {}
    for kind, of, number in session.execute(query):
        found.setdefault(kind, {})[of] = number
    return found


@dataclass(frozen=True, slots=True)
class PlanStory:
    """One act on a plan, with who did it."""

    number: int
    verb: str
    at: datetime
    reason: str | None
    actor: str | None


def plan_story(plan: Plan) -> list[PlanStory]:
    """Every act on a plan in its order."""
    who = sa.table("people", sa.column("id"), sa.column("name"))
    query = (
        sa.select(
            PlanAct.number, PlanAct.verb, PlanAct.at, PlanAct.reason, who.c.name.label("actor")
        )
        .outerjoin(who, who.c.id == PlanAct.actor_id)
        .where(PlanAct.plan_id == plan.id)
        .order_by(PlanAct.number)
    )
    return [PlanStory(**row._mapping) for row in session.execute(query)]


def handed_in_by(plan: Plan) -> int | None:
    """Who handed it in last."""
    query = sa.select(PlanAct.actor_id).where(PlanAct.plan_id == plan.id, PlanAct.verb == "hand_in")
    return session.scalar(query.order_by(PlanAct.number.desc()).limit(1))


def of_plan(plan: Plan) -> tuple[Organisation, Unit]:
    """Whose plan it is, and the unit of the station that checks it."""
    query = (
        sa.select(Organisation, Unit)
        .join(Plan, Plan.organisation_id == Organisation.id)
        .join(Station, Station.id == Plan.station_id)
        .join(Unit, Unit.id == Station.unit_id)
        .where(Plan.id == plan.id)
    )
    group, unit = session.execute(query).one()
    return group, unit


def access_plan(code: str, *, actor: Actor, lock: bool = False) -> Plan:
    """A plan for its organisation's people, its station, and who works over either."""
    query = sa.select(Plan).where(Plan.code == code)
    plan = session.scalar(query.with_for_update() if lock else query)
    if plan is None:
        raise NotFound
    group, station_unit = of_plan(plan)
    home = territory.find_unit(group.home_unit_id)
    assert home is not None
    own = actor.person_id in people_of(group.id)
    checks = actor.may(permissions.CHECK, station_unit.path)
    if not (own or checks or actor.may(permissions.VIEW, home.path)):
        raise NotFound
    return plan


def plans_of(group: Organisation) -> Sequence[Plan]:
    """The plans of an organisation, the newest first."""
    query = sa.select(Plan).where(Plan.organisation_id == group.id)
    return session.scalars(query.order_by(Plan.id.desc()).limit(50)).all()


def plans_within(actor: Actor) -> sa.Select[Any]:
    """Plans whose organisation or station lies in the actor's reach, in no order."""
    home, place = sa.orm.aliased(Unit), sa.orm.aliased(Unit)
    reach, checks = actor.reach(permissions.VIEW), actor.reach(permissions.CHECK)

    def inside(unit: Any, paths: Sequence[str]) -> Any:
        return (
            sa.or_(*(unit.path.startswith(p, autoescape=True) for p in paths))
            if paths
            else sa.false()
        )

    return (
        sa.select(Plan)
        .join(Organisation, Organisation.id == Plan.organisation_id)
        .join(home, home.id == Organisation.home_unit_id)
        .join(Station, Station.id == Plan.station_id)
        .join(place, place.id == Station.unit_id)
        .where(sa.or_(inside(home, reach), inside(place, checks)))
    )


def count_plans(state: str, *, actor: Actor) -> int:
    """How many of these are in a state."""
    some = plans_within(actor).where(Plan.state == state).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


plan_names = by_id(sa.select(Plan.id, Plan.title, Plan.code))

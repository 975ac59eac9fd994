"""What the start page counts of demands by street, each number as the list behind it counts."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from saas.demands.case import permissions
from saas.demands.case.models import Demand
from saas.demands.case.queries.lists import IS_LIVING, NARROWING
from saas.kernel.context import Actor, Label
from saas.kernel.db import rows
from saas.territory import queries as territory
from saas.territory.queries import Unit


@dataclass(frozen=True, slots=True)
class Street:
    """How many demands of a street are alive, late, and due before this day ends."""

    code: str
    name: Label
    living: int = 0
    late: int = 0
    today: int = 0


def by_street(actor: Actor) -> list[Street]:
    """The streets that lie wholly in reach, in their order; one query counts for all of them."""
    streets = [
        unit
        for unit in territory.children(territory.root())
        if territory.is_place(unit) and actor.may(permissions.VIEW, unit.path)
    ]
    counted = _counted([street.id for street in streets]) if streets else {}
    return [Street(one.code, one.name, *counted.get(one.id, ())) for one in streets]


def _counted(ids: list[int]) -> dict[int, tuple[int, int, int]]:
    above = sa.orm.aliased(Unit)
    late, today = (sa.func.count().filter(NARROWING["due"](when)) for when in ("late", "today"))
    query = (
        sa.select(above.id, sa.func.count(), late, today)
        .select_from(Demand)
        .join(Unit, Unit.id == Demand.unit_id)
        .join(above, sa.func.starts_with(Unit.path, above.path))
        .where(IS_LIVING, above.id.in_(ids))
        .group_by(above.id)
    )
    return {street: (living, late, today) for street, living, late, today in rows(query)}

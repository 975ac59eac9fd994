"""Working on demands as the code does: file, act, let time pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from saas.demands import commands, queries
from saas.demands.case.models import Custody, Demand
from saas.demands.commands import Deed
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.territory import queries as units
from tests.support import District

_count = iter(range(1_000_000))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands at ``moment`` (and goes on)."""
    with clock.turned(moment - clock.now()):
        yield


def file(district: District, *, category: str = "rubbish", unit: str = "courtyard", **given: Any):  # type: ignore[no-untyped-def]
    """A demand of the resident's, inside `District.work`."""
    return commands.file_demand(
        category=category,
        unit=district.unit(unit),
        words="院门口垃圾两天没有清运",
        submission=f"submission-{next(_count):08}",
        actor=district.actor("resident"),
        **given,
    )


def act(district: District, demand: Demand, who: str | Actor, verb: str, **said: Any) -> None:
    """One deed; a unit is given by its code or by its word of the test district."""
    if isinstance(said.get("unit"), str):
        said["unit"] = units.unit_by_code(district.units.get(said["unit"], said["unit"]))
    if "reason" not in said:
        said["reason"] = "原因"
    actor = district.actor(who) if isinstance(who, str) else who
    commands.act(queries.lock_demand(demand.code), Deed(verb, **said), actor=actor)


def ring() -> int:
    """Let the clock do what is due now, until nothing is."""
    rung = 0
    while done := commands.ring():
        rung += done
        session.flush()
    return rung


def story(demand: Demand) -> list[Custody]:
    """Its custody in order."""
    session.flush()
    query = sa.select(Custody).where(Custody.demand_id == demand.id).order_by(Custody.number)
    return list(session.scalars(query))


def verbs(demand: Demand) -> list[str]:
    """What was done, in order."""
    return [row.verb for row in story(demand)]


def after(moment: datetime | None, **span: float) -> datetime:
    """A moment that must be there, plus a span."""
    assert moment is not None
    return moment + timedelta(**span)

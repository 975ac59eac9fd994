"""Calls about demands, and what they point at."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from saas.demands.case import permissions
from saas.demands.case.models import Demand
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.notices import queries as notices
from saas.notices.queries import CallTask as CallTask
from saas.territory import queries as territory


def demand_id_of(about: str) -> int:
    """The demand that a call is about; 0 for a call about something else."""
    thing, _, number = about.partition(":")
    return int(number) if thing == "demand" else 0


def demands_by_ids(ids: Collection[int]) -> dict[int, Demand]:
    """Demands by their ids."""
    found = session.scalars(sa.select(Demand).where(Demand.id.in_(set(ids))))
    return {demand.id: demand for demand in found}


def unit_names(ids: Collection[int]) -> dict[int, Label]:
    """What units are called, by id."""
    return territory.names(list(set(ids)))


def calls_in_reach(actor: Actor) -> sa.Select[tuple[CallTask]]:
    """The calls that the actor's units have to make or have made."""
    return notices.calls_within(actor.reach(permissions.HANDLE))


def count_calls(actor: Actor) -> int:
    """How many of them wait."""
    return notices.count_calls(actor.reach(permissions.HANDLE))


def access_call(call_id: int, *, actor: Actor, lock: bool = False) -> CallTask:
    """A call of the actor's units, else `NotFound`."""
    return notices.access_call(call_id, needs=permissions.HANDLE, actor=actor, lock=lock)


def calls_about(demand: Demand) -> Sequence[CallTask]:
    """The calls about a demand, the newest first."""
    return notices.calls_about(f"demand:{demand.id}")

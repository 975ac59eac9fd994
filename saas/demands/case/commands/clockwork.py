"""What the clock does: warn, pass up what nobody acted on, let go on what was suspended.

`tick` is asked for in the minute of every alarm; `repair` once a night. Both do what is due by the
demands' own columns, so an alarm that was lost, doubled or came late changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import sqlalchemy as sa

from saas import casework
from saas.casework import CLOCK
from saas.demands.case import queries, rules
from saas.demands.case.commands import notifying
from saas.demands.case.commands.acting import act
from saas.demands.case.commands.joint import Deed
from saas.demands.case.models import Demand, Helper
from saas.kernel import audit, clock
from saas.kernel.db import session
from saas.notices import commands as notices
from saas.territory.queries import Unit

_log = logging.getLogger(__name__)
BATCH = 200


def ring(limit: int = BATCH) -> int:
    """Do what is due on at most ``limit`` demands; returns on how many."""
    demands = casework.due(Demand, limit)
    _load_ground(demands)
    with notices.together(), session.no_autoflush:
        for demand in demands:
            _act_for_clock(demand)
        helpers = _late_helpers(limit)
    queries.ground().helpers.clear()
    return len(demands) + helpers


def ring_for(demand_id: int) -> bool:
    """The same for one demand, where a batch failed because of one in it; whether it was done."""
    demand = casework.lock_due(Demand, demand_id)
    if demand is not None:
        _act_for_clock(demand)
    return demand is not None


def due_ids(limit: int = BATCH) -> Sequence[int]:
    """The ids of what is due, the longest first."""
    return casework.due_ids(Demand, limit)


def _load_ground(demands: Sequence[Demand]) -> None:
    """All units and helpers of a batch in three questions."""
    ids = {demand.holder_id for demand in demands} | {demand.unit_id for demand in demands}
    if ids:
        queries.ground().load(session.scalars(sa.select(Unit).where(Unit.id.in_(ids))).all())
        queries.load_helpers(demands)


def _act_for_clock(demand: Demand) -> None:
    now = clock.now()
    if demand.due_at is not None and now < demand.due_at:
        notifying.warn(demand)
        demand.next_at = demand.due_at
        casework.set_alarm(rules.CLOCK_JOB, demand.next_at)
        return
    ground = queries.ground()
    consents = queries.consents_at(demand) if demand.state == "resolved" else now
    if consents is not None and now < consents:
        demand.next_at = consents  # the resident was reached later than it was resolved
        casework.set_alarm(rules.CLOCK_JOB, consents)
        return
    facts = rules.Facts(
        demand.state,
        has_up=ground.next_up(queries.holder_of(demand)) is not None,
        reached=consents is not None,
    )
    verb, *_ = rules.open_verbs(facts, ground.windows, by={"clock"})
    act(demand, Deed(verb), actor=CLOCK)


def resident_reached(demand_id: int) -> None:
    """Somebody whose silence did not count has been reached now: the time to object begins."""
    demand = session.get(Demand, demand_id, with_for_update=True)
    if demand is None or demand.state != "resolved" or demand.next_at is not None:
        return
    demand.next_at = queries.consents_at(demand)
    if demand.next_at is not None:
        casework.set_alarm(rules.CLOCK_JOB, demand.next_at)


def _late_helpers(limit: int) -> int:
    query = (
        sa.select(Helper)
        .where(Helper.next_at <= clock.now(), Helper.ended_at.is_(None))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = session.scalars(query).all()
    for helper in found:
        helper.next_at = None
        notifying.helper_is_late(session.get_one(Demand, helper.demand_id), helper.unit_id)
    return len(found)


def catch_up() -> int:
    """After the clock of a demo district was turned: do what is due, and set the alarms anew.

    Each demand is acted on at most once for each time limit that has passed.
    """
    rung = casework.ring_out(ring)
    _set_alarms_ahead()
    return rung


def repair() -> int:
    """Find what should have rung long ago, do it, and tell the district that it slipped.

    All alarms are set again, those of helpers too.
    """
    slipped = casework.slipped(Demand, Demand.code)
    _set_alarms_ahead()
    casework.set_alarm(rules.CLOCK_JOB, clock.now())
    if slipped:
        _log.warning("%s demands slipped past their alarm", len(slipped))
        audit.record("demands.repair", "demand", None, actor=CLOCK, codes=list(slipped))
    return len(slipped)


def _set_alarms_ahead() -> None:
    casework.set_alarms_ahead(rules.CLOCK_JOB, Demand.next_at, Helper.next_at)

"""Deadlines as jobs with a due time, queued in the transaction that sets them.

All alarms of one kind and district that fall into one minute are one job, which looks for
everything that is due by the cases' own columns. So a thousand cases that come due together are
one job, and an alarm that comes too late, twice, or after a case went on finds what is true then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from saas.casework.models import CaseColumns
from saas.casework.quiet import is_quiet
from saas.jobs.queue import JOBS
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work

_log = logging.getLogger(__name__)
_SET = "casework.alarms"
_Case = TypeVar("_Case", bound=CaseColumns)
_Shown = TypeVar("_Shown")
_Moment = InstrumentedAttribute[datetime | None]
#: What is later than this was not merely waiting its turn.
_GRACE = timedelta(minutes=15)
_AHEAD = timedelta(hours=36)
_MOST_BATCHES = 50


def set_alarm(job: str, at: datetime | None) -> None:
    """Have the job of this name look at this district in the minute of ``at``."""
    if at is None or is_quiet():
        return
    minute = None if at <= clock.now() else _whole_minute(at)
    asked = _asked_here()
    if (job, minute) not in asked:
        asked.add((job, minute))
        # Marked by the world's time: when a demo's clock is turned, the same minute comes sooner.
        mark = f"{clock.to_world(minute):%Y%m%d%H%M%S}" if minute else "now"
        JOBS[job].enqueue(at=minute, once=f"{job}:{mark}")


def _asked_here() -> set[tuple[str, datetime | None]]:
    """What was asked for in this transaction, or in the part of it that may be undone alone."""
    own = session()
    here = own.get_nested_transaction() or own.get_transaction()
    kept: tuple[object, set[tuple[str, datetime | None]]] | None = session.info.get(_SET)
    if kept is None or here is None or kept[0] is not here:
        kept = session.info[_SET] = (here, set())
    return kept[1]


def _whole_minute(moment: datetime) -> datetime:
    """The next whole minute: an alarm never rings before its time."""
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=1)


def set_alarms_ahead(job: str, *columns: _Moment) -> None:
    """Set the alarms of the coming day and a half anew, for what is due by one of ``columns``.

    Where they are there, nothing happens; so what was lost is found again.
    """
    now = clock.now()
    moments = [
        sa.select(sa.func.date_trunc("minute", column)).where(column > now, column <= now + _AHEAD)
        for column in columns
    ]
    for moment in session.scalars(sa.union(*moments)).all():
        set_alarm(job, moment)


def slipped(model: type[_Case], shown: InstrumentedAttribute[_Shown]) -> Sequence[_Shown]:
    """``shown`` of what should have rung long ago, the longest first."""
    query = sa.select(shown).where(model.next_at <= clock.now() - _GRACE)
    return session.scalars(query.order_by(model.next_at).limit(1000)).all()


def due(model: type[_Case], limit: int) -> Sequence[_Case]:
    """What is due, locked, the longest first. Locked ones are left to whoever works on them: that
    one sets the next alarm.
    """
    query = sa.select(model).where(model.next_at <= clock.now()).order_by(model.next_at)
    return session.scalars(query.limit(limit).with_for_update(skip_locked=True)).all()


def lock_due(model: type[_Case], case_id: int) -> _Case | None:
    """One that is still due, locked; None if it is not, or somebody works on it."""
    query = sa.select(model).where(model.id == case_id, model.next_at <= clock.now())
    return session.scalar(query.with_for_update(skip_locked=True))


def due_ids(model: type[_Case], limit: int) -> Sequence[int]:
    """The ids of what is due, the longest first."""
    query = sa.select(model.id).where(model.next_at <= clock.now()).order_by(model.next_at)
    return session.scalars(query.limit(limit)).all()


def ring_all(
    ring: Callable[[], int],
    waiting: Callable[[], Sequence[int]],
    ring_for: Callable[[int], bool],
    batch: int,
) -> None:
    """Do what is due in this district, batch after batch, each whole or not at all.

    ``ring`` does at most ``batch`` and returns how many. Where that fails each of ``waiting`` is
    tried alone, since one that cannot be done must not hold up the others.
    """
    while True:
        try:
            with unit_of_work():
                more = ring() >= batch
        except Exception:  # noqa: BLE001 - whatever one case raises, the others must not wait for it
            _log.exception("a batch of alarms failed; each is tried alone")
            with unit_of_work():
                ids = waiting()
            done = [_alone(ring_for, case_id) for case_id in ids]
            # More may wait; but only on if something was done, so it does not go in rounds.
            more = len(done) >= batch and any(done)
        if not more:
            return


def ring_out(ring: Callable[[], int]) -> int:
    """Do all that is due in the transaction at hand, after a clock was turned; returns how much."""
    rung = 0
    for _ in range(_MOST_BATCHES):
        done = ring()
        session.flush()
        rung += done
        if not done:
            break
    return rung


def _alone(ring_for: Callable[[int], bool], case_id: int) -> bool:
    try:
        with unit_of_work():
            return ring_for(case_id)
    except Exception:  # noqa: BLE001 - the same
        _log.exception("the alarm of case %s failed", case_id)
        return False

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

from saas.casework.models import CaseColumns
from saas.casework.quiet import is_quiet
from saas.jobs.queue import JOBS
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work

_log = logging.getLogger(__name__)
_SET = "casework.alarms"
_Case = TypeVar("_Case", bound=CaseColumns)


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


def _alone(ring_for: Callable[[int], bool], case_id: int) -> bool:
    try:
        with unit_of_work():
            return ring_for(case_id)
    except Exception:  # noqa: BLE001 - the same
        _log.exception("the alarm of case %s failed", case_id)
        return False

"""Deadlines as jobs with a due time, queued in the transaction that sets them.

All alarms of a district that fall into one minute are one job, which looks for everything that is
due. So a thousand demands that come due together are one job, and an alarm that comes too late,
twice, or after a demand went on finds what is true then.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from saas.demands.commands.quiet import is_quiet
from saas.jobs.queue import JOBS
from saas.kernel import clock
from saas.kernel.db import session

_SET = "demands.alarms"


def set_alarm(at: datetime | None) -> None:
    """Have `clockwork.tick` look at this district in the minute of ``at``."""
    if at is None or is_quiet():
        return
    minute = None if at <= clock.now() else _whole_minute(at)
    asked = _asked_here()
    if minute not in asked:
        asked.add(minute)
        # Marked by the world's time: when a demo's clock is turned, the same minute comes sooner.
        mark = f"{clock.to_world(minute):%Y%m%d%H%M%S}" if minute else "now"
        JOBS["demands.tick"].enqueue(at=minute, once=f"tick:{mark}")


def _asked_here() -> set[datetime | None]:
    """The minutes asked for in this transaction, or in the part of it that may be undone alone."""
    own = session()
    here = own.get_nested_transaction() or own.get_transaction()
    kept: tuple[object, set[datetime | None]] | None = session.info.get(_SET)
    if kept is None or here is None or kept[0] is not here:
        kept = session.info[_SET] = (here, set())
    return kept[1]


def _whole_minute(moment: datetime) -> datetime:
    """The next whole minute: an alarm never rings before its time."""
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=1)

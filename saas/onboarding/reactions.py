"""What the health page does when something changes that it looks at."""

from __future__ import annotations

from saas.jobs.queue import JOBS
from saas.kernel.audit import recorded
from saas.kernel.unit_of_work import once
from saas.onboarding import queries, rules

_JOB = "onboarding.recheck"


@recorded.connect
def _look_again(action: str) -> None:
    """A verdict is old: until the list has run again in the background the page says so."""
    if rules.is_judged(action):
        once(_JOB, _queue)


def _queue() -> bool:
    wanted = queries.was_checked()
    if wanted:
        JOBS[_JOB].enqueue(once=_JOB)
    return wanted

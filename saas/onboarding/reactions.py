"""What the health page does when something changes that it looks at."""

from __future__ import annotations

from saas.accounts.events import post_changed
from saas.jobs.queue import JOBS
from saas.onboarding import queries


@post_changed.connect
def _look_again(post_id: int) -> None:
    """A post may have become vacant, or be filled again."""
    if queries.was_checked():
        JOBS["onboarding.recheck"].enqueue(once="onboarding.recheck")

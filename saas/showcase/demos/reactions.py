"""What is counted when a delegation was here, and when it means to do the same at home."""

from __future__ import annotations

from saas.jobs.queue import JOBS
from saas.kernel.context import current_tenant
from saas.visits.events import visit_acted


@visit_acted.connect
def _count(visit: object, *, verb: str, pledge: str) -> None:
    """Once it is stored. Visits of a demo are no visits; a pledge to do nothing is none either."""
    step = {"hold": "visited", "pledge": "wanted"}.get(verb)
    if step and not current_tenant().is_demo and not (verb == "pledge" and pledge in {"", "no"}):
        JOBS["showcase.count"].enqueue(step=step)

"""What is counted when a delegation was here, and when it means to do the same at home."""

from __future__ import annotations

from saas.kernel.context import current_tenant, entering
from saas.kernel.unit_of_work import unit_of_work
from saas.showcase.demos import commands
from saas.tenancy.provisioning import hub
from saas.visits.events import visit_acted


@visit_acted.connect
def _count(visit: object, *, verb: str, pledge: str) -> None:
    """Visits of a demo are no visits; a pledge to do nothing is none either."""
    step = {"hold": "visited", "pledge": "wanted"}.get(verb)
    district = current_tenant()
    if step and not district.is_demo and not (verb == "pledge" and pledge in {"", "no"}):
        with entering(hub()), unit_of_work():
            commands.mark(step, shown_by=district.id)

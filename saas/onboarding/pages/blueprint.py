"""The wizard's pages belong to districts; its place in the rail."""

from __future__ import annotations

from saas.kernel.context import Actor, current_tenant
from saas.onboarding import permissions, queries
from saas.web.pages import Pages

setup = Pages("setup", "saas.onboarding", plane="tenant")


def open_steps(actor: Actor) -> int:
    """Steps that are still open while the district is prepared; afterwards what broke since."""
    if not permissions.sets_up(actor):
        return 0
    if current_tenant().staff_only:
        return sum(step.state != "done" for step in queries.steps())
    return queries.count_gaps()

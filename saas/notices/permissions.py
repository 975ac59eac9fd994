"""What people may do with notices: their own inbox is theirs, the ways out are the district's."""

from __future__ import annotations

from saas.accounts.permissions import SETTINGS as SETTINGS
from saas.kernel.context import Actor
from saas.territory.queries import covers_all


def runs_the_ways(actor: Actor) -> bool:
    """Whether the actor looks after mail and webhooks of the whole district."""
    return covers_all(actor.reach(SETTINGS))

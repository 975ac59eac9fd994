"""Who sets a district up: whoever may change the settings of the whole of it."""

from __future__ import annotations

from saas.accounts.permissions import SETTINGS as SETTINGS
from saas.kernel.context import Actor
from saas.territory.queries import covers_all


def sets_up(actor: Actor) -> bool:
    """Whether ``actor`` is an administrator of the whole district."""
    return actor.kind == "person" and covers_all(actor.reach(SETTINGS))

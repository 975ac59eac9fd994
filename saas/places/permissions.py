"""Who looks after merchants and walks: who shapes the rooms of the place."""

from __future__ import annotations

from saas.accounts.permissions import SETTINGS
from saas.kernel.context import Actor
from saas.rooms.permissions import CONFIGURE

__all__ = ["CONFIGURE", "SETTINGS", "can_keep"]


def can_keep(actor: Actor, path: str) -> bool:
    """Whether ``actor`` writes of merchants and walks at a place."""
    return actor.kind == "system" or actor.may(CONFIGURE, path)

"""What people may be allowed to do with rooms."""

from __future__ import annotations

from saas.kernel.context import Actor

VIEW = "rooms:room:view"
CONFIGURE = "rooms:room:configure"
KEEP = "rooms:room:keep"
ALL = (VIEW, CONFIGURE, KEEP)


def can_configure(actor: Actor, street_path: str) -> bool:
    """Whether ``actor`` may reshape the rooms of the street at ``street_path``."""
    return actor.may(CONFIGURE, street_path)


def can_keep(actor: Actor, street_path: str, keeper_id: int | None) -> bool:
    """Whether ``actor`` runs the room day to day: its keeper, or who may reshape it."""
    if can_configure(actor, street_path):
        return True
    return keeper_id is not None and keeper_id == actor.id and actor.may(KEEP, street_path)

"""What people may be allowed to do with rooms."""

from __future__ import annotations

from saas.kernel.context import Actor

VIEW = "rooms:room:view"
CONFIGURE = "rooms:room:configure"
KEEP = "rooms:room:keep"


def can_configure(actor: Actor, street_path: str) -> bool:
    """Whether ``actor`` may reshape the rooms of the street at ``street_path``."""
    return actor.may(CONFIGURE, street_path)


def can_keep(actor: Actor, street_path: str, keeper_id: int | None) -> bool:
    """Whether ``actor`` runs the room day to day: its keeper, or who may reshape it.

    A keeper's post may be at the street or at one of its communities.
    """
    if can_configure(actor, street_path):
        return True
    mine = keeper_id is not None and keeper_id == actor.person_id
    return mine and any(near(path, street_path) for path in actor.reach(KEEP))


def can_see(actor: Actor, street_path: str) -> bool:
    """Whether the street's rooms are anything to ``actor`` at work."""
    return any(near(path, street_path) for path in actor.reach(VIEW))


def sees_every_room(actor: Actor, street_path: str) -> bool:
    """False for those whose posts make them keepers only: their list holds their own rooms."""
    return any(
        VIEW in grant.permissions
        and near(grant.path, street_path)
        and (KEEP not in grant.permissions or CONFIGURE in grant.permissions)
        for grant in actor.grants
        if not grant.own_only
    )


def near(path: str, other: str) -> bool:
    """Whether one of two places lies in the other."""
    return path.startswith(other) or other.startswith(path)

"""What people may be allowed to do with people and the district itself."""

from __future__ import annotations

from saas.kernel.context import Actor

VIEW = "accounts:person:view"
MANAGE = "accounts:person:manage"
SETTINGS = "district:settings:edit"
AUDIT = "district:audit:view"


def is_above(other: Actor | None, actor: Actor) -> bool:
    """Whether ``other`` may do anything that ``actor`` may not: then the account is out of reach.

    Otherwise a link for a new password, or another number, would be a way to more rights.
    """
    if other is None or actor.kind == "system" or other.id == actor.person_id:
        return False
    return any(
        not actor.may(permission, grant.path)
        for grant in other.grants
        if not grant.own_only
        for permission in grant.permissions
    )

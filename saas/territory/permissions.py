"""What people may be allowed to do with the tree."""

from __future__ import annotations

from saas.kernel.context import Actor
from saas.territory import rules

VIEW = "territory:unit:view"
EDIT = "territory:unit:edit"


def can_edit(actor: Actor, path: str) -> bool:
    """Whether ``actor`` may rename the unit at ``path`` and add others beneath it."""
    return actor.may(EDIT, path)


def can_reshape(actor: Actor, path: str) -> bool:
    """Whether ``actor`` may move, merge, retire or restore the unit at ``path``.

    That changes the unit above it, so the right is needed there.
    """
    above = rules.ancestors(path)
    return bool(above) and actor.may(EDIT, above[-1])

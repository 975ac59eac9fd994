"""Who may see and change what the district is made from.

No name of its own: the model is the first of the settings of a district.
"""

from __future__ import annotations

from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden

EDIT = "district:settings:edit"


def can_edit(actor: Actor) -> bool:
    """Whether ``actor`` may change the model; operators may, at the shell."""
    return actor.kind in {"operator", "system"} or actor.may(EDIT)


def ensure_edit(actor: Actor) -> None:
    """Raise `Forbidden` unless ``actor`` may change the model."""
    if not can_edit(actor):
        raise Forbidden

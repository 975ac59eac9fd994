"""What people may do with public pages: those who keep what is said about a district write them."""

from __future__ import annotations

from saas.kernel.context import Actor
from saas.media.permissions import KEEP

__all__ = ["KEEP", "parts_of"]


def parts_of(actor: Actor, handed_in_by: int | None) -> set[str]:
    """The parts that ``actor`` plays; who handed an edition in does not look at it."""
    if not actor.may(KEEP):
        return set()
    another = actor.kind == "person" and actor.person_id != handed_in_by
    return {"editor", "reviewer"} if another else {"editor"}

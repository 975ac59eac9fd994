"""What people may do with visits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol

from saas.kernel.context import Actor

#: Look at what delegations ask for, check letters, lay itineraries, keep reception lists.
HANDLE: Final = "visits:visit:handle"


class Asked(Protocol):
    """Who asked for a visit."""

    @property
    def code(self) -> str: ...


def handles(actor: Actor, path: str) -> bool:
    """Whether ``actor`` works on visits at a place."""
    return actor.kind == "system" or actor.may(HANDLE, path)


def is_guest(actor: Actor, visit: Asked) -> bool:
    """Whether this device has shown the slip of who asked."""
    return visit.code in actor.slips


def parts_of(actor: Actor, visit: Asked, path: str, guides: Collection[int | None]) -> set[str]:
    """The parts that ``actor`` plays, as the state table names them."""
    office, guest = handles(actor, path), is_guest(actor, visit)
    guide = office or (actor.person_id is not None and actor.person_id in guides)
    played = {"office": office, "guest": guest, "either": office or guest, "guide": guide}
    return {name for name, plays in played.items() if plays}

"""What people may do with activities. Who books rooms for others plans what happens in them."""

from __future__ import annotations

from typing import Protocol

from saas.bookings.permissions import HANDLE
from saas.kernel.context import Actor
from saas.rooms.permissions import CONFIGURE, VIEW, can_keep, near

SEE, SET_UP = VIEW, CONFIGURE


class Where(Protocol):
    """Where a session is; `queries.Scene` has it."""

    @property
    def street_path(self) -> str: ...
    @property
    def keeper_id(self) -> int | None: ...


class Owned(Protocol):
    """Whose a sign-up is."""

    @property
    def code(self) -> str: ...
    @property
    def person_id(self) -> int | None: ...


def handles(actor: Actor, where: Where) -> bool:
    """Whether ``actor`` enters others here and sees who comes: at the street's desk, at that of one
    of its communities, or as keeper of the room.
    """
    at_desk = any(near(path, where.street_path) for path in actor.reach(HANDLE))
    return at_desk or can_keep(actor, where.street_path, where.keeper_id)


def session_parts(actor: Actor, where: Where, people: frozenset[int]) -> set[str]:
    """The parts that ``actor`` plays at a session; ``people`` are those of its organisation."""
    if actor.kind in ("clock", "system"):
        return {"organiser", "keeper"}
    handler = handles(actor, where)
    organiser = handler or actor.person_id in people
    return {name for name, plays in {"organiser": organiser, "keeper": organiser}.items() if plays}


def is_owner(actor: Actor, signup: Owned) -> bool:
    """Whether a sign-up is the actor's: by account, or by the slip that this device has shown."""
    if actor.person_id is None:
        return signup.person_id is None and signup.code in actor.slips
    return actor.person_id == signup.person_id


def signup_parts(actor: Actor, signup: Owned, where: Where) -> set[str]:
    """The parts that ``actor`` plays at a sign-up. ``house`` does what follows from something else:
    places that came free, a day that changed.
    """
    if actor.kind in ("clock", "system"):
        return {"owner", "either", "handler", "house"}
    owner, handler = is_owner(actor, signup), handles(actor, where)
    played = {"owner": owner, "either": owner or handler, "handler": handler}
    return {name for name, plays in played.items() if plays}

"""What people may do with bookings."""

from __future__ import annotations

from typing import Final, Protocol

from saas.kernel.context import Actor
from saas.rooms.permissions import CONFIGURE, VIEW, can_configure, can_keep, near

#: Book for others, see who comes, decide on what is asked.
HANDLE: Final = "bookings:booking:handle"
SEE, SET_UP = VIEW, CONFIGURE


class Place(Protocol):
    """Where a booking is; `queries.Place` has it."""

    @property
    def street_path(self) -> str: ...
    @property
    def keeper_id(self) -> int | None: ...


class Owned(Protocol):
    """Whose a booking is."""

    @property
    def code(self) -> str: ...
    @property
    def person_id(self) -> int | None: ...


def handles(actor: Actor, place: Place) -> bool:
    """Whether ``actor`` books for others here and sees who comes: at the street's desk or at that
    of one of its communities, or as the keeper of the room.
    """
    at_desk = any(near(path, place.street_path) for path in actor.reach(HANDLE))
    return at_desk or decides(actor, place)


def decides(actor: Actor, place: Place) -> bool:
    """Whether ``actor`` approves here: the street, or the keeper of the room."""
    return actor.may(HANDLE, place.street_path) or can_keep(
        actor, place.street_path, place.keeper_id
    )


def sets_terms(actor: Actor, place: Place) -> bool:
    """Whether ``actor`` says on which terms the room is booked."""
    return can_configure(actor, place.street_path)


def is_owner(actor: Actor, booking: Owned, people: frozenset[int]) -> bool:
    """Whether it is the actor's: by account, as one of the ``people`` of its organisation, or by
    the slip that this device has shown.
    """
    if actor.person_id is None:
        return booking.person_id is None and booking.code in actor.slips
    return actor.person_id == booking.person_id or actor.person_id in people


def parts_of(
    actor: Actor, booking: Owned, place: Place, people: frozenset[int], *, at_door: bool = False
) -> set[str]:
    """The parts that ``actor`` plays, as the state table names them. ``present`` is who stands at
    the door with what is booked, or works there.
    """
    if actor.kind == "clock":
        return {"clock", "present"}
    if actor.kind == "system":
        return {"owner", "either", "handler", "decider", "present"}
    owner, handler = is_owner(actor, booking, people), handles(actor, place)
    played = {
        "owner": owner,
        "either": owner or handler,
        "handler": handler,
        "decider": decides(actor, place),
        "present": handler or (owner and at_door),
    }
    return {name for name, plays in played.items() if plays}

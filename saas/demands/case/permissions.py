"""What people may be allowed to do with demands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from saas.demands.case.models import Demand, Helper
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden
from saas.territory.queries import Unit

FILE = "demands:demand:file"
VIEW = "demands:demand:view"
HANDLE = "demands:demand:handle"
SUPERVISE = "demands:demand:supervise"
#: Declared by the accounts; what can be asked for and on which terms is a setting of the district.
SETTINGS = "district:settings:edit"


class Place(Protocol):
    """What is asked of where a demand stands; `queries.Standing` has it."""

    @property
    def demand(self) -> Demand: ...
    @property
    def holder(self) -> Unit: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def is_top(self) -> bool: ...
    @property
    def helpers(self) -> Sequence[Helper]: ...
    @property
    def helper_units(self) -> dict[int, Unit]: ...


def can_file(actor: Actor) -> bool:
    """Whether ``actor`` may file for themselves: residents, and whoever has no account."""
    return actor.kind == "anonymous" or (actor.kind == "person" and actor.may(FILE))


def ensure_file(actor: Actor) -> None:
    """Raise `Forbidden` unless ``actor`` may file for themselves."""
    if not can_file(actor):
        raise Forbidden


def can_time(actor: Actor, street_path: str) -> bool:
    """Whether ``actor`` may give the levels of a street their own time: who supervises there."""
    return actor.may(SUPERVISE, street_path)


def is_filer(actor: Actor, demand: Demand) -> bool:
    """Who filed it; without an account who shows its slip, or who entered it: nobody speaks for a
    resident who can speak in person.
    """
    own = demand.filed_by_id or demand.entered_by_id
    by_slip = demand.filed_by_id is None and demand.code in actor.slips
    return by_slip or (actor.person_id is not None and actor.person_id == own)


def can_view(actor: Actor, demand: Demand, paths: Sequence[str]) -> bool:
    """Who filed or entered it, and those whose posts reach any of ``paths``: where it arose,
    where it is or was held, who was asked to join.
    """
    entered = actor.person_id is not None and actor.person_id == demand.entered_by_id
    return is_filer(actor, demand) or entered or any(actor.may(VIEW, path) for path in paths)


def can_handle(actor: Actor, holder_path: str) -> bool:
    """Those who act for the unit that holds it, or for one above."""
    return actor.may(HANDLE, holder_path)


def can_publish(actor: Actor, path: str | None) -> bool:
    """Who answers for what everybody reads: those who supervise ``path``, and who changes settings.

    ``path`` is that of who holds the demand behind an answer; None when there is no demand.
    """
    supervises = path is not None and actor.may(SUPERVISE, path)
    return supervises or actor.may(SETTINGS)


def can_enter(actor: Actor, path: str) -> bool:
    """Those who may enter a demand for somebody else: staff of the place or above, and systems."""
    return actor.may(FILE, path) and (actor.kind == "token" or actor.may(VIEW))


def can_see_filer(actor: Actor, demand: Demand, holder_path: str) -> bool:
    """An anonymous filer is hidden from those who handle it, never from the audit."""
    if demand.anonymous:
        return actor.may("district:audit:view", holder_path)
    return can_handle(actor, holder_path) or actor.may("district:audit:view", holder_path)


def can_call(actor: Actor, demand: Demand, holder_path: str) -> bool:
    """Who handles it may look up the number, by whichever way it came; nobody else, and never that
    of who asked to stay unnamed.
    """
    return actor.kind == "person" and not demand.anonymous and can_handle(actor, holder_path)


def can_name(actor: Actor, demand: Demand, holder_path: str, person_id: int | None) -> bool:
    """Whether ``actor`` may be told that it was this person who did something with a demand.

    Who is hidden is named to people of the audit alone, and to no program.
    """
    hidden = demand.anonymous and person_id == demand.filed_by_id
    seen = actor.kind == "person" and can_see_filer(actor, demand, holder_path)
    return seen or not hidden


def parts_of(actor: Actor, place: Place) -> set[str]:
    """The parts that ``actor`` can play for a demand, as the state table names them."""
    if actor.kind == "clock":
        return {"clock"}
    path = place.holder.path
    above = [g for g in actor.grants if g.covers(path) and g.path != path and not g.own_only]
    parts = {
        "filer": is_filer(actor, place.demand),
        "handler": can_handle(actor, path),
        "helper": bool(helps_for(actor, place)),
        "supervisor": any(SUPERVISE in grant.permissions for grant in above),
        "reviewer": _can_review(actor, place),
    }
    return {name for name, played in parts.items() if played}


def acting_unit(actor: Actor, place: Place, by: str) -> int | None:
    """The unit by whose post ``actor`` plays the part ``by``: the nearest one that reaches the
    holder; None for residents, programs and the clock.
    """
    if actor.kind != "person" or by not in {"handler", "supervisor", "reviewer"}:
        return None
    holder = place.holder.path
    posts = [g for g in actor.grants if HANDLE in g.permissions or SUPERVISE in g.permissions]
    reaching = [g for g in posts if g.covers(holder) and not g.own_only]
    if by != "handler":  # another level than the holder's; for a review at the top, one below
        reaching = [g for g in reaching if g.path != holder] or [
            g for g in posts if place.unit.path.startswith(g.path) and g.path != holder
        ]
    nearest = max(reaching, key=lambda grant: len(grant.path), default=None)
    return nearest.unit_id if nearest else None


def _can_review(actor: Actor, place: Place) -> bool:
    """A second pair of eyes: of a level above the holder's; at the top, of one below it. A program
    has none.
    """
    holder = place.holder.path
    return actor.kind != "token" and any(
        HANDLE in grant.permissions
        and not grant.own_only
        and grant.path != holder
        and (place.unit.path.startswith(grant.path) if place.is_top else grant.covers(holder))
        for grant in actor.grants
    )


def helps_for(actor: Actor, place: Place) -> list[Helper]:
    """The open parts of units for which ``actor`` acts."""
    return [
        helper
        for helper in place.helpers
        if helper.ended_at is None and actor.may(HANDLE, place.helper_units[helper.unit_id].path)
    ]


def ensure_settings(actor: Actor) -> None:
    """Raise `Forbidden` unless ``actor`` may change the settings of the district."""
    if not actor.may(SETTINGS):
        raise Forbidden

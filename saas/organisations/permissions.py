"""What people may do with organisations."""

from __future__ import annotations

from typing import Final, Protocol

from saas.kernel.context import Actor

VIEW = "organisations:organisation:view"
EDIT = "organisations:organisation:edit"
DECIDE = "organisations:organisation:decide"
CHECK = "organisations:plan:check"
#: Declared by the accounts; types and stages are settings of the district.
SETTINGS = "district:settings:edit"
#: Who looks after data: the system itself, when it lays out a district.
_ALL: Final = {"own", "either", "handler", "decider", "above", "system"}


class Place(Protocol):
    """What is asked of where an organisation stands; `queries.Standing` has it."""

    @property
    def home_path(self) -> str: ...
    @property
    def supporter_path(self) -> str: ...
    @property
    def people(self) -> frozenset[int]: ...


def parts_of(actor: Actor, place: Place) -> set[str]:
    """The parts that ``actor`` plays for an organisation, as the state table names them.

    ``own``: leads it, or works where it is at home. ``decider``: decides at the level that supports
    it; ``above``: at a higher one (at the top the top itself, where nothing is higher).
    """
    if actor.kind == "clock":
        return {"clock"}
    if actor.kind == "system":
        return set(_ALL)
    own, handles = actor.person_id in place.people, actor.may(EDIT, place.home_path)
    decides = actor.may(DECIDE, place.supporter_path)
    top = place.supporter_path.count("/") <= 2
    above = decides and any(
        DECIDE in grant.permissions
        and not grant.own_only
        and place.supporter_path.startswith(grant.path)
        and (top or grant.path != place.supporter_path)
        for grant in actor.grants
    )
    parts = {
        "own": own or handles,
        "either": own or handles or decides,
        "handler": handles,
        "decider": decides,
        "above": above,
    }
    return {name for name, played in parts.items() if played}


def can_view(actor: Actor, place: Place, state: str) -> bool:
    """Its own people, and who works there; what is only a draft is nobody's business further up."""
    if actor.person_id is not None and actor.person_id in place.people:
        return True
    return actor.may(EDIT if state == "draft" else VIEW, place.home_path)

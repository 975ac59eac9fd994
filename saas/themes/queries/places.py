"""Which packs are of this district, and what it shows of others."""

from __future__ import annotations

from saas.kernel.context import current_tenant
from saas.themes.queries.current import current_pack
from saas.themes.queries.editions import last_choice, source
from saas.themes.queries.packs import pack as shipped
from saas.themes.queries.packs import packs
from saas.themes.rules.places import Bound, at_home, foreign_in
from saas.themes.schemas import Pack


def is_of_here(pack: Pack) -> bool:
    """Whether the pack is of the current district's own place."""
    here = current_tenant()
    return at_home(pack, here.official_code, here.name)


def usual_sections(pack: Pack) -> list[str]:
    """The sections bound to a place that come when nobody chose: at home all, else none."""
    return list(pack.bound) if is_of_here(pack) else []


def taken_of(pack: Pack) -> list[str]:
    """The sections bound to its place that the current district has of a shipped pack: what it
    took, while the pack is on show, else what is usual.
    """
    chosen = last_choice()
    if chosen is None:
        on_show = current_tenant().look == pack.code
        return list(pack.bound) if on_show else usual_sections(pack)
    if chosen.shipped != pack.code:
        return usual_sections(pack)
    return list(pack.bound if chosen.taken is None else chosen.taken)


def foreign() -> list[tuple[Pack, Bound]]:
    """What the current district shows that is bound to the place of a pack of elsewhere."""
    shown, every = current_pack(), packs()
    elsewhere = [pack for pack in every if not is_of_here(pack)]
    return [(pack, one) for pack in elsewhere for one in foreign_in(shown, every, pack)]


def as_taken(based_on: str) -> Pack:
    """The pack that ``daan@1.0.0`` or ``#3`` names, as this district has or would have it.

    Raises `NotFound` where there is none.
    """
    found = source(based_on)
    return found if found.edition else shipped(found.code, taken_of(found))

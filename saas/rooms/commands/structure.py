"""Shaping what a street's rooms stand on: its centre, its platforms, its venues."""

from __future__ import annotations

from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.ordering import code_from, numbered, reorder
from saas.rooms import queries, rules
from saas.rooms.commands.noting import ensure_configures, note
from saas.rooms.commands.owning import owning
from saas.rooms.commands.planning import plan_street
from saas.rooms.models import Centre, Platform
from saas.territory.queries import Unit


def set_up_street(street: Unit, *, actor: Actor) -> None:
    """Plan everything that the district's library gives a street."""
    ensure_configures(actor, street)
    if queries.centre_of(street):
        raise Conflict(_l("This street has its rooms already."))
    plan_street(street, actor=actor)


def change_centre(
    street: Unit,
    centre: Centre,
    *,
    name: Label,
    seal: str,
    purpose: Label,
    place: Label,
    back: str = "",
    actor: Actor,
) -> None:
    """Other words or another place for the centre; ``back`` as in `change_room`."""
    ensure_configures(actor, street)
    with owning(centre, back=back):
        centre.name, centre.seal, centre.purpose = name, seal, purpose
    centre.place = place
    note("rooms.change_centre", "centre", centre.id, street, actor)


def add_platform(
    street: Unit, *, name: Label, purpose: Label, seal: str, code: str = "", actor: Actor
) -> Platform:
    """One more platform at the end of the street's order."""
    ensure_configures(actor, street)
    platforms = queries.structure_of(street).platforms
    taken = {p.code for p in platforms} | (set() if code else queries.platform_codes())
    code = numbered(code or code_from(name, "platform"), taken)
    position = max((p.position for p in platforms), default=0) + 1
    platform = Platform(
        unit_id=street.id, code=code, name=name, purpose=purpose, seal=seal, position=position
    )
    values = queries.values_of(platform)
    platform.own = rules.differing(values, queries.inherited_by(platform))
    session.add(platform)
    session.flush()
    note("rooms.add_platform", "platform", platform.id, street, actor, code=code)
    return platform


def change_platform(
    street: Unit,
    platform: Platform,
    *,
    name: Label,
    purpose: Label,
    seal: str,
    back: str = "",
    actor: Actor,
) -> None:
    """Other words or another seal for a platform; ``back`` as in `change_room`."""
    ensure_configures(actor, street)
    with owning(platform, back=back):
        platform.name, platform.purpose, platform.seal = name, purpose, seal
    note("rooms.change_platform", "platform", platform.id, street, actor)


def remove_platform(street: Unit, platform: Platform, *, actor: Actor) -> None:
    """Remove a platform that carries nothing, not even a retired room."""
    ensure_configures(actor, street)
    structure = queries.structure_of(street, retired=True)
    if structure.of(platform):
        raise Conflict(_l("Rooms still belong to this platform: move them to another one first."))
    session.delete(platform)
    note("rooms.remove_platform", "platform", platform.id, street, actor, code=platform.code)


def shift_platform(street: Unit, platform: Platform, *, way: str, actor: Actor) -> None:
    """Let a platform change places with its neighbour."""
    ensure_configures(actor, street)
    platforms = queries.structure_of(street).platforms
    with owning(*platforms):
        reorder(platforms, platform.code, way)
    facts = {"code": platform.code, "way": way}
    note("rooms.order_platforms", "platform", platform.id, street, actor, **facts)

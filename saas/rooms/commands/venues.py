"""Venues: the buildings and halls of a street; made, changed, closed, opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from saas import attachments
from saas.attachments import Taken
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.ordering import free_code
from saas.rooms import queries
from saas.rooms.commands.noting import ensure_configures, note
from saas.rooms.models import Venue
from saas.territory.queries import Unit

#: step_free, lift, toilet → yes, no, or None for unknown.
Access = Mapping[str, bool | None]


def add_venue(
    unit: Unit,
    *,
    name: Label,
    facts: Label,
    area_m2: int | None = None,
    access: Access = MappingProxyType({}),
    photo: Sequence[Any] = (),
    code: str = "",
    sample: bool = False,
    actor: Actor,
) -> Venue:
    """A building or hall at ``unit`` in which rooms can be. Raises `Invalid` at ``name_zh``."""
    ensure_configures(actor, unit)
    _ensure_free_name(unit, name, None)
    pictures = attachments.take(photo)
    code = code or free_code(name, "venue", queries.venue_codes())
    venue = Venue(
        unit_id=unit.id, code=code, name=name, facts=facts, area_m2=area_m2, sample=sample, **access
    )
    session.add(venue)
    session.flush()
    _show(venue, pictures, actor)
    note("rooms.add_venue", "venue", venue.id, unit, actor, code=code)
    return venue


def _show(venue: Venue, pictures: Sequence[Taken], actor: Actor) -> None:
    attachments.attach(
        pictures, thing="venue", thing_id=venue.id, place="face", sealed=False, actor=actor
    )


def _ensure_free_name(unit: Unit, name: Label, own: Venue | None) -> None:
    here = queries.venues_in(unit, closed=True)
    if any(one.name.get("zh") == name.get("zh") for one in here if one is not own):
        raise Invalid({"name_zh": [_l("Another venue here has this name.")]})


def change_venue(
    street: Unit,
    venue: Venue,
    *,
    name: Label,
    facts: Label,
    area_m2: int | None,
    access: Access = MappingProxyType({}),
    photo: Sequence[Any] = (),
    actor: Actor,
) -> None:
    """Other words, another size, other ways in, more pictures. Raises `Invalid` where more of it is
    granted than there is.
    """
    ensure_configures(actor, street)
    _ensure_free_name(street, name, venue)
    used = queries.used_area(venue)
    if area_m2 is not None and area_m2 < used:
        raise Invalid({"area_m2": [_l("Organisations use %(used)s m² of it.", used=used)]})
    pictures = attachments.take(photo)
    before = dict(venue.name)
    for way, known in access.items():
        setattr(venue, way, known)
    venue.name, venue.facts, venue.area_m2 = name, facts, area_m2
    session.flush()
    _show(venue, pictures, actor)
    note("rooms.change_venue", "venue", venue.id, street, actor, before=before, after=dict(name))


def close_venue(street: Unit, venue: Venue, *, actor: Actor) -> None:
    """No room is put into it any more. Raises `Conflict` while a room or an organisation is in
    it: they move first, so that nobody stands before a closed door.
    """
    ensure_configures(actor, street)
    if venue.closed_at:
        raise Conflict
    if rooms := queries.rooms_at(venue):
        names = _(", ").join(say(room.name) for room in rooms[:5])
        raise Conflict(_l("Rooms are still in it: %(names)s. Move them first.", names=names))
    if queries.used_area(venue):
        raise Conflict(_l("Organisations still use it. Let them hand it back first."))
    venue.closed_at = clock.now()
    session.flush()
    note("rooms.close_venue", "venue", venue.id, street, actor, code=venue.code)


def reopen_venue(street: Unit, venue: Venue, *, actor: Actor) -> None:
    """Rooms can be put into it again."""
    ensure_configures(actor, street)
    if venue.closed_at is None:
        raise Conflict
    venue.closed_at = None
    session.flush()
    note("rooms.reopen_venue", "venue", venue.id, street, actor, code=venue.code)

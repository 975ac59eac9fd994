"""Changing the district's library. Each change reaches the streets at once, by `follow`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from saas.catalogue.rows import Catalogue
from saas.kernel import audit
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries
from saas.rooms.commands.following import follow
from saas.rooms.commands.news import tell_streets
from saas.rooms.commands.noting import ensure_hours
from saas.rooms.models import (
    CentreTemplate,
    LibraryAnswer,
    PlatformTemplate,
    RoomTemplate,
)
from saas.themes import queries as themes

Template = PlatformTemplate | RoomTemplate


def ensure_library(actor: Actor) -> None:
    """Raise `NotFound` unless ``actor`` may shape the rooms of the whole district."""
    if actor.kind != "system":
        queries.ensure_library(actor)


def change_centre_template(*, name: Label, seal: str, purpose: Label, actor: Actor) -> int:
    """Other words for the centre of every street. Returns how many things in streets changed."""
    ensure_library(actor)
    centre = queries.library().centre or CentreTemplate(code="support_centre")
    centre.name, centre.seal, centre.purpose = name, seal, purpose
    session.add(centre)
    session.flush()
    audit.record(
        "rooms.change_centre_template", "centre_template", centre.id, actor=actor, code=centre.code
    )
    return follow(actor=actor)


def _may_retire_platform(platform: PlatformTemplate) -> None:
    _ensure_in_use(platform)
    if queries.library().of(platform):
        raise Conflict(_l("Rooms still belong to this platform: move them to another one first."))


def _ensure_in_use(template: Template) -> None:
    if template.retired_at:
        raise Conflict


def _ensure_retired(template: Template) -> None:
    if not template.retired_at:
        raise Conflict


def _bring_platform_back(room: RoomTemplate) -> None:
    _ensure_retired(room)
    queries.platform_template(room.platform).retired_at = None


def _settle_room(values: Mapping[str, Any], row: RoomTemplate | None) -> Mapping[str, Any]:
    """A name or seal that is changed by hand stands over what the culture calls the room."""
    ensure_hours(values["hours"])
    settled = {
        **values,
        "platform": queries.chosen_home(values["platform"]).code,
        "services": [dict(service) for service in values["services"]],
        "hours": list(values["hours"]),
    }
    if row is None:
        return {**settled, "called": {}}
    shown = queries.values_of_template(row)
    if (shown["name"], shown["seal"]) != (values["name"], values["seal"]):
        return {**settled, "called": {}}
    return {key: value for key, value in settled.items() if key not in ("name", "seal")}


#: Both lists of the library are one to who reads the audit.
_DEEDS = {
    "retire": "retire_template",
    "restore": "restore_template",
    "order": "order_templates",
}
PLATFORMS = Catalogue(
    model=PlatformTemplate,
    domain="rooms",
    noun="platform_template",
    plural="templates",
    thing="platform_template",
    ensure=ensure_library,
    retired="retired_at",
    may_retire=_may_retire_platform,
    may_restore=_ensure_retired,
    stem="platform",
    taken=queries.platform_codes,
    deeds=_DEEDS,
)
ROOMS = Catalogue(
    model=RoomTemplate,
    domain="rooms",
    noun="room_template",
    plural="templates",
    thing="room_template",
    ensure=ensure_library,
    within=("platform",),
    retired="retired_at",
    settle=_settle_room,
    may_retire=_ensure_in_use,
    may_restore=_bring_platform_back,
    stem="room",
    taken=queries.room_codes,
    deeds=_DEEDS,
)


def add_platform_template(*, actor: Actor, **values: Any) -> PlatformTemplate:
    """A further platform at the end; a street gets it with the first room that it takes up."""
    platform = PLATFORMS.add(actor=actor, **values)
    follow(actor=actor)
    return platform


def add_room_template(*, actor: Actor, **values: Any) -> RoomTemplate:
    """A room that every street is offered from now on; none is opened by it."""
    template = ROOMS.add(actor=actor, **values)
    follow(actor=actor)
    tell_streets(template, actor=actor)
    return template


def change_template(template: Template, *, actor: Actor, **values: Any) -> int:
    """Other words, services, hours or another platform for every street that follows. Returns how
    many things in streets changed.
    """
    _list_of(template).change(template, actor=actor, **values)
    return follow(actor=actor)


def retire_template(template: Template, *, actor: Actor) -> None:
    """Offer it no more. Streets that have the room are told, and keep it until they decide.

    A platform goes only when no room of the library in use belongs to it.
    """
    _list_of(template).retire(template, actor=actor)
    _tell_anew(template, actor)


def restore_template(template: Template, *, actor: Actor) -> None:
    """Offer it again. A room brings its platform back too."""
    _list_of(template).restore(template, actor=actor)
    _tell_anew(template, actor)


def shift_template(template: Template, *, way: str, actor: Actor) -> int:
    """Let it change places with its neighbour in use: a room on its platform."""
    _list_of(template).shift(template, way=way, actor=actor)
    return follow(actor=actor)


def _list_of(template: Template) -> Catalogue[Any]:
    return ROOMS if isinstance(template, RoomTemplate) else PLATFORMS


def call_rooms(names: Mapping[str, Mapping[str, Any]], *, actor: Actor) -> int:
    """Let the rooms of the library be called as a culture has them: code → ``name`` (a label) and
    ``seal``, either may be missing; rooms that it leaves out have their own words again. For who
    applies a culture pack; it asks no permission of its own. Returns how many things changed.
    """
    for template in queries.library().rooms:
        called = {k: v for k, v in names.get(template.code, {}).items() if k in ("name", "seal")}
        if template.called != called:
            template.called = called
    return follow(actor=actor)


def call_as_here(*, actor: Actor) -> None:
    """Let the rooms of the library be called as the culture on show has them."""
    codes = [template.code for template in queries.library().rooms]
    names = {code: themes.room_name(code) for code in codes}
    call_rooms(
        {code: {"name": dict(own.name), "seal": own.seal} for code, own in names.items() if own},
        actor=actor,
    )


def ask_anew(code: str) -> None:
    """What streets have answered about a room of the library counts no more."""
    session.execute(sa.delete(LibraryAnswer).where(LibraryAnswer.code == code))


def _tell_anew(template: Template, actor: Actor) -> None:
    if isinstance(template, RoomTemplate):
        ask_anew(template.code)
        tell_streets(template, actor=actor)

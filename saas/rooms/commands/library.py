"""Changing the district's library. Each change reaches the streets at once, by `follow`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import queries, rules
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
#: What entries in the audit are about.
_KINDS = {
    CentreTemplate: "centre_template",
    PlatformTemplate: "platform_template",
    RoomTemplate: "room_template",
}


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
    return _changed("change_centre_template", centre, actor)


def add_platform_template(
    *, name: Label, seal: str, purpose: Label, actor: Actor
) -> PlatformTemplate:
    """A further platform at the end; a street gets it with the first room that it takes up."""
    ensure_library(actor)
    code = rules.free_code(rules.code_from(name, "platform"), queries.platform_codes())
    position = max((p.position for p in queries.library().platforms), default=0) + 1
    platform = PlatformTemplate(code=code, name=name, seal=seal, purpose=purpose, position=position)
    session.add(platform)
    _changed("add_platform_template", platform, actor)
    return platform


def change_platform_template(
    platform: PlatformTemplate, *, name: Label, seal: str, purpose: Label, actor: Actor
) -> int:
    """Other words for a platform. Returns how many things in streets changed."""
    ensure_library(actor)
    platform.name, platform.seal, platform.purpose = name, seal, purpose
    return _changed("change_platform_template", platform, actor)


def add_room_template(
    *,
    platform: str,
    name: Label,
    seal: str,
    purpose: Label,
    services: Sequence[Label],
    hours: Sequence[dict[str, Any]],
    actor: Actor,
) -> RoomTemplate:
    """A room that every street is offered from now on; none is opened by it."""
    ensure_library(actor)
    ensure_hours(hours)
    home = queries.chosen_home(platform)
    template = RoomTemplate(
        code=rules.free_code(rules.code_from(name, "room"), queries.room_codes()),
        platform=home.code,
        name=name,
        seal=seal,
        purpose=purpose,
        services=[dict(s) for s in services],
        hours=list(hours),
        position=max((r.position for r in queries.library().rooms), default=0) + 1,
        called={},
    )
    session.add(template)
    _changed("add_room_template", template, actor)
    tell_streets(template, actor=actor)
    return template


def change_room_template(
    template: RoomTemplate,
    *,
    platform: str,
    name: Label,
    seal: str,
    purpose: Label,
    services: Sequence[Label],
    hours: Sequence[dict[str, Any]],
    actor: Actor,
) -> int:
    """Other words, services, hours or another platform for every street that follows.

    A name or seal that is changed by hand stands over what the culture calls the room. Returns how
    many things in streets changed.
    """
    ensure_library(actor)
    ensure_hours(hours)
    home = queries.chosen_home(platform)
    shown = queries.values_of_template(template)
    if (shown["name"], shown["seal"]) != (name, seal):
        template.name, template.seal, template.called = name, seal, {}
    template.platform, template.purpose = home.code, purpose
    template.services, template.hours = [dict(s) for s in services], list(hours)
    return _changed("change_room_template", template, actor)


def retire_template(template: Template, *, actor: Actor) -> None:
    """Offer it no more. Streets that have the room are told, and keep it until they decide.

    A platform goes only when no room of the library in use belongs to it.
    """
    ensure_library(actor)
    if template.retired_at:
        raise Conflict
    if isinstance(template, PlatformTemplate) and queries.library().of(template):
        raise Conflict(_l("Rooms still belong to this platform: move them to another one first."))
    template.retired_at = clock.now()
    _note("retire_template", template, actor)
    _tell_anew(template, actor)


def restore_template(template: Template, *, actor: Actor) -> None:
    """Offer it again. A room brings its platform back too."""
    ensure_library(actor)
    if not template.retired_at:
        raise Conflict
    template.retired_at = None
    if isinstance(template, RoomTemplate):
        queries.platform_template(template.platform).retired_at = None
    _note("restore_template", template, actor)
    _tell_anew(template, actor)


def shift_template(template: Template, *, way: str, actor: Actor) -> int:
    """Let it change places with its neighbour in use: a room on its platform."""
    ensure_library(actor)
    if template.retired_at:
        raise Conflict
    library = queries.library()
    beside: Sequence[Template] = [p for p in library.platforms if not p.retired_at]
    if isinstance(template, RoomTemplate):
        beside = library.of(queries.platform_template(template.platform))
    by_code = {one.code: one for one in beside}
    places = rules.spread([one.position for one in beside])
    for code, place in zip(rules.swapped(list(by_code), template.code, way), places, strict=True):
        by_code[code].position = place
    return _changed("order_templates", template, actor)


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


def _changed(deed: str, template: CentreTemplate | Template, actor: Actor) -> int:
    session.flush()
    _note(deed, template, actor)
    return follow(actor=actor)


def _note(deed: str, template: CentreTemplate | Template, actor: Actor) -> None:
    kind = _KINDS[type(template)]
    audit.record(f"rooms.{deed}", kind, template.id, actor=actor, code=template.code)

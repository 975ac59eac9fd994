"""Taking things over from another street: choose it, see what would change, apply."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext
from saas.rooms import commands, queries, views, words
from saas.rooms.models import Room
from saas.rooms.pages.blueprint import pages
from saas.rooms.pages.manage import list_url
from saas.rooms.permissions import CONFIGURE
from saas.rooms.schemas import CopyIn
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/console/rooms/<street>/copy", needs=CONFIGURE, methods=("GET", "POST"))
def copy(actor: Actor, street: str) -> ResponseReturnValue:
    """Rooms that are missing, hours and services that differ, settings: each with its tick."""
    place = queries.configured_street(street, actor=actor)
    others = [unit for unit in queries.streets() if unit.id != place.id]
    asked = request.values.get("source") or (others[0].code if others else "")
    source = next((unit for unit in others if unit.code == asked), None)
    form = Form(CopyIn, suggested={"source": asked})
    if source and form.accepts(lambda **typed: _copy(place, source, typed, actor)):
        flash(_said(len(form.result)), "done")
        return redirect(list_url(place))
    ours = queries.structure_of(place, retired=True)
    theirs = queries.structure_of(source) if source else None
    return render(
        "rooms/copy.html",
        form.status,
        form=form,
        street=place,
        others=others,
        source=source,
        theirs=theirs,
        ours=ours,
        differences=_differences(ours, theirs) if theirs else {},
        settings=_settings(place, source) if source else [],
        words=words,
    )


def _copy(street: Unit, source: Unit, typed: dict[str, Any], actor: Actor) -> list[Room]:
    typed.pop("source")
    return commands.copy_street(street, source, actor=actor, **typed)


def _said(planned: int) -> str:
    if not planned:
        return _("Taken over. You can undo it for a day.")
    return ngettext(
        "%(num)s room is planned here now.", "%(num)s rooms are planned here now.", planned
    )


def _differences(
    ours: queries.Structure, theirs: queries.Structure
) -> dict[str, list[tuple[Room, str, str]]]:
    """``hours`` and ``services`` → the rooms that both have with what they are here and there."""
    mine = {room.code: room for room in ours.rooms if room.status != "retired"}
    pairs = [(mine[room.code], room) for room in theirs.rooms if room.code in mine]
    return {
        field: [
            (here, views.told_value(field, getattr(here, field)),
             views.told_value(field, getattr(there, field)))
            for here, there in pairs
            if getattr(here, field) != getattr(there, field) and getattr(there, field)
        ]
        for field in ("hours", "services")
    }  # fmt: skip


def _settings(street: Unit, source: Unit) -> list[tuple[str, str, str]]:
    """The settings that differ: name, here, there."""
    here, there = queries.settings_of(street), queries.settings_of(source)
    return [
        (name, views.told_value(name, here[name].value), views.told_value(name, there[name].value))
        for name in queries.COPIED_SETTINGS
        if there[name].value and here[name].value != there[name].value
    ]

"""The district's library of rooms, for who shapes the rooms of the whole district."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext, say
from saas.rooms import commands, queries, views, words
from saas.rooms.models import Platform, Room, RoomTemplate
from saas.rooms.pages.blueprint import pages
from saas.rooms.permissions import CONFIGURE
from saas.rooms.schemas import RoomTemplateIn, ShiftIn, TemplateIn
from saas.web.forms import Form
from saas.web.pages import render


def _back(anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("rooms.library", _anchor=anchor))


def _told(changed: int) -> str:
    """What a change of the library did to the streets."""
    return ngettext(
        "Saved. %(num)s thing in the streets followed.",
        "Saved. %(num)s things in the streets followed.",
        changed,
    )


@pages.page("/console/room-library", needs=CONFIGURE)
def library(actor: Actor) -> ResponseReturnValue:
    """Everything that streets begin with and follow."""
    queries.ensure_library(actor)
    return render(
        "rooms/library/list.html",
        library=queries.library(),
        used=queries.uses(Room, living=True),
        homes=queries.uses(Platform),
        streets=len(queries.streets()),
        shown=queries.values_of_template,
        hours_lines=views.hours_lines,
    )


@pages.page("/console/room-library/centre", needs=CONFIGURE, methods=("GET", "POST"))
def centre_template(actor: Actor) -> ResponseReturnValue:
    """What the centre of every street is."""
    queries.ensure_library(actor)
    row = queries.library().centre
    form = Form(TemplateIn, views.words_typed(row) if row else {})
    if form.accepts(partial(commands.change_centre_template, actor=actor)):
        flash(_told(form.result), "done")
        return _back()
    return _words_page(form, row, url_for("rooms.centre_template"))


@pages.page("/console/room-library/platforms/new", needs=CONFIGURE, methods=("GET", "POST"))
def add_platform_template(actor: Actor) -> ResponseReturnValue:
    """A further platform."""
    queries.ensure_library(actor)
    form = Form(TemplateIn)
    if form.accepts(partial(commands.add_platform_template, actor=actor)):
        flash(_("The platform stands at the end. Add its first room."), "done")
        return _back(f"platform-{form.result.code}")
    return _words_page(form, None, url_for("rooms.add_platform_template"))


@pages.page("/console/room-library/platforms/<home>", needs=CONFIGURE, methods=("GET", "POST"))
def edit_platform_template(actor: Actor, home: str) -> ResponseReturnValue:
    """Other words for a platform."""
    queries.ensure_library(actor)
    row = queries.platform_template(home)
    form = Form(TemplateIn, views.words_typed(row), thing=("platform_template", row.id))
    if form.accepts(partial(commands.change_template, row, actor=actor)):
        flash(_told(form.result), "done")
        return _back(f"platform-{home}")
    return _words_page(form, row, url_for("rooms.edit_platform_template", home=home))


def _words_page(form: Form, row: Any, url: str) -> ResponseReturnValue:
    return render("rooms/library/words.html", form.status, form=form, row=row, url=url)


@pages.page("/console/room-library/rooms/new", needs=CONFIGURE, methods=("GET", "POST"))
def add_room_template(actor: Actor) -> ResponseReturnValue:
    """A room that every street is offered."""
    queries.ensure_library(actor)
    form = Form(RoomTemplateIn, suggested={"platform": request.args.get("platform", "")})
    if form.accepts(partial(commands.add_room_template, actor=actor)):
        said = _("%(room)s is offered to every street now.", room=say(form.result.name))
        flash(said, "done")
        return _back(f"room-{form.result.code}")
    return _room_page(form, None, url_for("rooms.add_room_template"))


@pages.page("/console/room-library/rooms/<room>", needs=CONFIGURE, methods=("GET", "POST"))
def edit_room_template(actor: Actor, room: str) -> ResponseReturnValue:
    """Other words, services, hours or another platform; streets follow at once."""
    queries.ensure_library(actor)
    row = queries.room_template(room)
    start = views.template_typed(queries.values_of_template(row))
    start["by_appointment"] = row.by_appointment
    form = Form(RoomTemplateIn, start, thing=("room_template", row.id))
    if form.accepts(partial(commands.change_template, row, actor=actor)):
        flash(_told(form.result), "done")
        return _back(f"room-{room}")
    return _room_page(form, row, url_for("rooms.edit_room_template", room=room))


def _room_page(form: Form, row: RoomTemplate | None, url: str) -> ResponseReturnValue:
    living = [p for p in queries.library().platforms if not p.retired_at]
    return render(
        "rooms/library/room.html",
        form.status,
        form=form,
        row=row,
        url=url,
        platforms=living,
        used=queries.uses(Room, living=True).get(row.code, 0) if row else 0,
        own=queries.own_counts(row.code) if row else {},
        field_names=words.FIELDS,
    )


@pages.page("/console/room-library/rooms/<room>/retire", needs=CONFIGURE, methods=("POST",))
def retire_room_template(actor: Actor, room: str) -> ResponseReturnValue:
    """Offer it no more."""
    queries.ensure_library(actor)
    row = queries.room_template(room)
    commands.retire_template(row, actor=actor)
    flash(
        _("%(room)s is offered no more. Streets that have it were told.", room=say(row.name)),
        "done",
    )
    return _back("retired")


@pages.page("/console/room-library/rooms/<room>/restore", needs=CONFIGURE, methods=("POST",))
def restore_room_template(actor: Actor, room: str) -> ResponseReturnValue:
    """Offer it again."""
    queries.ensure_library(actor)
    row = queries.room_template(room)
    commands.restore_template(row, actor=actor)
    flash(_("%(room)s is offered to every street now.", room=say(row.name)), "done")
    return _back(f"room-{room}")


@pages.page("/console/room-library/rooms/<room>/shift", needs=CONFIGURE, methods=("POST",))
def shift_room_template(actor: Actor, room: str) -> ResponseReturnValue:
    """One place further up or down on its platform."""
    queries.ensure_library(actor)
    row = queries.room_template(room)
    Form(ShiftIn).accepts(partial(commands.shift_template, row, actor=actor))
    return _back(f"room-{room}")


@pages.page("/console/room-library/platforms/<home>/retire", needs=CONFIGURE, methods=("POST",))
def retire_platform_template(actor: Actor, home: str) -> ResponseReturnValue:
    """Streets get it no more."""
    queries.ensure_library(actor)
    row = queries.platform_template(home)
    commands.retire_template(row, actor=actor)
    flash(_("%(name)s is out of use. You can bring it back below.", name=say(row.name)), "done")
    return _back("retired")


@pages.page("/console/room-library/platforms/<home>/restore", needs=CONFIGURE, methods=("POST",))
def restore_platform_template(actor: Actor, home: str) -> ResponseReturnValue:
    """Streets get it again."""
    queries.ensure_library(actor)
    row = queries.platform_template(home)
    commands.restore_template(row, actor=actor)
    flash(_("%(name)s is back in use.", name=say(row.name)), "done")
    return _back(f"platform-{home}")


@pages.page("/console/room-library/platforms/<home>/shift", needs=CONFIGURE, methods=("POST",))
def shift_platform_template(actor: Actor, home: str) -> ResponseReturnValue:
    """One place further up or down."""
    queries.ensure_library(actor)
    row = queries.platform_template(home)
    Form(ShiftIn).accepts(partial(commands.shift_template, row, actor=actor))
    return _back(f"platform-{home}")

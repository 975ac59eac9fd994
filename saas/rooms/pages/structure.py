"""Shaping what rooms stand on: platforms and the centre."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.rooms import commands, queries, views
from saas.rooms.pages.blueprint import pages
from saas.rooms.pages.manage import inherited_words, list_url
from saas.rooms.permissions import CONFIGURE
from saas.rooms.schemas import CentreIn, NewPlatformIn, PlatformIn, ShiftIn
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/console/rooms/<street>/new-platform", needs=CONFIGURE, methods=("GET", "POST"))
def add_platform(actor: Actor, street: str) -> ResponseReturnValue:
    """One more platform."""
    place = queries.configured_street(street, actor=actor)
    form = Form(NewPlatformIn)
    if form.accepts(partial(commands.add_platform, place, actor=actor)):
        flash(_("The platform stands at the end. Add its first room."), "done")
        return redirect(list_url(place, f"platform-{form.result.code}"))
    return render(
        "rooms/platform_form.html",
        form.status,
        form=form,
        street=place,
        platform=None,
        inherited=None,
    )


@pages.page("/console/rooms/<street>/platform/<code>", needs=CONFIGURE, methods=("GET", "POST"))
def edit_platform(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """Other words for a platform."""
    place = queries.configured_street(street, actor=actor)
    chosen = queries.platform_in(place, code)
    inherited = queries.inherited_by(chosen)
    form = Form(PlatformIn, views.words_typed(chosen), thing=("platform", chosen.id))
    views.put_back(form.values, inherited)
    if form.accepts(partial(commands.change_platform, place, chosen, actor=actor)):
        flash(_("%(platform)s is saved.", platform=say(chosen.name)), "done")
        return redirect(list_url(place, f"platform-{code}"))
    return render(
        "rooms/platform_form.html",
        form.status,
        form=form,
        street=place,
        platform=chosen,
        inherited=inherited_words(place, inherited),
    )


@pages.page(
    "/console/rooms/<street>/platform/<code>/remove", needs=CONFIGURE, methods=("GET", "POST")
)
def remove_platform(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """Take away a platform that carries nothing; otherwise say what it still carries."""
    place = queries.configured_street(street, actor=actor)
    chosen = queries.platform_in(place, code)
    rooms = queries.structure_of(place, retired=True).of(chosen)
    if request.method == "POST":
        commands.remove_platform(place, chosen, actor=actor)
        flash(_("%(platform)s is removed.", platform=say(chosen.name)), "done")
        return redirect(list_url(place))
    return render("rooms/remove_platform.html", street=place, platform=chosen, rooms=rooms)


@pages.page("/console/rooms/<street>/platform/<code>/shift", needs=CONFIGURE, methods=("POST",))
def shift_platform(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """One place further up or down in the street."""
    place = queries.configured_street(street, actor=actor)
    chosen = queries.platform_in(place, code)
    Form(ShiftIn).accepts(partial(commands.shift_platform, place, chosen, actor=actor))
    return redirect(list_url(place, f"platform-{code}"))


@pages.page("/console/rooms/<street>/centre", needs=CONFIGURE, methods=("GET", "POST"))
def edit_centre(actor: Actor, street: str) -> ResponseReturnValue:
    """Other words or another place for the centre."""
    place = queries.configured_street(street, actor=actor)
    found = queries.centre_of(place)
    if found is None:
        raise NotFound
    inherited = queries.inherited_by(found)
    form = Form(CentreIn, views.words_typed(found), thing=("centre", found.id))
    views.put_back(form.values, inherited)
    if form.accepts(partial(commands.change_centre, place, found, actor=actor)):
        flash(_("%(centre)s is saved.", centre=say(found.name)), "done")
        return redirect(list_url(place))
    return render(
        "rooms/centre_form.html",
        form.status,
        form=form,
        street=place,
        centre=found,
        inherited=inherited_words(place, inherited),
    )

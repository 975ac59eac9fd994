"""A street as a whole: its settings, what the library offers it, undoing, how residents see it."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext
from saas.rooms import commands, permissions, queries, views, words
from saas.rooms.pages.blueprint import pages
from saas.rooms.pages.manage import list_url
from saas.rooms.pages.public import listed
from saas.rooms.permissions import CONFIGURE, VIEW
from saas.rooms.schemas import AnswerIn, SettingsIn, TakeUpIn
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/console/rooms/<street>/settings", needs=CONFIGURE, methods=("GET", "POST"))
def street_settings(actor: Actor, street: str) -> ResponseReturnValue:
    """What a street sets for itself; what it leaves empty is the district's."""
    place = queries.configured_street(street, actor=actor)
    return _settings(place, url_for("rooms.street_settings", street=street), actor, street=place)


@pages.page("/console/room-library/settings", needs=CONFIGURE, methods=("GET", "POST"))
def district_settings(actor: Actor) -> ResponseReturnValue:
    """The same for the district: what every street has that sets nothing itself."""
    root = queries.ensure_library(actor)
    return _settings(root, url_for("rooms.district_settings"), actor, street=None)


def _settings(place: Unit, url: str, actor: Actor, *, street: Unit | None) -> ResponseReturnValue:
    settings = queries.settings_of(place)
    form = Form(SettingsIn, views.settings_typed(settings))
    views.put_back(form.values, dict.fromkeys(settings))
    if form.accepts(partial(commands.set_settings, place, actor=actor)):
        flash(_("Saved.") if form.result else _("Nothing was different."), "done")
        return redirect(url)
    return render(
        "rooms/settings.html",
        form.status,
        form=form,
        url=url,
        place=place,
        street=street,
        settings=settings,
        told={name: views.told_value(name, one.inherited) for name, one in settings.items()},
        words=words,
    )


@pages.page("/console/rooms/<street>/take-up", needs=CONFIGURE, methods=("POST",))
def take_up(actor: Actor, street: str) -> ResponseReturnValue:
    """Plan rooms that the library offers."""
    place = queries.configured_street(street, actor=actor)
    form = Form(TakeUpIn)
    if form.accepts(partial(commands.take_up, place, actor=actor)):
        number = len(form.result)
        flash(
            ngettext(
                "%(num)s room is planned here now.", "%(num)s rooms are planned here now.", number
            ),
            "done",
        )
    else:
        flash(str(form.errors["rooms"][0]) if "rooms" in form.errors else _("Nothing was done."))
    return redirect(list_url(place))


@pages.page("/console/rooms/<street>/answer", needs=CONFIGURE, methods=("POST",))
def answer(actor: Actor, street: str) -> ResponseReturnValue:
    """The street has heard of a room of the library and does nothing about it."""
    place = queries.configured_street(street, actor=actor)
    form = Form(AnswerIn)
    if form.accepts(partial(commands.answer, place, actor=actor)):
        flash(_("Noted. Everything stays as it is."), "done")
    return redirect(list_url(place))


@pages.page("/console/rooms/<street>/undo", needs=CONFIGURE, methods=("POST",))
def undo(actor: Actor, street: str) -> ResponseReturnValue:
    """Take the last change of many rooms back."""
    place = queries.configured_street(street, actor=actor)
    done = commands.undo(place, actor=actor)
    said = ngettext(
        "%(num)s room is as it was before.", "%(num)s rooms are as they were before.", done.rooms
    )
    if done.kept:
        said += " " + ngettext(
            "%(num)s room was changed since and keeps that.",
            "%(num)s rooms were changed since and keep that.",
            done.kept,
        )
    flash(said, "done")
    return redirect(list_url(place))


@pages.page("/console/rooms/<street>/preview", needs=VIEW)
def preview(actor: Actor, street: str) -> ResponseReturnValue:
    """The street as residents see it, with rooms that are still planned; no resident's rights are
    needed for it, and none are given.
    """
    place = queries.access_street(street, actor=actor)
    structure = queries.structure_of(place)
    return render(
        "rooms/preview.html",
        street=place,
        settings=queries.settings_of(place),
        picture=views.plan_of(structure),
        today=views.open_today(structure, clock.local()),
        shapes=permissions.can_configure(actor, place.path),
        **listed(structure, list(structure.rooms)),
    )

"""Venues of a street: the buildings and halls in which its rooms are."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.errors import Conflict
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.schemas import push_label
from saas.rooms import commands, queries
from saas.rooms.models import Venue
from saas.rooms.pages.blueprint import pages
from saas.rooms.permissions import CONFIGURE
from saas.rooms.schemas import VenueIn
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/console/rooms/<street>/venues", needs=CONFIGURE)
def venues(actor: Actor, street: str) -> ResponseReturnValue:
    """Every venue with the rooms that are in it, those that are closed last."""
    place = queries.configured_street(street, actor=actor)
    found = [(one, queries.rooms_at(one)) for one in queries.venues_in(place, closed=True)]
    return render("rooms/venues.html", street=place, venues=found)


def _list(street: str) -> ResponseReturnValue:
    return redirect(url_for("rooms.venues", street=street))


@pages.page("/console/rooms/<street>/venues/new", needs=CONFIGURE, methods=("GET", "POST"))
def add_venue(actor: Actor, street: str) -> ResponseReturnValue:
    """One more."""
    place = queries.configured_street(street, actor=actor)
    form = Form(VenueIn)
    if form.accepts(partial(commands.add_venue, place, actor=actor)):
        flash(_("%(venue)s is there. Rooms can be put into it now.", venue=say(form.result.name)),
              "done")  # fmt: skip
        return _list(street)
    return render("rooms/venue_form.html", form.status, form=form, street=place, venue=None)


@pages.page("/console/rooms/<street>/venues/<venue>", needs=CONFIGURE, methods=("GET", "POST"))
def edit_venue(actor: Actor, street: str, venue: str) -> ResponseReturnValue:
    """Other words or another size."""
    place = queries.configured_street(street, actor=actor)
    row = queries.venue_in(place, venue)
    form = Form(VenueIn, _typed(row), thing=("venue", row.id))
    if form.accepts(partial(commands.change_venue, place, row, actor=actor)):
        flash(_("%(venue)s is saved.", venue=say(row.name)), "done")
        return _list(street)
    return render("rooms/venue_form.html", form.status, form=form, street=place, venue=row)


def _typed(row: Venue) -> dict[str, Any]:
    typed: dict[str, Any] = {"area_m2": str(row.area_m2 or "")}
    push_label(typed, "name", row.name)
    push_label(typed, "facts", row.facts)
    return typed


@pages.page("/console/rooms/<street>/venues/<venue>/close", needs=CONFIGURE, methods=("POST",))
def close_venue(actor: Actor, street: str, venue: str) -> ResponseReturnValue:
    """Put no more rooms into it; what is still in it is named."""
    place = queries.configured_street(street, actor=actor)
    row = queries.venue_in(place, venue)
    try:
        commands.close_venue(place, row, actor=actor)
        flash(_("%(venue)s is closed. It can be opened again here.", venue=say(row.name)), "done")
    except Conflict as error:
        flash(str(error.text), "warn")
    return _list(street)


@pages.page("/console/rooms/<street>/venues/<venue>/reopen", needs=CONFIGURE, methods=("POST",))
def reopen_venue(actor: Actor, street: str, venue: str) -> ResponseReturnValue:
    """Put rooms into it again."""
    place = queries.configured_street(street, actor=actor)
    row = queries.venue_in(place, venue)
    commands.reopen_venue(place, row, actor=actor)
    flash(_("%(venue)s is in use again.", venue=say(row.name)), "done")
    return _list(street)

"""Venues of a street: the buildings and halls in which its rooms are."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.attachments import answers
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.schemas import push_label
from saas.rooms import commands, queries, words
from saas.rooms.models import Venue
from saas.rooms.pages.blueprint import pages
from saas.rooms.permissions import CONFIGURE, can_configure
from saas.rooms.schemas import ACCESS, SpendingIn, VenueFormIn
from saas.web.forms import Form
from saas.web.pages import PUBLIC, render
from saas.web.shell import layout_of


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
    form = Form(VenueFormIn)
    if form.accepts(partial(commands.add_venue, place, actor=actor)):
        flash(_("%(venue)s is there. Rooms can be put into it now.", venue=say(form.result.name)),
              "done")  # fmt: skip
        return _list(street)
    return render("rooms/venue_form.html", form.status, form=form, street=place, venue=None,
                  words=words)  # fmt: skip


@pages.page("/console/rooms/<street>/venues/<venue>", needs=CONFIGURE, methods=("GET", "POST"))
def edit_venue(actor: Actor, street: str, venue: str) -> ResponseReturnValue:
    """Other words or another size."""
    place = queries.configured_street(street, actor=actor)
    row = queries.venue_in(place, venue)
    form = Form(VenueFormIn, _typed(row), thing=("venue", row.id))
    if form.accepts(partial(commands.change_venue, place, row, actor=actor)):
        flash(_("%(venue)s is saved.", venue=say(row.name)), "done")
        return _list(street)
    return render("rooms/venue_form.html", form.status, form=form, street=place, venue=row,
                  words=words)  # fmt: skip


def _typed(row: Venue) -> dict[str, Any]:
    typed: dict[str, Any] = {"area_m2": str(row.area_m2 or "")}
    known = {True: "yes", False: "no", None: ""}
    typed |= {name: known[getattr(row, name)] for name in ACCESS}
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


@pages.page(
    "/console/rooms/<street>/venues/<venue>/money", needs=CONFIGURE, methods=("GET", "POST")
)
def venue_money(actor: Actor, street: str, venue: str) -> ResponseReturnValue:
    """What was spent on a venue; one more."""
    place = queries.configured_street(street, actor=actor)
    row = queries.venue_in(place, venue)
    form = Form(SpendingIn)
    if form.accepts(partial(commands.add_spending, place, row, actor=actor)):
        flash(_("It is written down."), "done")
        return redirect(url_for("rooms.venue_money", street=street, venue=venue))
    return render("rooms/venue_money.html", form.status, form=form, street=place, venue=row,
                  spendings=queries.spendings_of(row))  # fmt: skip


@pages.page(
    "/console/rooms/<street>/venues/<venue>/money/<int:number>/void",
    needs=CONFIGURE,
    methods=("POST",),
)
def void_spending(actor: Actor, street: str, venue: str, number: int) -> ResponseReturnValue:
    """A row was wrong."""
    place = queries.configured_street(street, actor=actor)
    row = queries.venue_in(place, venue)
    commands.void_spending(place, row, number, actor=actor)
    flash(_("It does not count any more. What was written stays in the record."), "done")
    return redirect(url_for("rooms.venue_money", street=street, venue=venue))


@pages.page("/venues/<venue>", needs=PUBLIC)
def venue(actor: Actor, venue: str) -> ResponseReturnValue:
    """A venue for everybody: where, how to get in, its rooms, when it is closed, what it cost."""
    row = queries.public_venue(venue)
    rooms = queries.rooms_at(row)
    street = queries.street_above(row)
    return render(
        "rooms/venue.html",
        venue=row,
        street=street,
        rooms=rooms,
        closures=[(one, queries.room_of(one)) for one in queries.coming_closures(rooms)],
        spendings=queries.spendings_of(row),
        pictures=[one for one in attachments.of("venue", row.id) if one.is_picture][:12],
        words=words,
        edits=street is not None and can_configure(actor, street.path),
        layout=layout_of(actor),
    )


@pages.page("/venues/<venue>/pictures/<int:number>", needs=PUBLIC)
def venue_picture(actor: Actor, venue: str, number: int) -> ResponseReturnValue:
    """A picture of a venue."""
    found = attachments.one("venue", queries.public_venue(venue).id, number)
    if not found.is_picture:
        raise NotFound
    return answers.answer(found, small="small" in request.args, seconds=600)

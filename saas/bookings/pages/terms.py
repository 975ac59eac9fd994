"""On which terms the rooms of a street are booked."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.bookings import commands, forms, queries, views, words
from saas.bookings.pages.blueprint import pages
from saas.bookings.permissions import SET_UP, sets_terms
from saas.bookings.queries import Place
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.rooms import queries as rooms
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/settings/bookings", needs=SET_UP)
def terms(actor: Actor) -> ResponseReturnValue:
    """Every room of a street with its terms, and whether they are its own."""
    streets = [s for s in rooms.streets_at_work(actor) if actor.may(SET_UP, s.path)]
    asked = request.args.get("street")
    street = next((one for one in streets if one.code == asked), streets[0] if streets else None)
    found = rooms.structure_for(street, actor=actor).rooms if street else []
    shown = [room for room in found if room.status != "retired"]
    return render(
        "bookings/terms.html", street=street, streets=streets, rooms=shown, words=words,
        terms=queries.terms_of(shown), own=queries.own_terms([room.id for room in shown]),
    )  # fmt: skip


def _place(street: str, room: str, actor: Actor) -> Place:
    place = queries.public_place(street, room)
    if not sets_terms(actor, place):
        raise NotFound
    return place


@pages.page("/settings/bookings/<street>/<room>", needs=SET_UP, methods=("GET", "POST"))
def room_terms(actor: Actor, street: str, room: str) -> ResponseReturnValue:
    """The terms of one room."""
    place = _place(street, room, actor)
    now = queries.terms_of([place.room])[place.room.id]
    about = ("room", place.room.id, ("bookings.set_terms",))
    form = Form(schema_of(forms.TERMS), stored(forms.TERMS, now), thing=about)
    if form.accepts(partial(commands.set_terms, place, actor=actor)):
        flash(_("Saved. What was booked before stays as it was."), "done")
        return redirect(url_for("bookings.terms", street=street))
    return render(
        "bookings/room_terms.html", form.status, form=form, shape=forms.TERMS, place=place,
        labels=labels_of(forms.TERMS), own=queries.own_terms([place.room.id]),
        model=views.terms_in_words(queries.inherited_terms(place.room)),
    )  # fmt: skip


@pages.page("/settings/bookings/<street>/<room>/follow", needs=SET_UP, methods=("POST",))
def follow_model(actor: Actor, street: str, room: str) -> ResponseReturnValue:
    """Back to what the model says."""
    commands.follow_model(_place(street, room, actor), actor=actor)
    flash(_("The room is booked on the terms of the model again."), "done")
    return redirect(url_for("bookings.terms", street=street))

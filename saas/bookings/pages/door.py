"""At the door of a room: the code to scan, and the day that it opens on a telephone."""

from __future__ import annotations

import hmac

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.bookings import commands, forms, queries, views, words
from saas.bookings.commands import Deed
from saas.bookings.pages.blueprint import pages
from saas.bookings.pages.booking import typed
from saas.bookings.permissions import SEE
from saas.bookings.queries import Place
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import gettext as _
from saas.web.forms import Form
from saas.web.pages import PUBLIC, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of


def _at(street: str, room: str, key: str) -> Place:
    place = queries.public_place(street, room)
    if not hmac.compare_digest(key.encode(), queries.door_key(place).encode()):
        raise NotFound
    return place


@pages.page("/door/<street>/<room>/<key>", needs=PUBLIC, methods=("GET", "POST"))
def door(actor: Actor, street: str, room: str, key: str) -> ResponseReturnValue:
    """Today of this room; who has it begins and ends here, signed in or by the code of the slip."""
    place = _at(street, room, key)
    here = url_for("bookings.door", street=street, room=room, key=key)
    form = Form(forms.CodeIn)
    if form.accepts(typed):
        return redirect(here)
    today = queries.days_of(place, clock.today())[0]
    mine = [
        views.record_of(one, actor, at_door=True)
        for one in today.bookings
        if queries.can_see(one, place, actor)
    ]
    return render(
        "bookings/door.html", form.status, form=form, place=place, today=today, here=here,
        mine=[one for one in mine if one.forms], lines=views.lines_of(today), key=key,
        layout=layout_of(actor), words=words,
    )  # fmt: skip


@pages.page("/door/<street>/<room>/<key>/<code>", needs=PUBLIC, methods=("POST",))
def at_door(actor: Actor, street: str, room: str, key: str, code: str) -> ResponseReturnValue:
    """Begin or end what is booked, standing at the door."""
    place = _at(street, room, key)
    booking = queries.access_booking(code, actor=actor, lock=True)
    if booking.room_id != place.room.id:
        raise NotFound
    verb = request.form.get("verb", "")
    if verb not in ("start", "end"):
        raise Conflict
    form = Form(forms.ActIn)

    def do(verb: str, reason: str, seen: int | None) -> None:
        commands.act(booking, Deed(verb=verb, at_door=True), seen=seen, actor=actor)

    if form.accepts(do):
        flash(_("%(did)s.", did=words.VERBS[verb].done), "done")
    else:
        flash(str(next(iter(form.errors.values()))[0]), "warn")
    return redirect(url_for("bookings.door", street=street, room=room, key=key))


@pages.page("/rooms/<street>/<room>/door", needs=SEE)
def door_poster(actor: Actor, street: str, room: str) -> ResponseReturnValue:
    """The sheet for the door, with the code to scan."""
    place = queries.access_place(street, room, actor=actor)
    key = queries.door_key(place)
    address = url_for("bookings.door", street=street, room=room, key=key, _external=True)
    return render("bookings/door_poster.html", place=place, code=qr_code(address),
                  address=address.partition("://")[2])  # fmt: skip

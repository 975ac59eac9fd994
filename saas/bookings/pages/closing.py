"""Closing a room or a venue for a while, with what is booked there; lifting it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.bookings import commands, forms, lists, views, words
from saas.bookings.models import Booking
from saas.bookings.pages.blueprint import pages
from saas.bookings.permissions import SEE
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms import commands as room_commands
from saas.rooms import queries as rooms
from saas.rooms.queries import Room, Venue
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import render


def _place(street: str, actor: Actor) -> tuple[Unit, Room | Venue]:
    """The street and what is to be closed there, for who may; else `NotFound`."""
    unit = rooms.public_street(street)
    code = request.args.get("room", "")
    place: Room | Venue
    if code:
        place = rooms.public_room(unit, code)
    else:
        place = rooms.venue_in(unit, request.args.get("venue", ""))
    if not rooms.can_close(unit, place if code else None, actor):  # type: ignore[arg-type]
        raise NotFound
    return unit, place


@pages.page("/console/bookings/close/<street>", needs=SEE, methods=("GET", "POST"))
def close(actor: Actor, street: str) -> ResponseReturnValue:
    """First what is hit, then, confirmed, the closure; after it the list of those to ring."""
    unit, place = _place(street, actor)
    form = Form(forms.CloseIn)
    seen: list[Booking] = []

    def do(start: datetime, end: datetime, reason: str, cancels: int | None) -> Sequence[Booking]:
        if end <= start:
            raise Invalid({"last": [_l("It would end before it begins.")]})
        seen.extend(commands.hit(place, start, end))
        if seen and cancels is None:
            raise Conflict(_l("Bookings are hit. Look at them, then confirm."))
        return commands.close(
            unit, place, start=start, end=end, reason=reason, cancels=cancels or 0, actor=actor
        )[1]

    shown: dict[str, Any] = {
        "street": unit, "place": place, "venue": isinstance(place, Venue), "words": words,
        "views": views, "url": request.full_path.removesuffix("?"),
    }  # fmt: skip
    if form.accepts(do):
        if not form.result:
            flash(_("It is closed then. Residents read why."), "done")
        return render("bookings/closed.html", rows=lists.rows_of(form.result), **shown)
    rows = lists.rows_of(seen)
    return render("bookings/close.html", form.status, form=form, rows=rows,
                  closures=rooms.coming_closures(commands.rooms_in(place)), **shown)  # fmt: skip


@pages.page("/console/bookings/closures/<int:closure>/lift", needs=SEE, methods=("POST",))
def lift(actor: Actor, closure: int) -> ResponseReturnValue:
    """It is open again; dates of series that were not had because of it can be tried again."""
    found = rooms.access_closure(closure, actor=actor)
    street, room = rooms.street_of(found), rooms.room_of(found)
    room_commands.lift_closure(found, actor=actor)
    flash(_("It is open again. Dates of series that were not had can be tried again."), "done")
    if room is not None:
        return redirect(url_for("bookings.day", street=street.code, room=room.code))
    return redirect(url_for("bookings.week"))

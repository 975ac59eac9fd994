"""What everybody sees: when a room is free; and booking it, in three steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.bookings import commands, forms, permissions, queries, views, words
from saas.bookings.pages.blueprint import pages
from saas.bookings.queries import Place
from saas.bookings.rules import Stretch
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.hours import read_time
from saas.listing.declared import day_in
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.shell import layout_of

_SHOWN = 14
_USUAL = timedelta(hours=2)
_STEP = timedelta(minutes=30)


def asked_day(name: str = "day") -> date:
    """The day in the address, within a year of today; else today."""
    day = day_in(request.args.get(name, "")) or clock.today()
    return day if abs((day - clock.today()).days) <= 366 else clock.today()


@pages.page("/rooms/<street>/<room>/free", needs=PUBLIC)
def room(actor: Actor, street: str, room: str) -> ResponseReturnValue:
    """Which times are free on the days to come; who has the others is not said."""
    place = queries.public_place(street, room)
    terms = queries.terms_of([place.room])[place.room.id]
    day = asked_day() if "day" in request.args else _first_free(place)
    first = max(clock.today(), day - timedelta(days=_SHOWN - 1)) if day >= clock.today() else day
    days = queries.days_of(place, first, _SHOWN, terms=terms)
    chosen = next(one for one in days if one.day == day)
    return render(
        "bookings/room.html",
        place=place,
        days=days,
        chosen=chosen,
        lines=views.lines_of(chosen),
        terms=views.terms_in_words(terms),
        words=words,
        today=clock.today(),
        staff=permissions.handles(actor, place),
        signed_in=actor.signed_in,
        layout=layout_of(actor),
    )


@pages.page("/rooms/<street>/<room>/book", needs=SIGNED_IN, methods=("GET", "POST"))
def book(actor: Actor, street: str, room: str) -> ResponseReturnValue:
    """Book a room on one page; after it the slip."""
    place = queries.public_place(street, room)
    staff = permissions.handles(actor, place)
    shape = forms.booking_shape(actor, staff=staff)
    schema = schema_of(shape, extra=forms.BookingIn)
    form = Form(schema, suggested=_begin(place, stored(shape, None), staff=staff))

    def do(submission: str | None = None, **given: Any) -> Any:
        return commands.book(place, commands.wish_of(**given), submission=submission, actor=actor)

    if form.accepts(do):
        return redirect(url_for("bookings.slip", code=form.result.code, made=1))
    day = day_in(str(form.values.get("day") or "")) or clock.today()
    return render(
        "bookings/book.html", form.status, form=form, shape=shape, labels=labels_of(shape),
        place=place, staff=staff, lines=_lines(place, day), day=day, layout=layout_of(actor),
        terms=views.terms_in_words(queries.terms_of([place.room])[place.room.id]), words=words,
    )  # fmt: skip


def _first_free(place: Place) -> date:
    """The first day on which something is free, of those that are shown; else today."""
    days = queries.days_of(place, clock.today(), _SHOWN)
    return next((one.day for one in days if one.free), clock.today())


def _first_start(spans: Sequence[Stretch]) -> time | None:
    """The first half hour that is free."""
    for begin, end in spans:
        start = begin + (datetime.min.replace(tzinfo=begin.tzinfo) - begin) % _STEP
        if start < end:
            return start.astimezone(clock.zone()).time()
    return None


def _lines(place: Place, day: date) -> list[views.Line]:
    near = abs((day - clock.today()).days) <= 400
    return views.lines_of(queries.days_of(place, day)[0]) if near else []


def _begin(place: Place, values: dict[str, Any], *, staff: bool) -> dict[str, Any]:
    """A new form, with the time that was pressed; two hours of it, or as long as it is free."""
    day = asked_day() if "day" in request.args else _first_free(place)
    spans = queries.days_of(place, day)[0].free
    start = read_time(request.args.get("start", "")) or _first_start(spans)
    values |= {"submission": new_token(), "day": f"{day:%Y-%m-%d}"}
    if start is not None:
        begin = datetime.combine(day, start, clock.zone())
        ends = [min(begin + _USUAL, b) for a, b in spans if a <= begin < b]
        stop = (ends[0] if ends else begin + _USUAL).astimezone(clock.zone())
        values |= {"start": f"{start:%H:%M}", "end": f"{stop:%H}:{stop.minute // 30 * 30:02}"}
    if staff:
        values["channel"] = request.args.get("channel", "online")[:10]
    return values

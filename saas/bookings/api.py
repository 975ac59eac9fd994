"""Bookings as JSON: free times for everybody; what is booked, and booking, for who works there."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.bookings import commands, forms, lists, queries, rules
from saas.bookings.commands import Deed, Wish
from saas.bookings.lists import BOOKINGS
from saas.bookings.permissions import HANDLE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.listing.asking import asked_of
from saas.listing.reading import page_of
from saas.web.pages import PUBLIC

routes = Routes("bookings_api", __name__, title=_l("Bookings"))
_ROOM = {"street": _l("Code of the street."), "room": _l("Code of the room.")}
_CODE = {"code": _l("Code of the booking.")}


class SpanOut(Schema):
    """From, until."""

    start = fields.AwareDateTime()
    end = fields.AwareDateTime()


class DayOut(Schema):
    """What is free in a room on a day."""

    day = fields.Date()
    free = fields.List(fields.Nested(SpanOut))


class FreeOut(Schema):
    """The same for several days."""

    days = fields.List(fields.Nested(DayOut))


class FreeAsked(Schema):
    """From which day on, and for how many."""

    day = fields.Date(load_default=None, allow_none=True, validate=forms.KEPT_DAYS)
    days = fields.Integer(load_default=7, validate=validate.Range(1, 31))


class BookingOut(Schema):
    """A booking; who comes is not said here."""

    code = fields.String(attribute="booking.code")
    room = LabelOut()
    street = LabelOut()
    start = fields.AwareDateTime(attribute="booking.start")
    end = fields.AwareDateTime(attribute="booking.end")
    state = fields.String(attribute="booking.state")
    cause = fields.String(attribute="booking.cause", allow_none=True)
    kind = fields.String(attribute="booking.kind")
    purpose = fields.String(attribute="booking.purpose")
    people = fields.Integer(attribute="booking.people", allow_none=True)
    acts = fields.Integer(attribute="booking.acts")


class BookingsAsked(Schema):
    """Which bookings."""

    state = fields.String(load_default="", validate=validate.OneOf(("", *rules.STATES)))
    street = fields.String(load_default="", validate=validate.Length(max=40))


@routes.get("/streets/<street>/rooms/<room>/free", needs=PUBLIC, summary=_l("Free times of a room"),
            query=FreeAsked, answer=FreeOut, parts=_ROOM)  # fmt: skip
def free(actor: Actor, street: str, room: str, day: Any, days: int) -> dict[str, Any]:
    """Each stretch can be booked as a whole or in part; who has the rest is nobody's business."""
    place = queries.public_place(street, room)
    found = queries.days_of(place, day or clock.today(), days)
    return {
        "days": [
            {"day": one.day, "free": [{"start": a, "end": b} for a, b in one.free]} for one in found
        ]
    }


@routes.get("/bookings", needs=HANDLE, summary=_l("Bookings"), query=BookingsAsked,
            items=BookingOut)  # fmt: skip
def listing(actor: Actor, state: str, street: str, page: int, page_size: int) -> tuple[Any, int]:
    """What lies in the reach of the token, in the list's own order."""
    asked = asked_of(BOOKINGS, {"state": state, "street": street}, actor)
    return page_of(BOOKINGS, asked, actor, page, page_size)


@routes.get("/bookings/<code>", needs=HANDLE, summary=_l("One booking"), answer=BookingOut,
            parts=_CODE)  # fmt: skip
def show(actor: Actor, code: str) -> Any:
    """For who works there."""
    return lists.rows_of([queries.access_booking(code, actor=actor)])[0]


@routes.post("/streets/<street>/rooms/<room>/bookings", needs=HANDLE, summary=_l("Book a room"),
             body=forms.BookIn, answer=BookingOut, parts=_ROOM)  # fmt: skip
def book(actor: Actor, street: str, room: str, **given: Any) -> Any:
    """For a guest or an organisation; a conflict says which times are free."""
    place = queries.public_place(street, room)
    return lists.rows_of([commands.book(place, Wish(**given), actor=actor)])[0]


@routes.post("/bookings/<code>/acts", needs=HANDLE, summary=_l("Act on a booking"),
             body=forms.ActIn, answer=BookingOut, parts=_CODE)  # fmt: skip
def act(actor: Actor, code: str, seen: int | None, **given: Any) -> Any:
    """Approve, decline, cancel, begin, end: what its page offers."""
    booking = queries.access_booking(code, actor=actor, lock=True)
    commands.act(booking, Deed(**given), seen=seen, actor=actor)
    return lists.rows_of([booking])[0]

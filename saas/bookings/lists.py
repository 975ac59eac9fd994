"""Bookings as a list, for who works there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import url_for

from saas.accounts import queries as people
from saas.bookings import commands, permissions, queries, views, words
from saas.bookings.commands import Deed
from saas.bookings.models import Booking
from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.crypto import lookup_hash
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import read_code, shown_code
from saas.listing.declared import Act, Cell, Choice, Column, Filter, Listing, Search, Values, day_in
from saas.rooms import queries as rooms
from saas.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Row:
    """A booking in a list, with the names of what it points at."""

    booking: Booking
    room: Label
    street: Label
    who: str


def rows_of(found: Sequence[Booking], actor: Actor | None = None) -> list[Row]:
    """Rows of a page, in as many questions as for one; for none without any."""
    if not found:
        return []
    places = queries.places_of({one.room_id for one in found})
    names, groups = views.people_in(found)
    return [
        Row(one, places[one.room_id].room.name, places[one.room_id].street.name,
            views.whose(one, names, groups))
        for one in found
    ]  # fmt: skip


def _by_code_or_phone(text: str) -> sa.ColumnElement[bool]:
    """The code of a slip in whole, or a guest's number in whole."""
    phone = people.usable_phone(text)
    return sa.or_(
        Booking.code == (read_code(text) or ""),
        Booking.guest_hash == (lookup_hash(phone) if phone else ""),
    )


def _from(day: date) -> sa.ColumnElement[bool]:
    return Booking.starts_at >= clock.begin_of(day)


def _to(day: date) -> sa.ColumnElement[bool]:
    return Booking.starts_at < clock.begin_of(day + timedelta(days=1))


def _in_unit(code: str) -> sa.ColumnElement[bool]:
    unit = territory.unit_coded(code)
    return Booking.unit_id == unit.id if unit else sa.false()


def _in_room(key: str) -> sa.ColumnElement[bool]:
    return Booking.room_id == int(key)


def streets(actor: Actor, values: Values) -> list[Choice]:
    """Streets where the actor has to do with rooms, to choose from."""
    return [Choice(one.code, say(one.name)) for one in rooms.streets_at_work(actor)]


def rooms_of_street(actor: Actor, values: Values) -> list[Choice]:
    """The rooms of the street that is chosen, or of the first one."""
    streets = {one.code: one for one in rooms.streets_at_work(actor)}
    street = streets.get(values.get("street") or next(iter(streets), ""))
    found = rooms.structure_for(street, actor=actor).rooms if street else ()
    return [Choice(str(room.id), say(room.name)) for room in found]


def _states(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(code, word) for code, (_tone, word) in words.STATE.items()]


def _access(key: str, actor: Actor) -> Booking:
    return queries.access_booking(key, actor=actor, lock=True)


def _does(verb: str) -> Any:
    def do(booking: Booking, *, actor: Actor, reason: str = "") -> None:
        commands.act(booking, Deed(verb=verb, reason=reason), actor=actor)

    return do


def _named(booking: Booking) -> str:
    return views.when(booking)


def today_first(starts: Any, key: Any) -> tuple[Any, ...]:
    """An order: what comes from today on in its order, then what was, the last first."""
    today = sa.bindparam(  # the day when the query runs
        None, callable_=lambda: clock.begin_of(clock.today()), type_=sa.DateTime(timezone=True),
        unique=True,
    )  # fmt: skip
    comes = starts >= today
    return comes.desc(), sa.case((comes, starts)), starts.desc(), key.desc()


BOOKINGS = Listing[Row](
    endpoint="bookings.listing",
    words=_l("Bookings"),
    query=queries.within_reach,
    rows=rows_of,
    order=today_first(Booking.starts_at, Booking.id),
    search=Search(_l("Code of a slip, or a telephone number"), _by_code_or_phone),
    filters=(
        Filter("state", _l("State"), lambda state: Booking.state == state, _states),
        Filter("street", _l("Street"), _in_unit, streets, kind="select", every=_l("every street")),
        Filter("room", _l("Room"), _in_room, rooms_of_street, kind="select", every=_l("every room"),
               within="street"),
        Filter("from", _l("From day"), _from, read=day_in, kind="day"),
        Filter("to", _l("To day"), _to, read=day_in, kind="day"),
    ),
    columns=(
        Column("when", _l("When"), lambda row: Cell(
            views.when(row.booking), url=url_for("bookings.show", code=row.booking.code)),
            Booking.starts_at),
        Column("room", _l("Room"), lambda row: Cell(say(row.room), note=say(row.street))),
        Column("purpose", _l("What for?"), lambda row: row.booking.purpose),
        Column("who", _l("Who comes?"), lambda row: row.who),
        Column("state", _l("State"), lambda row: Cell(
            str(words.STATE[row.booking.state][1]), tone=words.STATE[row.booking.state][0],
            note=str(words.CAUSE.get(row.booking.cause or "", "")))),
        Column("people", _l("People"), lambda row: str(row.booking.people or ""), drawn=False),
        Column("code", _l("Code"), lambda row: shown_code(row.booking.code), narrow=True,
               drawn=False),
    ),
    acts=(
        Act("approve", _l("Approve"), permissions.SEE, _access, _does("approve"), _named,
            fits=lambda row: row.booking.state == "asked"),
        Act("decline", _l("Decline it"), permissions.SEE, _access, _does("decline"), _named,
            reason=_l("Why not? They read it.")),
        Act("call_off", _l("Cancel for them"), permissions.SEE, _access, _does("call_off"), _named,
            reason=_l("Why? They read it.")),
    ),
    key=lambda row: row.booking.code,
)  # fmt: skip

"""What the terms of bookings take from a model package, and give to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from saas.bookings import queries, words
from saas.bookings.models import KindTerms
from saas.bookings.package import checks, shapes
from saas.bookings.package.shapes import Bookings
from saas.bookings.rules import ANY
from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.packages.parts import File, Listed, Package, Part, Section, columns, drop, put, said
from saas.packages.words import one_of
from saas.rooms import queries as rooms
from saas.rooms.package.shapes import Rooms


def _bring(package: Package) -> None:
    known = {row.code: row for row in queries.kind_terms()}
    drop(put(KindTerms, known, dict(_wanted(package.of(Bookings)))))
    session.flush()


def _wanted(model: Bookings) -> Iterator[tuple[str, dict[str, Any]]]:
    for position, one in enumerate(model.terms):
        said_ = columns(one)
        code = said_.pop("room") or ANY
        yield code, {**said_, "code": code, "position": position}


def _read() -> dict[str, Any]:
    """The terms of rooms that the library still has."""
    known = {room.code for room in rooms.library().rooms if not room.retired_at}
    rows = [
        said(shapes.Terms, row, room=None if row.code == ANY else row.code)
        for row in queries.kind_terms()
        if row.code == ANY or row.code in known
    ]
    return {"bookings": {"terms": rows}} if rows else {}


def _sections(package: Package) -> Iterator[Section]:
    names = {room.code: say(room.name) for room in package.of(Rooms).rooms}
    if terms := package.of(Bookings).terms:
        every = _("every other room")
        view = [(names.get(one.room or "", every), words.WHO[one.who], one) for one in terms]
        yield Section(22, "bookings", _("Bookings"), "bookings/_package.html", view)


PART = Part(
    files=(File("bookings", Bookings, _l("Bookings"), place=36, absent={}),),
    lists=(
        Listed("bookings", "terms", _l("terms of bookings"), _l("Terms of bookings"), title="",
               key=("room",), optional=True, refs={"room": ("rooms", "rooms")},
               says={"who": one_of(words.WHO)}),
    ),
    check=checks.check,
    words={**words.TERMS, "room": _l("room")},
    explained={
        "Bookings": _l("On which terms the rooms are booked."),
        "Terms": _l("Of a room by its code; the row without one is for all that are not named."),
        "Terms.who": _l("everybody, organisations of the register, or staff alone."),
        "Terms.notice_hours": _l("It has to be booked so many hours before it begins."),
        "Terms.ahead_days": _l("It can be booked so many days before it begins."),
        "Terms.longest_minutes": _l("The longest time that can be booked at once."),
        "Terms.buffer_minutes": _l("So long it stays free afterwards, to clean up."),
        "Terms.grace_minutes": _l("So long after its begin it is free again when nobody comes."),
        "Terms.approval": _l("Somebody else than who asks has to approve."),
        "Terms.holidays": _l("Whether it can be booked on public holidays."),
    },
    sections=_sections,
    bring=_bring,
    read=_read,
    tables=("booking_terms",),
)  # fmt: skip

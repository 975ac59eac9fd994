"""Posters of a street's rooms: all of them on one page to print, or as a PDF."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.rooms import printing, queries
from saas.rooms.models import Room
from saas.rooms.pages.blueprint import pages
from saas.rooms.pages.public import report_url
from saas.rooms.permissions import VIEW
from saas.territory.queries import Unit
from saas.themes import queries as themes
from saas.web import files
from saas.web.pages import render


@pages.page("/console/rooms/<street>/posters", needs=VIEW)
def posters(actor: Actor, street: str) -> ResponseReturnValue:
    """One sheet for each room in use; ``?size=a3`` larger, ``?rooms=`` some of them only."""
    place = queries.access_street(street, actor=actor)
    structure = queries.structure_of(place)
    chosen, size = _chosen(structure.rooms), _size()
    return render(
        "rooms/posters.html",
        street=place,
        rooms=structure.rooms,
        chosen={room.code for room in chosen},
        sheets=_sheets(place, chosen),
        size=size,
        sizes=printing.SIZES,
        caption=_caption(),
        as_pdf=printing.can_print(),
    )


@pages.page("/console/rooms/<street>/posters.pdf", needs=VIEW)
def posters_pdf(actor: Actor, street: str) -> ResponseReturnValue:
    """The same as a file for a printer's shop."""
    place = queries.access_street(street, actor=actor)
    chosen = _chosen(queries.structure_of(place).rooms)
    made = printing.pdf_of(
        _sheets(place, chosen),
        size=_size(),
        footer=f"{say(current_tenant().name)} · {say(place.name)}",
        caption=_caption(),
        words={
            "hours": _("Opening hours"),
            "services": _("What you find here"),
            "place": _("Place"),
        },
        paint=themes.paint_of(themes.current_pack()),
    )
    return files.download(made, f"{street}.pdf", files.PDF, inline=True)


def _caption() -> str:
    return _("Something wrong here, or missing? Scan and tell us.")


def _size() -> str:
    asked = request.args.get("size", "")
    return asked if asked in printing.SIZES else next(iter(printing.SIZES))


def _chosen(rooms: Any) -> list[Room]:
    asked = set(request.args.getlist("rooms"))
    return [room for room in rooms if not asked or room.code in asked]


def _sheets(street: Unit, rooms: list[Room]) -> list[printing.Sheet]:
    contact = queries.settings_of(street)["contact"].value or ""
    return [
        printing.sheet_of(
            street,
            room,
            url_for("rooms.show", street=street.code, code=room.code, _external=True),
            report_url(street, room),
            contact,
        )
        for room in rooms
    ]

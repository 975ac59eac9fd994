"""Rooms at work: the list of a street, a room's own form, its status and place in the order."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.rooms import commands, permissions, queries, rules, views, words
from saas.rooms.models import Room, Venue
from saas.rooms.pages.blueprint import pages
from saas.rooms.pages.public import listed
from saas.rooms.permissions import CONFIGURE, KEEP, VIEW
from saas.rooms.schemas import NewRoomIn, RoomIn, RunIn, ShiftIn, StatusIn
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/console/rooms", needs=VIEW)
def manage(actor: Actor) -> ResponseReturnValue:
    """The rooms of a street, to shape and to run."""
    if not actor.reach(VIEW):
        raise NotFound
    streets = queries.streets_at_work(actor)
    if not streets:
        return render("rooms/no_street.html")
    code = request.args.get("street", "")
    street = queries.access_street(code, actor=actor) if code else queries.at_home(actor, streets)
    search, status = request.args.get("q", "")[:60].strip(), request.args.get("status", "")
    structure = queries.structure_for(street, actor=actor)
    rooms = queries.fitting(structure.rooms, search, status)
    return render(
        "rooms/manage.html",
        street=street,
        streets=streets,
        search=search,
        asked=status,
        words=words,
        counts=queries.count_statuses(structure.rooms),
        today=len(queries.fitting(structure.rooms, "", "today")),
        configures=permissions.can_configure(actor, street.path),
        keeps=lambda room: permissions.can_keep(actor, street.path, room.keeper_id),
        whole=permissions.sees_every_room(actor, street.path),
        shapes_library=queries.shapes_library(actor),
        **_to_decide(street, actor),
        **listed(structure, rooms),
    )


def _to_decide(street: Unit, actor: Actor) -> dict[str, Any]:
    """For who shapes the street: what the library has new, and what can be undone."""
    if not permissions.can_configure(actor, street.path) or not queries.centre_of(street):
        return {"news": None, "bulk": None}
    return {"news": queries.news_for(street), "bulk": queries.last_bulk(street)}


def list_url(street: Unit, anchor: str | None = None) -> str:
    """The console's list of a street's rooms."""
    return url_for("rooms.manage", street=street.code, _anchor=anchor)


@pages.page("/console/rooms/<street>/set-up", needs=CONFIGURE, methods=("POST",))
def set_up(actor: Actor, street: str) -> ResponseReturnValue:
    """Begin with what the model package gives a street."""
    place = queries.configured_street(street, actor=actor)
    commands.set_up_street(place, actor=actor)
    flash(_("Everything is planned. Give the rooms places and keepers, then open them."), "done")
    return redirect(list_url(place))


@pages.page("/console/rooms/<street>/new", needs=CONFIGURE, methods=("GET", "POST"))
def add(actor: Actor, street: str) -> ResponseReturnValue:
    """A new room: name and platform first, the rest on its own page."""
    place = queries.configured_street(street, actor=actor)
    form = Form(NewRoomIn, suggested={"platform": request.args.get("platform", "")})
    if form.accepts(lambda **typed: _add(place, typed, actor)):
        flash(_("It is in preparation. Fill in the rest here, then open it."), "done")
        return redirect(url_for("rooms.edit", street=street, code=form.result.code))
    structure = queries.structure_of(place)
    return render("rooms/add.html", form.status, form=form, street=place, structure=structure)


def _add(street: Unit, typed: dict[str, Any], actor: Actor) -> Room:
    chosen = queries.chosen_platform(street, typed.pop("platform"))
    hours = queries.settings_of(street)["hours"].value or ()
    return commands.add_room(street, platform=chosen, hours=hours, actor=actor, **typed)


@pages.page("/console/rooms/<street>/room/<code>", needs=KEEP, methods=("GET", "POST"))
def edit(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """A room's own page at work: everything for who shapes, the day to day for its keeper."""
    place = queries.access_street(street, actor=actor)
    room = queries.access_room(place, code, actor=actor)
    shapes = permissions.can_configure(actor, place.path)
    venue = queries.venue_of(room)
    start = views.typed(room, queries.platform_of(room), venue.code if venue else "")
    inherited = queries.inherited_by(room)
    form = Form(RoomIn if shapes else RunIn, start, thing=("room", room.id))
    views.put_back(form.values, inherited)
    command = commands.reshape_room if shapes else commands.run_room
    if form.accepts(partial(command, place, room, actor=actor)):
        flash(_("%(room)s is saved.", room=say(room.name)), "done")
        return redirect(url_for("rooms.edit", street=street, code=code))
    if not form.errors and request.args.get("open"):
        form.errors = {field: [words.LACKING[field]] for field in queries.lacking(room)}
    elif form.errors and form.values.get("photo"):
        form.errors.setdefault("photo", [_("Please choose the photo once more.")])
    return render(
        "rooms/edit.html",
        form.status,
        form=form,
        inherited=inherited_words(place, inherited),
        **_desk(place, room, actor),
    )


def inherited_words(street: Unit, inherited: dict[str, Any] | None) -> dict[str, str] | None:
    """What each field of a thing is with the district, in words; None for the street's own."""
    return views.told(inherited, queries.platform_names(street)) if inherited else None


def _venues(street: Unit, room: Room) -> list[Venue]:
    """Those to choose from; where the room is now stays one of them."""
    now, living = queries.venue_of(room), list(queries.venues_in(street))
    return living if now is None or now in living else [now, *living]


def _desk(street: Unit, room: Room, actor: Actor) -> dict[str, Any]:
    shapes = permissions.can_configure(actor, street.path)
    moves = [to for to in rules.CHANGES[room.status] if shapes or to != "retired"]
    return {
        "street": street,
        "room": room,
        "shapes": shapes,
        "moves": moves if shapes or room.status != "retired" else [],
        "light": views.status_of(room),
        "lacking": queries.lacking(room) if room.status in {"planned", "paused"} else (),
        "words": words,
        "platforms": queries.structure_of(street).platforms if shapes else [],
        "venues": _venues(street, room) if shapes else [],
        "keepers": queries.keepers_for(street) if shapes else [],
        "keeper": people.find_person(room.keeper_id) if room.keeper_id else None,
    }


@pages.page("/console/rooms/<street>/room/<code>/status", needs=KEEP, methods=("GET", "POST"))
def status(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """Open, pause, give up or bring back; the latter two in one press, the others say why."""
    place = queries.access_street(street, actor=actor)
    room = queries.access_room(place, code, actor=actor)
    to = request.values.get("status", "")
    form = Form(StatusIn, suggested={"status": to})
    if form.accepts(partial(commands.set_status, place, room, actor=actor)):
        flash(str(words.DONE[room.status]) % {"room": say(room.name)}, "done")
        back = request.form.get("back") == "list"
        here = url_for("rooms.edit", street=street, code=code)
        return redirect(list_url(place, f"room-{code}") if back else here)
    if (room.status, to) not in words.DO:
        raise Conflict
    if to == "open" and request.method == "POST" and queries.lacking(room):
        return redirect(url_for("rooms.edit", street=street, code=code, open=1))
    return render("rooms/status.html", form.status, form=form, to=to, **_desk(place, room, actor))


@pages.page("/console/rooms/<street>/room/<code>/shift", needs=CONFIGURE, methods=("POST",))
def shift(actor: Actor, street: str, code: str) -> ResponseReturnValue:
    """One place further up or down on its platform."""
    place = queries.configured_street(street, actor=actor)
    room = queries.public_room(place, code)
    Form(ShiftIn).accepts(partial(commands.shift_room, place, room, actor=actor))
    return redirect(list_url(place, f"room-{code}"))

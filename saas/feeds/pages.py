"""Which calendars there are, and the calendars themselves."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.activities import calendar
from saas.activities.calendar import Entry
from saas.activities.queries import Scene
from saas.feeds import commands, queries
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.rooms import queries as rooms
from saas.rooms.queries import Room
from saas.territory.queries import Unit
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.shell import layout_of

pages = Pages("feeds", __name__.rpartition(".pages")[0], plane="tenant")
#: How a sign-up stands in a calendar; what is not named has been left.
_STATUS = {"confirmed": "CONFIRMED", "offered": "TENTATIVE", "waiting": "TENTATIVE"}


@pages.page("/calendar", needs=PUBLIC)
def about(actor: Actor) -> ResponseReturnValue:
    """The addresses to subscribe to, and one's own."""
    return _about(actor)


def _about(actor: Actor, made: str = "") -> ResponseReturnValue:
    streets = rooms.streets()
    asked = request.args.get("street", "")[:40]
    street = next((one for one in streets if one.code == asked), streets[0] if streets else None)
    every = rooms.structure_of(street).rooms if street else []
    return render(
        "feeds/about.html", streets=streets, street=street, kinds=queries.kinds(),
        rooms=[room for room in every if room.status == "open"],
        mine=queries.own(actor), made=made, layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/calendar/<street>.ics", needs=PUBLIC)
def street(actor: Actor, street: str) -> ResponseReturnValue:
    """What is on in a street; of one room or one kind where these are asked for."""
    unit = rooms.public_street(street)
    room = _room(unit, request.args.get("room", ""))
    kind = _kind(request.args.get("kind", ""))
    name = say(room.name if room else unit.name)
    return _calendar(name, [_entry(scene) for scene in queries.on(unit, room, kind)])


def _room(unit: Unit, code: str) -> Room | None:
    """`NotFound` for one that is none: a calendar would be empty for ever and say nothing."""
    if not code:
        return None
    return rooms.public_room(unit, code)


def _kind(code: str) -> str:
    if code and code not in {one.code for one in queries.kinds()}:
        raise NotFound
    return code


@pages.page("/calendar/own/<token>.ics", needs=PUBLIC)
def own(actor: Actor, token: str) -> ResponseReturnValue:
    """What one person signed up for, for whoever has the address."""
    feed = queries.access_feed(token)
    entries = [
        _entry(scene, _STATUS.get(signup.state, "CANCELLED"))
        for signup, scene in queries.of_person(feed.person_id)
    ]
    commands.note_read(feed)
    return _calendar(_("My sign-ups"), entries)


def _entry(scene: Scene, status: str = "CONFIRMED") -> Entry:
    url = url_for("activities.show", code=scene.session.code, _external=True)
    return Entry(scene, url, "CANCELLED" if scene.session.state == "cancelled" else status)


def _calendar(name: str, entries: list[Entry]) -> Response:
    """Nothing to send where nothing has changed: calendars ask by the hour."""
    response = Response(calendar.calendar_of(name, entries), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.page("/calendar/own", needs=SIGNED_IN, methods=("POST",))
def make(actor: Actor) -> ResponseReturnValue:
    """An address of one's own; it is shown this once."""
    return _about(actor, commands.make(actor=actor))


@pages.page("/calendar/own/back", needs=SIGNED_IN, methods=("POST",))
def take_back(actor: Actor) -> ResponseReturnValue:
    """One's own address is good no more."""
    commands.take_back(actor=actor)
    flash(_("The address is good no more: calendars that have it are empty from now on."), "done")
    return redirect(url_for("feeds.about"))

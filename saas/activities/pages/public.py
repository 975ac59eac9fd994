"""What everybody sees: what happens today, this week, later; and each session."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from saas.activities import calendar as calendars
from saas.activities import queries, views, words
from saas.activities.pages.blueprint import pages
from saas.kernel.context import Actor
from saas.organisations import queries as organisations
from saas.rooms import queries as rooms
from saas.rooms.queries import Room
from saas.territory.queries import Unit
from saas.web.files import download
from saas.web.pages import PUBLIC, render
from saas.web.shell import layout_of


def _own_street(actor: Actor, streets: list[Unit]) -> Unit | None:
    """The street in which a resident lives, or somebody works; the only one where there is one."""
    paths = [grant.path for grant in actor.grants]
    near = [one for one in streets if any(path.startswith(one.path) for path in paths)]
    return near[0] if near else streets[0] if len(streets) == 1 else None


def _room(street: Unit | None) -> Room | None:
    """The room in the address, of the street that is shown."""
    code = request.args.get("room", "")[:40]
    found = rooms.rooms_named(street, [code]) if street and code else ()
    return next(iter(found), None)


@pages.page("/activities", needs=PUBLIC)
def listing(actor: Actor) -> ResponseReturnValue:
    """What can be joined from today on: of one's own street first, or of all."""
    streets = list(rooms.streets())
    asked = request.args.get("street", "")[:40]
    own = _own_street(actor, streets)
    street = next((one for one in streets if one.code == asked), None if asked else own)
    room, group = _room(street), organisations.registered(request.args.get("by", "")[:40])
    found = queries.coming(street if not group else None, room, group.id if group else None)
    there = {scene.activity.kind for scene in found}
    kinds = [one for one in queries.terms("kind") if one.code in there]
    kind = next((k.code for k in kinds if k.code == request.args.get("kind")), "")
    cards = views.cards_of([one for one in found if kind in ("", one.activity.kind)])
    return render(
        "activities/listing.html", days=views.by_days(cards), streets=streets, street=street,
        kinds=kinds, kind=kind, words=words, room=room, group=group, layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/activities/s/<code>", needs=PUBLIC)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """A session: when, where, for whom, what it costs, how many places; signing up."""
    scene = queries.public_session(code, actor=actor)
    return render(
        "activities/show.html", record=views.record_of(scene, actor), words=words, views=views,
        signed_in=actor.signed_in, layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/activities/s/<code>/session.ics", needs=PUBLIC)
def calendar(actor: Actor, code: str) -> ResponseReturnValue:
    """The session for a calendar."""
    scene = queries.public_session(code, actor=actor)
    url = url_for("activities.show", code=code, _external=True)
    return download(calendars.file_of(scene, url), f"{code}.ics", "text/calendar")

"""What everybody sees: walks with their line and their list, merchants, nothing to buy."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.attachments import answers
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.places import lists, queries, views, words
from saas.places.pages.blueprint import pages
from saas.rooms import views as rooms
from saas.web.pages import OPEN_TO_ALL, PUBLIC, render
from saas.web.pictures import qr_code
from saas.web.shell import PageOf, layout_of, page_number

_SIZE, _TEN_MINUTES = 20, 600


@pages.page("/walks", needs=PUBLIC, keep=OPEN_TO_ALL)
def walks(actor: Actor) -> ResponseReturnValue:
    """Every walk that is published."""
    found = queries.published()
    counted = queries.minutes_of([route.id for route in found])
    return render(
        "places/walks.html", routes=[(route, *counted.get(route.id, (0, 0))) for route in found],
        words=words, in_words=views.minutes_in_words, layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/walks/<code>", needs=PUBLIC, keep=OPEN_TO_ALL)
def walk(actor: Actor, code: str) -> ResponseReturnValue:
    """A walk: its line, and the same stops as a list. One that was withdrawn says so."""
    route = queries.public_route(code)
    shown = views.walk_of(route) if route.state == "published" else None
    return render(
        "places/walk.html", route=route, walk=shown, words=words, layout=layout_of(actor),
        in_words=views.minutes_in_words,
    )  # fmt: skip


@pages.page("/walks/<code>/poster", needs=PUBLIC, keep=OPEN_TO_ALL)
def poster(actor: Actor, code: str) -> ResponseReturnValue:
    """The same on a sheet of A3, to print."""
    route = queries.public_route(code)
    if route.state != "published":
        raise NotFound
    address = url_for("places.walk", code=code, _external=True)
    return render(
        "places/poster.html", walk=views.walk_of(route, paper=True), street=queries.unit_of(route),
        address=address.partition("://")[2], code=qr_code(address), in_words=views.minutes_in_words,
        words=words,
    )  # fmt: skip


@pages.page("/merchants", needs=PUBLIC, keep=OPEN_TO_ALL)
def shown_merchants(actor: Actor) -> ResponseReturnValue:
    """Merchants who agree to be shown, in the order of the street."""
    asked = {key: request.args.get(key, "")[:60] for key in ("q", "kind")}
    number = page_number()
    found, total = queries.shown(asked["q"].strip(), asked["kind"], number, _SIZE)
    faces = attachments.first_of("merchant", [one.id for one in found], picture=True)
    return render(
        "places/merchants.html", rows=lists.rows_of(found), page=PageOf(number, total, _SIZE),
        asked=asked, kinds=[k for k in queries.kinds().values() if k.retired_at is None],
        faces=faces, light_of=views.light_of, layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/merchants/<code>", needs=PUBLIC, keep=OPEN_TO_ALL)
def merchant(actor: Actor, code: str) -> ResponseReturnValue:
    """A merchant: what, where, when; no prices, no stars."""
    found = queries.public_merchant(code)
    return render(
        "places/merchant.html", row=lists.rows_of([found])[0], merchant=found,
        face=attachments.first_of("merchant", [found.id], picture=True).get(found.id),
        light=views.light_of(found), week=rooms.hours_table(found.hours), words=words,
        walks=[route for route in queries.walks_past(found) if route.state == "published"],
        layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/merchants/<code>/pictures/<int:number>", needs=PUBLIC)
def picture(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """Its picture, as long as it is shown; to who looks after it also afterwards."""
    try:
        found, seconds = queries.public_merchant(code), _TEN_MINUTES
    except NotFound:
        found, seconds = queries.access_merchant(code, actor=actor), 0
    row = attachments.one("merchant", found.id, number)
    return answers.answer(row, small="small" in request.args, seconds=seconds)

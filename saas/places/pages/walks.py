"""Walks at work: the list, a walk with its stops, and everything that is done to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.listing.pages import answer
from saas.places import commands, forms, printing, queries, rules, views, words
from saas.places.lists import ROUTES
from saas.places.models import Route, Stop
from saas.places.pages.blueprint import pages
from saas.places.permissions import CONFIGURE
from saas.web import files
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/console/walks", needs=CONFIGURE, methods=("GET", "POST"))
def routes(actor: Actor) -> ResponseReturnValue:
    """Everything in reach."""
    return answer(ROUTES, actor, "places/register.html",
                  add=url_for("places.add_route"))  # fmt: skip


@pages.page("/console/walks/new", needs=CONFIGURE, methods=("GET", "POST"))
def add_route(actor: Actor) -> ResponseReturnValue:
    """A draft; its stops come next."""
    shape = forms.route_shape(actor)
    form = Form(schema_of(shape), suggested=stored(shape, None))
    if form.accepts(partial(commands.add_route, actor=actor)):
        flash(_("The walk is a draft. Now add its stops."), "done")
        return redirect(url_for("places.stops", code=form.result.code))
    return _form(form, shape, _("Add a walk"), url_for("places.add_route"),
                 url_for("places.routes"))  # fmt: skip


def _form(form: Form, shape: Any, title: str, url: str, back: str, **also: Any) -> Response:
    return render("places/form.html", form.status, form=form, shape=shape, title=title, url=url,
                  back=back, labels=labels_of(shape), **also)  # fmt: skip


def _home(route: Route) -> str:
    return url_for("places.stops", code=route.code)


@pages.page("/console/walks/<code>", needs=CONFIGURE)
def stops(actor: Actor, code: str) -> ResponseReturnValue:
    """A walk with its stops, each with what can be done to it."""
    route = queries.access_route(code, actor=actor)
    verb = next(verb for state, verb in rules.MOVES if state == route.state)
    return render(
        "places/stops.html", route=route, walk=views.walk_of(route), words=words, verb=verb,
        in_words=views.minutes_in_words, as_pdf=printing.can_print(),
        gone=queries.gone_from([route.id]).get(route.id, 0),
    )  # fmt: skip


@pages.page("/console/walks/<code>/change", needs=CONFIGURE, methods=("GET", "POST"))
def change_route(actor: Actor, code: str) -> ResponseReturnValue:
    """Its words."""
    route = queries.access_route(code, actor=actor, lock=request.method == "POST")
    shape = forms.route_shape(actor)
    form = Form(schema_of(shape, new=False), stored(shape, route),
                thing=("route", route.id, "places.change_route"))  # fmt: skip
    if form.accepts(partial(commands.change_route, route, actor=actor)):
        flash(_("%(name)s is saved.", name=say(route.name)), "done")
        return redirect(_home(route))
    url = url_for("places.change_route", code=code)
    return _form(form, shape, say(route.name), url, _home(route), route=route)


@pages.page("/console/walks/<code>/state", needs=CONFIGURE, methods=("POST",))
def move_route(actor: Actor, code: str) -> ResponseReturnValue:
    """Publish it, withdraw it."""
    route = queries.access_route(code, actor=actor, lock=True)
    told = str(words.VERBS[request.form["verb"]][2]) if _verb() else None
    return do(partial(commands.move_route, route, actor=actor), told, _home(route), forms.VerbIn)


def _verb() -> bool:
    return request.form.get("verb") in words.VERBS


@pages.page("/console/walks/<code>/stops/new", needs=CONFIGURE, methods=("GET", "POST"))
def add_stop(actor: Actor, code: str) -> ResponseReturnValue:
    """One more stop, before number ``at`` or behind the last."""
    route = queries.access_route(code, actor=actor, lock=request.method == "POST")
    there = len(queries.stops_of(route))
    asked = request.args.get("at", "")
    at = min(int(asked), there + 1) if asked.isdecimal() and int(asked[:4]) > 0 else there + 1
    shape = forms.stop_shape(route, None, at)
    suggested = {**stored(shape, None), "seen": route.edits}
    form = Form(schema_of(shape, extra=forms.SeenIn), suggested=suggested)
    if form.accepts(partial(commands.add_stop, route, at=at, actor=actor)):
        flash(_("The stop is there."), "done")
        return redirect(f"{_home(route)}#stop-{at}")
    url = url_for("places.add_stop", code=code, at=at)
    title = _("Add stop %(number)s", number=at)
    return _form(form, shape, title, url, _home(route), route=route, seen=True)


@pages.page("/console/walks/<code>/stops/<int:no>", needs=CONFIGURE, methods=("GET", "POST"))
def edit_stop(actor: Actor, code: str, no: int) -> ResponseReturnValue:
    """Something else at a stop."""
    route, stop = _access(actor, code, no)
    shape = forms.stop_shape(route, stop, no)
    form = Form(schema_of(shape, new=False), stored(shape, stop),
                thing=("route", route.id, "places.change_stop"))  # fmt: skip
    if form.accepts(partial(commands.change_stop, route, no, actor=actor)):
        flash(_("The stop is saved."), "done")
        return redirect(f"{_home(route)}#stop-{no}")
    url = url_for("places.edit_stop", code=code, no=no)
    title = _("Stop %(number)s", number=no)
    return _form(form, shape, title, url, _home(route), route=route)


def _access(actor: Actor, code: str, no: int) -> tuple[Route, Stop]:
    route = queries.access_route(code, actor=actor, lock=request.method == "POST")
    stop = next((one for one in queries.stops_of(route) if one.no == no), None)
    if stop is None:
        raise NotFound
    return route, stop


@pages.page("/console/walks/<code>/stops/<int:no>/move", needs=CONFIGURE, methods=("POST",))
def move_stop(actor: Actor, code: str, no: int) -> ResponseReturnValue:
    """One place up or down."""
    to = no + (-1 if request.form.get("way") == "up" else 1)
    return _done(actor, code, no, commands.move_stop, None, forms.MoveIn, f"#stop-{to}")


@pages.page("/console/walks/<code>/stops/<int:no>/remove", needs=CONFIGURE, methods=("POST",))
def remove_stop(actor: Actor, code: str, no: int) -> ResponseReturnValue:
    """Walk past it."""
    told = _("The stop is gone. “Undo” brings it back.")
    return _done(actor, code, no, commands.remove_stop, told, forms.SeenIn)


def _done(
    actor: Actor, code: str, no: int, command: Callable[..., None], told: str | None, schema: Any,
    at: str = "",
) -> ResponseReturnValue:  # fmt: skip
    route, _stop = _access(actor, code, no)
    return do(partial(command, route, no, actor=actor), told, f"{_home(route)}{at}", schema)


@pages.page("/console/walks/<code>/undo", needs=CONFIGURE, methods=("POST",))
def undo_stops(actor: Actor, code: str) -> ResponseReturnValue:
    """The stops as they were before the last change."""
    route = queries.access_route(code, actor=actor, lock=True)
    told = _("The stops are as they were before.")
    return do(partial(commands.undo_stops, route, actor=actor), told, _home(route), forms.SeenIn)


@pages.page("/console/walks/<code>/poster.pdf", needs=CONFIGURE)
def poster_pdf(actor: Actor, code: str) -> ResponseReturnValue:
    """The poster as a file of A3 for a printer's shop."""
    route = queries.access_route(code, actor=actor)
    address = url_for("places.walk", code=code, _external=True)
    made = printing.pdf_of(views.walk_of(route), address, queries.unit_of(route))
    return files.download(made, f"{code}.pdf", files.PDF, inline=True)

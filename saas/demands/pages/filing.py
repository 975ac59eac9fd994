"""A resident files a demand in three steps, and finds again what was filed."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands import commands, permissions, queries, rules, views
from saas.demands.models import Demand
from saas.demands.pages.blueprint import pages
from saas.demands.schemas import DemandIn
from saas.kernel import clock, throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import NotFound
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render


@pages.page("/demands/new", needs=permissions.FILE)
def choose_category(actor: Actor) -> ResponseReturnValue:
    """Step one: what is it about?"""
    kinds = [(kind, queries.category_groups(kind.code)) for kind in queries.kinds()]
    return render("demands/choose_category.html", kinds=kinds)


@pages.page("/demands/new/<category>", needs=permissions.FILE)
def choose_place(actor: Actor, category: str) -> ResponseReturnValue:
    """Step two: where is it? The own home first, then the tree, then a search."""
    chosen, search = queries.leaf(category), request.args.get("q", "")[:60].strip()
    at = territory.unit_by_code(request.args["at"]) if request.args.get("at") else None
    home = territory.find_unit(_home_of(actor))
    root = territory.root()
    inside = at or root
    return render(
        "demands/choose_place.html",
        category=chosen,
        home=home,
        at=at,
        above=territory.ancestors(at) if at else [],
        children=_places(territory.children(inside)) if inside else [],
        found=_places(territory.search(search, [root.path])) if search and root else [],
        search=search,
        kinds=territory.kind_names(),
    )


def _places(units: Any) -> list[Unit]:
    return [unit for unit in units if queries.is_place(unit)]


def _home_of(actor: Actor) -> int | None:
    return next((grant.unit_id for grant in actor.grants if grant.own_only), None)


@pages.page("/demands/new/<category>/<unit>", needs=permissions.FILE, methods=("GET", "POST"))
def new(actor: Actor, category: str, unit: str) -> ResponseReturnValue:
    """Step three: say it, add a picture, send."""
    chosen, place = queries.leaf(category), territory.unit_by_code(unit)
    start: dict[str, Any] = {"submission": new_token(), "category": category, "unit": unit}
    if request.method == "GET":  # a box that was cleared must not come back ticked
        start["open_to_neighbours"] = chosen.open_to_neighbours
    form = Form(DemandIn, start)
    if form.accepts(lambda **given: _file(given, place, actor)):
        return redirect(url_for("demands.show", code=form.result.code, filed=1))
    return render("demands/new.html", form.status, form=form, category=chosen, unit=place)


def _file(given: dict[str, Any], place: Unit, actor: Actor) -> Demand:
    throttle.ensure_calm("file", str(actor.id), limit=rules.FILE_LIMIT)
    throttle.count_try("file", str(actor.id), window=rules.FILE_WINDOW)
    upload, unit_code = given.pop("photo"), given.pop("unit")
    if unit_code != place.code:
        raise NotFound
    names = ("anonymous", "open_to_neighbours", "spot")
    intake = commands.Intake(**{name: given.pop(name) for name in names})
    picture = upload.stream if upload else None
    return commands.file_demand(**given, unit=place, picture=picture, intake=intake, actor=actor)


@pages.page("/demands/mine", needs=SIGNED_IN)
def own(actor: Actor) -> ResponseReturnValue:
    """A resident's own demands, and those that the resident follows."""
    rows, followed = queries.filed_by(actor.id or 0), queries.followed_by(actor.id or 0)
    return render(
        "demands/own.html",
        rows=rows,
        followed=followed,
        light_of=views.light_of,
        now=clock.now(),
    )

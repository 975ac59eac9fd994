"""Pages of demands: residents file and follow, units handle."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.accounts.permissions import MANAGE
from saas.demands import commands, permissions, queries, rules, views, words
from saas.demands.models import Demand
from saas.demands.schemas import ActIn, DemandIn
from saas.kernel import clock, storage, throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, Pages, render
from saas.web.shell import Nav, PageOf, page_number

pages = Pages("demands", __name__, plane="tenant")
_PAGE = 20


def _mine(actor: Actor) -> int:
    return queries.counts(actor)["mine"]


NAV = (
    Nav(_l("Demands"), "demands.listing", "demand", permissions.VIEW, 10, badge=_mine),
    Nav(_l("File a demand"), "demands.choose_category", "demand", "public", 20, face="resident"),
    Nav(_l("My demands"), "demands.own", "person", SIGNED_IN, 40, face="resident"),
)


@pages.page("/demands", needs=permissions.VIEW)
def listing(actor: Actor) -> ResponseReturnValue:
    """The queues of the actor's units, most urgent first."""
    which = request.args.get("list", "mine")
    asked = {key: request.args.get(key, "")[:60] for key in ("level", "category")}
    search, number = request.args.get("q", "")[:60].strip(), page_number()
    if which not in queries.LISTS:
        raise NotFound
    rows, total = queries.list_demands(
        which, actor=actor, search=search, number=number, size=_PAGE, **asked
    )
    counts = queries.counts(actor)
    return render(
        "demands/listing.html",
        rows=views.lines_of(rows, url_for("demands.listing") + "/"),
        page=PageOf(number, total, _PAGE),
        which=which,
        search=search,
        asked=asked,
        counts=counts,
        first_steps=not any(counts.values()) and actor.may(MANAGE),
        levels=territory.ladder(queries.LADDER),
        words=words,
    )


@pages.page("/demands/new", needs=permissions.FILE)
def choose_category(actor: Actor) -> ResponseReturnValue:
    """Step one: what is it about?"""
    groups = queries.category_groups()
    return render("demands/choose_category.html", groups=groups)


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
        children=territory.children(inside) if inside else [],
        found=territory.search(search, [root.path]) if search and root else [],
        search=search,
        kinds=territory.kind_names(),
    )


def _home_of(actor: Actor) -> int | None:
    return next((grant.unit_id for grant in actor.grants if grant.own_only), None)


@pages.page("/demands/new/<category>/<unit>", needs=permissions.FILE, methods=("GET", "POST"))
def new(actor: Actor, category: str, unit: str) -> ResponseReturnValue:
    """Step three: say it, add a picture, send."""
    chosen, place = queries.leaf(category), territory.unit_by_code(unit)
    start = {"submission": new_token(), "category": category, "unit": unit}
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
    picture = upload.stream if upload else None
    return commands.file_demand(**given, unit=place, picture=picture, actor=actor)


@pages.page("/demands/mine", needs=SIGNED_IN)
def own(actor: Actor) -> ResponseReturnValue:
    """A resident's own demands."""
    rows = queries.filed_by(actor.id or 0)
    return render("demands/own.html", rows=rows, light_of=views.light_of, now=clock.now())


@pages.page("/demands/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """One demand: who has it, until when, how it got there, and what the reader may do."""
    demand = queries.access_demand(code, actor=actor, lock=request.method == "POST")
    form = Form(ActIn)
    if form.accepts(lambda **given: commands.act(demand, **given, actor=actor)):
        flash(_("%(did)s.", did=words.DONE[form.values["verb"]]), "done")
        return redirect(url_for("demands.show", code=demand.code))
    return render(_face(actor, demand), form.status, **_record(demand, actor), form=form)


def _face(actor: Actor, demand: Demand) -> str:
    """Residents see their own demand simply; everybody else sees the record."""
    simple = actor.id == demand.filed_by_id and not actor.may(permissions.VIEW)
    return "demands/show_own.html" if simple else "demands/show.html"


def _record(demand: Demand, actor: Actor) -> dict[str, Any]:
    story = queries.story_of(demand)
    unit, holder = queries.places_of(demand)
    chain = queries.chain_of(unit)
    position = queries.position_in(chain, demand)
    handles = permissions.can_handle(actor, holder.path)
    by = "handler" if handles else "filer" if actor.id == demand.filed_by_id else ""
    verbs = rules.open_verbs(demand.state, by=by, position=position, levels=len(chain))
    return {
        "demand": demand,
        "unit": unit,
        "holder": holder,
        "category": queries.category(demand.category),
        "story": views.timeline_of(story),
        "seen": story[-1].number,
        "way": views.way_of(demand, story),
        "light": views.light_of(demand),
        "verbs": verbs,
        "next_up": chain[position + 1].unit if position + 1 < len(chain) else None,
        "next_down": chain[position - 1].unit if position else None,
        "filer": people.find_person(demand.filed_by_id) if by != "filer" else None,
        "phone": people.phone_shown,
        "handlers": people.holders_at([holder.id], permissions.HANDLE).get(holder.id, []),
        "words": words,
    }


@pages.page("/demands/<code>/photo", needs=SIGNED_IN)
def photo(actor: Actor, code: str) -> ResponseReturnValue:
    """The picture that came with a demand, for those who may see the demand."""
    demand = queries.access_demand(code, actor=actor)
    path = storage.picture_path(demand.photo) if demand.photo else None
    if path is None:
        raise NotFound
    response = send_file(path, mimetype="image/jpeg", max_age=0)
    response.headers["Cache-Control"] = "private, no-store"
    return response

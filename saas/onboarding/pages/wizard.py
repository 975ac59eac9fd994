"""The wizard: one page for each step, in any order, each saving by itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands import commands as demands
from saas.demands import queries as demand_queries
from saas.demands.schemas import times_schema, times_typed
from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext
from saas.kernel.schemas import labels_in
from saas.onboarding import commands, permissions, queries, rules, views
from saas.onboarding.pages.blueprint import setup
from saas.onboarding.permissions import SETTINGS
from saas.onboarding.schemas import LinesIn, LookIn, MarkIn, ModelIn, UnitsIn, rooms_schema
from saas.packages.model import commands as packages
from saas.packages.model import queries as package_queries
from saas.packages.model.views import as_it_stands
from saas.rooms import queries as room_queries
from saas.rooms import views as room_views
from saas.territory import queries as territory
from saas.themes import queries as themes
from saas.themes.views import sections_shown
from saas.web.forms import Form
from saas.web.pages import render


def step_page(step: str, actor: Actor, form: Form | None = None, **values: Any) -> Response:
    """The page of a step with its rail, for those who set the district up."""
    if not permissions.sets_up(actor):
        raise NotFound
    status = form.status if form else 200
    template = f"onboarding/{step}.html"
    return render(template, status, form=form, rail=views.rail(step), **values)


@setup.page("/setup", needs=SETTINGS)
def begin(actor: Actor) -> ResponseReturnValue:
    """Go on where it was left; a district that is open has its health page."""
    if not current_tenant().staff_only:
        return redirect(url_for("setup.health"))
    return redirect(url_for(f"setup.{rules.next_step(queries.steps())}"))


@setup.page("/setup/mark", needs=SETTINGS, methods=("POST",))
def mark(actor: Actor) -> ResponseReturnValue:
    """Go on to the next step, or come back to this one later."""
    form = Form(MarkIn)
    if not form.accepts(lambda step, mark: commands.mark_step(step, mark, actor=actor)):
        return redirect(url_for("setup.begin"))
    onward = rules.beside(form.values["step"])[1] or rules.STEPS[-1]
    return redirect(url_for(f"setup.{onward}"))


@setup.page("/setup/package", needs=SETTINGS, methods=("GET", "POST"))
def package(actor: Actor) -> ResponseReturnValue:
    """What the model holds, before anything is built on it; another one, while nothing is."""
    form = Form(ModelIn)
    if form.accepts(lambda key, version: packages.exchange(key, version, actor=actor)):
        flash(_("The district is built on this model now."), "done")
        return redirect(url_for("setup.package"))
    others = views.other_models()
    return step_page(
        "package",
        actor,
        form,
        head=package_queries.installed().head,
        contents=as_it_stands(),
        free=[each for each in others if not each.in_the_way],
        barred=[each for each in others if each.in_the_way],
    )


@setup.page("/setup/streets", needs=SETTINGS, methods=("GET", "POST"))
def streets(actor: Actor) -> ResponseReturnValue:
    """Streets, one a line."""
    form = Form(LinesIn)
    if form.accepts(lambda lines: commands.add_streets(lines, actor=actor)):
        _flash_added(form.result, form.values["lines"])
        return redirect(url_for("setup.streets"))
    found = [(street, room_queries.structure_of(street)) for street in queries.streets()]
    return step_page("streets", actor, form, streets=found, root=territory.root())


def _flash_added(number: int, lines: str) -> None:
    said = [ngettext("%(num)s unit was added.", "%(num)s units were added.", number)]
    if passed := len(labels_in(lines)) - number:
        said.append(ngettext("%(num)s was there already.", "%(num)s were there already.", passed))
    flash(" ".join(said) if number else _("All of these are there already."), "done")


@setup.page("/setup/units", needs=SETTINGS, methods=("GET", "POST"))
def units(actor: Actor) -> ResponseReturnValue:
    """The tree beneath the streets: lines under a parent."""
    form = Form(UnitsIn, suggested={"parent": request.args.get("parent", "")[:40]})
    if form.accepts(lambda **typed: commands.add_units(actor=actor, **typed)):
        _flash_added(form.result, form.values["lines"])
        return redirect(url_for("setup.units", parent=form.values["parent"]))
    root = territory.root()
    paths = [root.path] if root else []
    return step_page("units", actor, form, **_parents(paths), tops=territory.tree(paths))


def _parents(paths: list[str]) -> dict[str, Any]:
    """The units under which others can stand, with what can stand there."""
    under = {
        kind.code: [k for k in territory.kinds_under(kind.code) if k.code != territory.DEPARTMENT]
        for kind in territory.kinds()
    }
    every, _total = territory.list_units(paths, size=2000)
    fitting = [unit for unit in every if unit.parent_id and under.get(unit.kind)]
    return {"parents": fitting, "under": under, "kinds": territory.kind_names()}


@setup.page("/setup/rooms", needs=SETTINGS, methods=("GET", "POST"))
def rooms(actor: Actor) -> ResponseReturnValue:
    """Which rooms open in a street, who keeps them, and when."""
    every = queries.streets()
    chosen = request.args.get("street", "")
    street = next((one for one in every if one.code == chosen), every[0] if every else None)
    if street is None:
        return step_page("rooms", actor, street=None, streets=[])
    structure = room_queries.structure_of(street)
    codes = [room.code for room in structure.rooms]
    form = Form(rooms_schema(codes), views.room_values(structure.rooms))
    if form.accepts(lambda wanted: commands.open_rooms(street, wanted, actor=actor)):
        flash(_("Saved."), "done")
        return redirect(url_for("setup.rooms", street=street.code))
    return step_page(
        "rooms",
        actor,
        form,
        street=street,
        streets=every,
        structure=structure,
        keepers=room_queries.keepers_for(street),
        picture=room_views.plan_of(structure),
        hours_lines=room_views.hours_lines,
    )


@setup.page("/setup/terms", needs=SETTINGS, methods=("GET", "POST"))
def terms(actor: Actor) -> ResponseReturnValue:
    """The hours that every level of the ladder has."""
    levels = demand_queries.escalation_levels()
    form = Form(times_schema(levels, every=True), times_typed(demand_queries.times()))
    if form.accepts(partial(demands.set_times, actor=actor)):
        commands.mark_step("terms", "done", actor=actor)
        flash(_("Saved.") if form.result else _("Nothing was different."), "done")
        return redirect(url_for("setup.terms"))
    return step_page("terms", actor, form, levels=levels, picture=views.ladder_picture())


@setup.page("/setup/culture", needs=SETTINGS, methods=("GET", "POST"))
def culture(actor: Actor) -> ResponseReturnValue:
    """The look of the district, chosen by what it looks like."""
    form = Form(LookIn, {"look": themes.current_pack().name})
    if form.accepts(lambda **sent: _wear(actor=actor, **sent)):
        commands.mark_step("culture", "done", actor=actor)
        flash(_("Chosen. Every page wears it from now on."), "done")
        return redirect(url_for("setup.culture", _anchor="place"))
    return step_page("culture", actor, form, looks=themes.packs(), **sections_shown())


def _wear(look: str, chosen: bool, sections: list[str], actor: Actor) -> None:
    commands.choose_look(look, sections if chosen else None, actor=actor)

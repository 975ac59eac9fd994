"""Who works together: stations, Party branches, pilots; plans that are checked."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.listing.pages import answer
from saas.organisations import commands, forms, queries, views, words
from saas.organisations.lists import PLANS
from saas.organisations.pages.blueprint import pages
from saas.organisations.permissions import DECIDE, VIEW
from saas.territory import queries as territory
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render
from saas.web.shell import layout_of


@pages.page("/organisations/linkage", needs=VIEW)
def linkage(actor: Actor) -> ResponseReturnValue:
    """Stations with their workers, Party branches, pilots and what grows there."""
    return render(
        "organisations/linkage.html", stations=queries.stations(), branches=queries.branches(),
        workers=queries.workers_by_station(), pilots=queries.pilots(), terms=queries.term_names(),
        divided=queries.by_pilot(), types=queries.types(), words=words, decides=actor.may(DECIDE),
    )  # fmt: skip


@pages.page("/organisations/linkage/<what>", needs=DECIDE, methods=("GET", "POST"))
def set_up(actor: Actor, what: str) -> ResponseReturnValue:
    """A new station, worker, Party branch; what a community tries out."""
    setting = forms.SETTINGS.get(what)
    if setting is None:
        raise NotFound
    title, shape, command = setting
    form = Form(schema_of(shape), suggested=stored(shape, None))

    def do(unit: str = "", **given: Any) -> None:
        at = [territory.access_unit(unit, DECIDE, actor=actor)] if unit else []
        command(*at, actor=actor, **given)

    if form.accepts(do):
        flash(_("It is written down."), "done")
        return redirect(url_for("organisations.linkage"))
    return render(
        "organisations/form.html", form.status, form=form, shape=shape, title=str(title),
        group=None, back=url_for("organisations.linkage"), labels=labels_of(shape),
        layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/organisations/linkage/<station>/<int:number>/end", needs=DECIDE, methods=("POST",))
def end_worker(actor: Actor, station: str, number: int) -> ResponseReturnValue:
    """A social worker works there no more."""
    commands.end_worker(station=station, worker_id=number, actor=actor)
    flash(_("It is written down."), "done")
    return redirect(url_for("organisations.linkage"))


@pages.page("/plans", needs=VIEW, methods=("GET", "POST"))
def plans(actor: Actor) -> ResponseReturnValue:
    """Project plans within reach."""
    return answer(PLANS, actor, "organisations/plans.html")


@pages.page("/plans/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def plan(actor: Actor, code: str) -> ResponseReturnValue:
    """One plan with its story and what can be done next."""
    found = queries.access_plan(code, actor=actor, lock=request.method == "POST")
    form = Form(forms.PlanActIn)
    if form.accepts(lambda **given: commands.act_on_plan(found, actor=actor, **given)):
        flash(_("%(did)s.", did=words.PLAN_VERBS[form.values["verb"]].done), "done")
        return redirect(url_for("organisations.plan", code=code))
    return render(
        "organisations/plan.html", form.status, form=form, plan=found, words=words,
        group=queries.of_plan(found)[0], story=views.plan_lines(found),
        forms=views.plan_forms(found, actor), layout=layout_of(actor),
    )  # fmt: skip

"""Settings of how long and on which terms: the district's, a category's, a street's."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.demands.blueprint import pages
from saas.demands.case import queries as cases
from saas.demands.case.permissions import SETTINGS, SUPERVISE
from saas.demands.menu import queries as menu
from saas.demands.menu import views
from saas.demands.settings import commands, forms, queries
from saas.demands.settings.forms import times_schema, times_typed
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext, say
from saas.web.forms import Form
from saas.web.pages import render
from saas.web.shell import asked_for

# How long


@pages.page("/demands/settings", needs=SETTINGS, methods=("GET", "POST"))
def times(actor: Actor) -> ResponseReturnValue:
    """The working hours of every level; the categories that have their own below."""
    levels = queries.escalation_levels()
    form = Form(times_schema(levels, every=True), times_typed(queries.times()))
    if _saved(form, actor):
        return redirect(url_for("demands.times"))
    own = queries.own_times()
    return render(
        "demands/settings/times.html",
        form.status,
        form=form,
        levels=levels,
        living=queries.living_by_level(),
        own=own,
        streets=queries.streets_with_times(),
        names=views.names_of(menu.categories()),
        choices=[pair for pair in views.category_choices() if pair[0] not in own],
    )


@pages.page("/demands/settings/times", needs=SETTINGS)
def pick_times(actor: Actor) -> ResponseReturnValue:
    """The category that was chosen to have its own times."""
    known = [code for code, _name in views.category_choices()]
    code = asked_for("category", known, "")
    if code:
        return redirect(url_for("demands.own_times", category=code))
    flash(_("Choose what it is about."), "warn")
    return redirect(url_for("demands.times"))


@pages.page("/demands/settings/times/<category>", needs=SETTINGS, methods=("GET", "POST"))
def own_times(actor: Actor, category: str) -> ResponseReturnValue:
    """The working hours that a category has of its own; an empty level has those of every other."""
    row, levels, own = menu.category(category), queries.escalation_levels(), queries.times(category)
    form = Form(times_schema(levels, every=False), times_typed(own))
    if _saved(form, actor, category=category):
        return redirect(url_for("demands.times"))
    return render(
        "demands/settings/own_times.html",
        form.status,
        form=form,
        row=row,
        stored=own,
        levels=levels,
        usual=queries.usual_times(row),
        living=queries.living_by_category().get(category, 0),
    )


@pages.page("/demands/settings/times/<category>/drop", needs=SETTINGS, methods=("POST",))
def drop_times(actor: Actor, category: str) -> ResponseReturnValue:
    """It has the time of every other category again."""
    row = menu.category(category)
    if not queries.times(category):
        raise NotFound
    said = _("%(name)s has the usual times again.", name=say(row.name))
    command = partial(commands.drop_times, category, actor=actor)
    return do(command, said, url_for("demands.times"))


@pages.page("/demands/streets/<street>/times", needs=SUPERVISE, methods=("GET", "POST"))
def street_times(actor: Actor, street: str) -> ResponseReturnValue:
    """The working hours of a street's levels: for every category, or with ``?category=`` for one;
    an empty level has the district's. ``back`` in the form names a level that has them again.
    """
    place = queries.street_to_time(street, actor=actor)
    asked = request.args.get("category", "").replace("\x00", "")
    row = menu.category(asked) if asked else None
    category, levels = row.code if row else None, queries.street_levels(place)
    form = Form(times_schema(levels, every=False), times_typed(queries.times(category, place)))
    if back := request.form.get("back"):
        form.values |= {f"accept-{back}": "", f"resolve-{back}": ""}
    if _saved(form, actor, category=category, street=place):
        return redirect(url_for("demands.street_times", street=street, category=category))
    return render(
        "demands/settings/street_times.html",
        form.status,
        form=form,
        street=place,
        row=row,
        levels=levels,
        usual=queries.inherited_times(place, category),
        own=queries.own_times(place),
        names=views.names_of(menu.categories()),
        choices=views.category_choices(),
    )


def _saved(form: Form, actor: Actor, **where: Any) -> bool:
    """Store the hours; say what became of it, and for how many demands it does not hold."""
    if not form.accepts(partial(commands.set_times, **where, actor=actor)):
        return False
    living = sum(queries.living_by_level().values())
    saved = ngettext(
        "Saved for every clock that starts from now on. %(num)s demand on its way keeps its time.",
        "Saved for every clock that starts from now on. %(num)s demands on their way keep theirs.",
        living,
    )
    flash(saved if form.result else _("Nothing was different."), "done")
    return True


# On which terms


@pages.page("/demands/settings/terms", needs=SETTINGS, methods=("GET", "POST"))
def terms(actor: Actor) -> ResponseReturnValue:
    """When a demand turns amber, and how long things can still be done."""
    start = stored(forms.TERMS, cases.terms())
    form = Form(schema_of(forms.TERMS), start, thing=("demand_terms", None))
    if form.accepts(partial(commands.set_terms, actor=actor)):
        flash(_("Saved.") if form.result else _("Nothing was different."), "done")
        return redirect(url_for("demands.terms"))
    return render(
        "demands/settings/terms.html",
        form.status,
        form=form,
        living=sum(queries.living_by_level().values()),
        shape=forms.TERMS,
        labels=labels_of(forms.TERMS),
    )

"""Settings of how long and on which terms: the district's, a category's, a street's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.demands.blueprint import pages
from saas.demands.case import queries as cases
from saas.demands.case.permissions import SETTINGS, SUPERVISE
from saas.demands.menu import queries as menu
from saas.demands.menu import views as menu_views
from saas.demands.settings import commands, forms, queries, views
from saas.demands.settings.commands import Span
from saas.demands.settings.schemas import times_schema
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext, say
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/demands/settings/times", needs=SETTINGS)
def pick_times(actor: Actor) -> ResponseReturnValue:
    """The category that was chosen to have its own times."""
    row = menu.category(request.args.get("category", ""))
    return redirect(url_for("demands.own_times", category=row.code))


@pages.page("/demands/settings/times/<category>", needs=SETTINGS, methods=("GET", "POST"))
def own_times(actor: Actor, category: str) -> ResponseReturnValue:
    """The working hours that a category has of its own; an empty level has those of every other."""
    row, levels = menu.category(category), queries.escalation_levels()
    stored = queries.times(category)
    schema = times_schema([level.code for level in levels], every=False)
    form = Form(schema, views.times_typed(stored))
    command = commands.set_times
    if form.accepts(lambda spans: command(as_spans(spans), category=category, actor=actor)):
        flash(saved_times(form.result), "done")
        return redirect(url_for("demands.times"))
    return render(
        "demands/settings/own_times.html",
        form.status,
        form=form,
        row=row,
        stored=stored,
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


# How long


@pages.page("/demands/settings", needs=SETTINGS, methods=("GET", "POST"))
def times(actor: Actor) -> ResponseReturnValue:
    """The working hours of every level; the categories that have their own below."""
    levels = queries.escalation_levels()
    schema = times_schema([level.code for level in levels], every=True)
    form = Form(schema, views.times_typed(queries.times()))
    if form.accepts(lambda spans: commands.set_times(as_spans(spans), actor=actor)):
        flash(saved_times(form.result), "done")
        return redirect(url_for("demands.times"))
    return render(
        "demands/settings/times.html",
        form.status,
        form=form,
        levels=levels,
        living=queries.living_by_level(),
        own=queries.own_times(),
        streets=queries.streets_with_times(),
        names=menu_views.names_of(menu.categories()),
        choices=[
            pair for pair in menu_views.category_choices() if pair[0] not in queries.own_times()
        ],
    )


def as_spans(spans: Mapping[str, tuple[int, int]]) -> dict[str, Span]:
    """Checked pairs of hours as the command takes them."""
    return {level: Span(*pair) for level, pair in spans.items()}


def saved_times(changed: bool) -> str:
    """What became of it, and for how many demands it does not hold."""
    if not changed:
        return _("Nothing was different.")
    living = sum(queries.living_by_level().values())
    return ngettext(
        "Saved for every clock that starts from now on. %(num)s demand on its way keeps its time.",
        "Saved for every clock that starts from now on. %(num)s demands on their way keep theirs.",
        living,
    )


# On which terms


@pages.page("/demands/settings/terms", needs=SETTINGS, methods=("GET", "POST"))
def terms(actor: Actor) -> ResponseReturnValue:
    """When a demand turns amber, and how long things can still be done."""
    start = stored(forms.TERMS, cases.terms())
    form = Form(schema_of(forms.TERMS), start, thing=("demand_terms", None))
    if form.accepts(partial(commands.set_terms, actor=actor)):
        flash(_("Saved.") if form.result else _("Nothing was different."), "done")
        return redirect(url_for("demands.terms"))
    living = sum(queries.living_by_level().values())
    return render(
        "demands/settings/terms.html",
        form.status,
        form=form,
        living=living,
        shape=forms.TERMS,
        labels=labels_of(forms.TERMS),
    )


@pages.page("/demands/streets/<street>/times", needs=SUPERVISE, methods=("GET", "POST"))
def street_times(actor: Actor, street: str) -> ResponseReturnValue:
    """The working hours of a street's levels: for every category, or with ``?category=`` for one;
    an empty level has the district's. ``back`` in the form names a level that has them again.
    """
    place = queries.street_to_time(street, actor=actor)
    asked = request.args.get("category", "").replace("\x00", "")
    row = menu.category(asked) if asked else None
    category, levels = row.code if row else None, queries.street_levels(place)
    form = Form(
        times_schema([level.code for level in levels], every=False),
        views.times_typed(queries.times(category, place)),
    )
    if back := request.form.get("back"):
        form.values |= {f"accept-{back}": "", f"resolve-{back}": ""}
    if form.accepts(
        lambda spans: commands.set_times(
            as_spans(spans), category=category, street=place, actor=actor
        )
    ):
        flash(saved_times(form.result), "done")
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
        names=menu_views.names_of(menu.categories()),
        choices=menu_views.category_choices(),
    )

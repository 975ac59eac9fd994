"""Time limits that a street has of its own, over the district's."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands import commands, queries, views
from saas.demands.pages.blueprint import pages
from saas.demands.pages.settings import as_spans, saved_times
from saas.demands.permissions import SUPERVISE
from saas.demands.schemas import times_schema
from saas.kernel.context import Actor
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/demands/streets/<street>/times", needs=SUPERVISE, methods=("GET", "POST"))
def street_times(actor: Actor, street: str) -> ResponseReturnValue:
    """The working hours of a street's levels: for every category, or with ``?category=`` for one;
    an empty level has the district's. ``back`` in the form names a level that has them again.
    """
    place = queries.street_to_time(street, actor=actor)
    asked = request.args.get("category", "").replace("\x00", "")
    row = queries.category(asked) if asked else None
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
        names=views.names_of(queries.categories()),
        choices=views.category_choices(),
    )

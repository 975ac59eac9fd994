"""Settings of demands: how long, on which terms, for which causes, and the names of the kinds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import CataloguePages, listing, serve_acts, serve_form, serve_new
from saas.demands import commands, forms, queries, views, words
from saas.demands.commands import Span
from saas.demands.pages.blueprint import pages
from saas.demands.permissions import SETTINGS
from saas.demands.schemas import times_schema
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext
from saas.web.forms import Form
from saas.web.pages import render

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
        names=views.names_of(queries.categories()),
        choices=[pair for pair in views.category_choices() if pair[0] not in queries.own_times()],
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
    start = stored(forms.TERMS, queries.terms())
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


# Kinds of asking


@pages.page("/demands/settings/kinds", needs=SETTINGS)
def kinds(actor: Actor) -> ResponseReturnValue:
    """What the kinds of asking are called."""
    return render("demands/settings/kinds.html", kinds=queries.kinds())


KIND_PAGES = CataloguePages(
    rows=commands.KINDS,
    needs=SETTINGS,
    address="/demands/settings/kinds",
    home=lambda row: url_for("demands.kinds"),
    shape=forms.KIND,
    trail=lambda row: [(_("Kinds of asking"), url_for("demands.kinds"))],
)
serve_form(pages, KIND_PAGES)


# Causes


REASON_PAGES = CataloguePages(
    rows=commands.REASONS,
    needs=SETTINGS,
    address="/demands/settings/reasons",
    home=lambda row: url_for("demands.reasons", _anchor=f"reason-{row.code}"),
    shape=forms.REASON,
    new=_l("New cause"),
    trail=lambda row: [(_("Causes"), url_for("demands.reasons"))],
)
serve_new(pages, REASON_PAGES)
serve_form(pages, REASON_PAGES)
serve_acts(pages, REASON_PAGES)


@pages.page("/demands/settings/reasons", needs=SETTINGS)
def reasons(actor: Actor) -> ResponseReturnValue:
    """The causes that can be chosen, by what they are for."""
    groups = [(word, commands.REASONS.every(use=use)) for use, word in words.USE.items()]
    head, template = _("Cause"), "demands/settings/reasons.html"
    return listing(pages, REASON_PAGES, head=head, groups=groups, template=template)

"""Settings of what can be asked for: categories, their own times, their guides."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import CataloguePages, do, serve_acts, serve_form, serve_new
from saas.demands import commands, forms, queries, views
from saas.demands.models import Category
from saas.demands.pages.blueprint import pages
from saas.demands.pages.settings import as_spans, saved_times
from saas.demands.permissions import SETTINGS
from saas.demands.schemas import times_schema
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext, say
from saas.web.forms import Form
from saas.web.pages import render

_SET_GUIDE = "demands.set_guide"


@pages.page("/demands/settings/categories", needs=SETTINGS)
def categories(actor: Actor) -> ResponseReturnValue:
    """Everything that can be asked for, by kind, in its order."""
    branches = queries.branches()
    return render(
        "demands/settings/categories.html",
        kinds=[(k, [b for b in branches if b.category.kind == k.code]) for k in queries.kinds()],
        living=queries.living_by_category(),
        own=queries.own_times(),
        guided=queries.guided(),
        asking=queries.asking(),
    )


def _begin() -> dict[str, str]:
    """A new one is of the last kind, or where the list says."""
    start = {"kind": queries.kinds()[-1].code, "parent": ""}
    return start | {k: v for k, v in request.args.items() if k in start}


def _said_of_retiring(row: Category) -> str:
    living = queries.living_by_category().get(row.code, 0)
    return ngettext(
        "%(name)s takes no new demands; %(num)s open one goes on. You can bring it back here.",
        "%(name)s takes no new demands; %(num)s open ones go on. You can bring it back here.",
        living,
        name=say(row.name),
    )


def _beside(row: Category | None) -> dict[str, Any]:
    """What leads on from a category: its questions, its own times, its guide."""
    if row is None:
        return {}
    return {
        "has_guide": queries.guide_of(row.code) is not None,
        "is_leaf": queries.open_leaf(row.code) is not None,
        "times": queries.times(row.code),
        "asked": queries.asking().get(row.code, 0),
    }


CATEGORY_PAGES = CataloguePages(
    rows=commands.CATEGORIES,
    needs=SETTINGS,
    address="/demands/settings/categories",
    home=lambda row: _list_url(row.code),
    added=lambda row: _("%(name)s is saved. Residents can choose it now.", name=say(row.name)),
    retired=_said_of_retiring,
    shape=forms.CATEGORY,
    new=_l("New category"),
    trail=lambda row: [(_("Categories"), url_for("demands.categories"))],
    begin=_begin,
    also=_beside,
    template="demands/settings/category_form.html",
)
serve_new(pages, CATEGORY_PAGES)
serve_form(pages, CATEGORY_PAGES)
serve_acts(pages, CATEGORY_PAGES)


@pages.page("/demands/settings/times", needs=SETTINGS)
def pick_times(actor: Actor) -> ResponseReturnValue:
    """The category that was chosen to have its own times."""
    row = queries.category(request.args.get("category", ""))
    return redirect(url_for("demands.own_times", category=row.code))


@pages.page("/demands/settings/times/<category>", needs=SETTINGS, methods=("GET", "POST"))
def own_times(actor: Actor, category: str) -> ResponseReturnValue:
    """The working hours that a category has of its own; an empty level has those of every other."""
    row, levels = queries.category(category), queries.escalation_levels()
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
    row = queries.category(category)
    if not queries.times(category):
        raise NotFound
    said = _("%(name)s has the usual times again.", name=say(row.name))
    command = partial(commands.drop_times, category, actor=actor)
    return do(command, said, url_for("demands.times"))


@pages.page("/demands/settings/guides/<category>", needs=SETTINGS, methods=("GET", "POST"))
def edit_guide(actor: Actor, category: str) -> ResponseReturnValue:
    """How an affair is settled, and when there are appointments."""
    row = queries.leaf(category)
    start = stored(forms.GUIDE, queries.guide_of(category))
    form = Form(schema_of(forms.GUIDE), start, thing=("demand_category", row.id, _SET_GUIDE))
    if form.accepts(partial(commands.set_guide, row, actor=actor)):
        flash(_("The guide to %(name)s is saved.", name=say(row.name)), "done")
        return redirect(_list_url(category))
    kind = queries.kind(row.kind)
    return render(
        "demands/settings/guide_form.html",
        form.status,
        form=form,
        row=row,
        kind=kind,
        shape=forms.GUIDE,
        labels=labels_of(forms.GUIDE),
    )


def _list_url(code: str) -> str:
    return url_for("demands.categories", _anchor=f"category-{code}")

"""Settings of what can be asked for: categories, their own times, their guides."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands import commands, queries, views
from saas.demands.pages.blueprint import pages
from saas.demands.pages.doing import do, start_of
from saas.demands.pages.settings import as_spans, saved_times
from saas.demands.permissions import SETTINGS
from saas.demands.schemas import CategoryIn, GuideIn, NewCategoryIn, ShiftIn, times_schema
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext, say
from saas.web.forms import Form
from saas.web.pages import render


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


@pages.page("/demands/settings/categories/new", needs=SETTINGS, methods=("GET", "POST"))
def add_category(actor: Actor) -> ResponseReturnValue:
    """A new category, under a group or at the top of a kind."""
    kinds = queries.kinds()
    start = {"kind": kinds[-1].code, "parent": ""}
    form = Form(NewCategoryIn, start | {k: v for k, v in request.args.items() if k in start})
    if form.accepts(partial(commands.add_category, actor=actor)):
        flash(
            _("%(name)s is saved. Residents can choose it now.", name=say(form.result.name)), "done"
        )
        return redirect(_list_url(form.result.code))
    return render(
        "demands/settings/category_form.html",
        form.status,
        form=form,
        row=None,
        groups=views.group_choices(queries.categories()),
        kinds=[(kind.code, say(kind.name)) for kind in kinds],
    )


@pages.page("/demands/settings/categories/<category>", needs=SETTINGS, methods=("GET", "POST"))
def edit_category(actor: Actor, category: str) -> ResponseReturnValue:
    """Other words for a category."""
    row = queries.category(category)
    form = Form(CategoryIn, start_of(views.hinted_typed(row), "open_to_neighbours"))
    if form.accepts(partial(commands.change_category, row, actor=actor)):
        flash(_("%(name)s is saved.", name=say(row.name)), "done")
        return redirect(_list_url(category))
    return render(
        "demands/settings/category_form.html",
        form.status,
        form=form,
        row=row,
        has_guide=queries.guide_of(category) is not None,
        is_leaf=queries.open_leaf(category) is not None,
        times=queries.times(category),
        asked=queries.asking().get(category, 0),
    )


@pages.page("/demands/settings/categories/<category>/retire", needs=SETTINGS, methods=("POST",))
def retire_category(actor: Actor, category: str) -> ResponseReturnValue:
    """It takes no new demands."""
    row = queries.category(category)
    living = queries.living_by_category().get(category, 0)
    said = ngettext(
        "%(name)s takes no new demands; %(num)s open one goes on. You can bring it back here.",
        "%(name)s takes no new demands; %(num)s open ones go on. You can bring it back here.",
        living,
        name=say(row.name),
    )
    return do(partial(commands.retire_category, row, actor=actor), said, _list_url(category))


@pages.page("/demands/settings/categories/<category>/restore", needs=SETTINGS, methods=("POST",))
def restore_category(actor: Actor, category: str) -> ResponseReturnValue:
    """It takes demands again."""
    row = queries.category(category)
    said = _("%(name)s is back in use.", name=say(row.name))
    return do(partial(commands.restore_category, row, actor=actor), said, _list_url(category))


@pages.page("/demands/settings/categories/<category>/shift", needs=SETTINGS, methods=("POST",))
def shift_category(actor: Actor, category: str) -> ResponseReturnValue:
    """One place further up or down in its row."""
    row = queries.category(category)
    command = partial(commands.shift_category, row, actor=actor)
    return do(command, None, _list_url(category), ShiftIn)


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
    form = Form(GuideIn, views.guide_typed(queries.guide_of(category)))
    if form.accepts(partial(commands.set_guide, row, actor=actor)):
        flash(_("The guide to %(name)s is saved.", name=say(row.name)), "done")
        return redirect(_list_url(category))
    kind = queries.kind(row.kind)
    return render("demands/settings/guide_form.html", form.status, form=form, row=row, kind=kind)


def _list_url(code: str) -> str:
    return url_for("demands.categories", _anchor=f"category-{code}")

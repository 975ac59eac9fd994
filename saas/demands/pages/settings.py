"""Settings of demands: how long, on which terms, for which causes, and the names of the kinds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.demands import commands, queries, views, words
from saas.demands.commands import Span
from saas.demands.pages.blueprint import pages
from saas.demands.pages.doing import do, start_of
from saas.demands.permissions import SETTINGS
from saas.demands.schemas import KindIn, NewReasonIn, ReasonIn, ShiftIn, TermsIn, times_schema
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext, say
from saas.web.forms import Form
from saas.web.pages import render

_TERMS = (
    "warn_percent",
    "confirm_days",
    "reopen_days",
    "appeal_days",
    "answer_days",
    "review_hours",
)


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
    row = queries.terms()
    form = Form(TermsIn, {name: getattr(row, name) for name in _TERMS})
    if form.accepts(partial(commands.set_terms, actor=actor)):
        flash(_("Saved.") if form.result else _("Nothing was different."), "done")
        return redirect(url_for("demands.terms"))
    living = sum(queries.living_by_level().values())
    return render("demands/settings/terms.html", form.status, form=form, living=living)


# Kinds of asking


@pages.page("/demands/settings/kinds", needs=SETTINGS)
def kinds(actor: Actor) -> ResponseReturnValue:
    """What the kinds of asking are called."""
    return render("demands/settings/kinds.html", kinds=queries.kinds())


@pages.page("/demands/settings/kinds/<kind>", needs=SETTINGS, methods=("GET", "POST"))
def edit_kind(actor: Actor, kind: str) -> ResponseReturnValue:
    """Other words for a kind."""
    row = queries.kind(kind)
    form = Form(KindIn, start_of(views.hinted_typed(row), "appointments"))
    if form.accepts(partial(commands.change_kind, row, actor=actor)):
        flash(_("%(name)s is saved.", name=say(row.name)), "done")
        return redirect(url_for("demands.kinds"))
    return render("demands/settings/kind_form.html", form.status, form=form, row=row)


# Causes


@pages.page("/demands/settings/reasons", needs=SETTINGS)
def reasons(actor: Actor) -> ResponseReturnValue:
    """The causes that can be chosen, by what they are for."""
    every = queries.every_reason()
    return render(
        "demands/settings/reasons.html",
        uses=[(use, word, [r for r in every if r.use == use]) for use, word in words.USE.items()],
    )


@pages.page("/demands/settings/reasons/new", needs=SETTINGS, methods=("GET", "POST"))
def add_reason(actor: Actor) -> ResponseReturnValue:
    """A new cause."""
    form = Form(NewReasonIn)
    if form.accepts(partial(commands.add_reason, actor=actor)):
        flash(_("%(name)s is saved.", name=say(form.result.name)), "done")
        return redirect(_reasons_url(form.result.code))
    return render(
        "demands/settings/reason_form.html", form.status, form=form, row=None, words=words
    )


@pages.page("/demands/settings/reasons/<reason>", needs=SETTINGS, methods=("GET", "POST"))
def edit_reason(actor: Actor, reason: str) -> ResponseReturnValue:
    """Other words for a cause."""
    row = queries.reason(reason)
    form = Form(ReasonIn, views.name_typed(row.name))
    if form.accepts(partial(commands.change_reason, row, actor=actor)):
        flash(_("%(name)s is saved.", name=say(row.name)), "done")
        return redirect(_reasons_url(reason))
    return render("demands/settings/reason_form.html", form.status, form=form, row=row, words=words)


@pages.page("/demands/settings/reasons/<reason>/retire", needs=SETTINGS, methods=("POST",))
def retire_reason(actor: Actor, reason: str) -> ResponseReturnValue:
    """Offer it no more."""
    row = queries.reason(reason)
    said = _("%(name)s is offered no more. You can bring it back below.", name=say(row.name))
    return do(partial(commands.retire_reason, row, actor=actor), said, _reasons_url(reason))


@pages.page("/demands/settings/reasons/<reason>/restore", needs=SETTINGS, methods=("POST",))
def restore_reason(actor: Actor, reason: str) -> ResponseReturnValue:
    """Offer it again."""
    row = queries.reason(reason)
    said = _("%(name)s is back in use.", name=say(row.name))
    return do(partial(commands.restore_reason, row, actor=actor), said, _reasons_url(reason))


@pages.page("/demands/settings/reasons/<reason>/shift", needs=SETTINGS, methods=("POST",))
def shift_reason(actor: Actor, reason: str) -> ResponseReturnValue:
    """One place further up or down."""
    row = queries.reason(reason)
    command = partial(commands.shift_reason, row, actor=actor)
    return do(command, None, _reasons_url(reason), ShiftIn)


def _reasons_url(code: str) -> str:
    return url_for("demands.reasons", _anchor=f"reason-{code}")

"""For who leads a group or mentors one: everything in one place."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.organisations import commands, forms, lists, queries
from saas.organisations.pages.blueprint import pages
from saas.organisations.pages.register import record_page
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render
from saas.web.shell import layout_of


@pages.page("/my/organisation", needs=SIGNED_IN)
def own(actor: Actor) -> ResponseReturnValue:
    """The reader's groups; who has one goes straight to it."""
    groups = queries.own_groups(actor)
    if len(groups) == 1:
        return redirect(url_for("organisations.own_group", code=groups[0].code))
    return render("organisations/own.html", rows=lists.rows_of(groups), layout=layout_of(actor))


@pages.page("/my/organisation/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def own_group(actor: Actor, code: str) -> ResponseReturnValue:
    """My stage, what is missing, my mentor, my room, what I am asked for."""
    group = queries.access_own(code, actor=actor, lock=request.method == "POST")
    here = url_for("organisations.own_group", code=code)
    return record_page(group, actor, here, "own_group", layout=layout_of(actor))


@pages.page("/my/organisation/<code>/plan", needs=SIGNED_IN, methods=("GET", "POST"))
def add_plan(actor: Actor, code: str) -> ResponseReturnValue:
    """Hand in a project plan."""
    group = queries.access_group(code, actor=actor, lock=request.method == "POST")
    form = Form(schema_of(forms.PLAN), suggested=stored(forms.PLAN, None))
    if form.accepts(lambda **given: commands.add_plan(group, actor=actor, **given)):
        flash(_("Handed in. The station looks at it."), "done")
        return redirect(url_for("organisations.plan", code=form.result.code))
    return render(
        "organisations/form.html", form.status, form=form, shape=forms.PLAN, group=group,
        title=_("Hand in a plan"), labels=labels_of(forms.PLAN), layout=layout_of(actor),
        back=url_for("organisations.own"),
    )  # fmt: skip


@pages.page("/my/mentoring/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def log_session(actor: Actor, code: str) -> ResponseReturnValue:
    """A mentor writes down a session in twenty seconds."""
    mine = [
        (row.id, group) for group, row, _held in queries.mentored_by(actor) if group.code == code
    ]
    if not mine:
        raise NotFound
    mentor, group = mine[0]
    shape = forms.ADDINGS["session"].shape
    form = Form(schema_of(shape), suggested=stored(shape, None))

    def log(**given: Any) -> None:
        commands.add_session(group, mentor=str(mentor), actor=actor, **given)

    if form.accepts(log):
        flash(_("It is written down. The group is asked to confirm it."), "done")
        return redirect(url_for("organisations.mentoring"))
    return render(
        "organisations/form.html", form.status, form=form, shape=shape, group=group,
        title=_("Write down a session"), labels=labels_of(shape), layout=layout_of(actor),
        back=url_for("organisations.mentoring"),
    )  # fmt: skip


@pages.page("/my/mentoring", needs=SIGNED_IN)
def mentoring(actor: Actor) -> ResponseReturnValue:
    """The groups that the reader mentors, and sessions to confirm."""
    return render("organisations/mentoring.html", pairs=queries.mentored_by(actor),
                  layout=layout_of(actor))  # fmt: skip

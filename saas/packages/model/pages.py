"""Pages of a district's model: what it is made from, what it could take, what it gives away."""

from __future__ import annotations

import json

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import long_date, ngettext
from saas.packages.library.queries import BadPackage
from saas.packages.model import commands, queries, views
from saas.packages.model.schemas import DecideIn, ExportIn, SeenIn, UndoIn
from saas.packages.permissions import EDIT
from saas.web.forms import Form
from saas.web.pages import Pages, render

pages = Pages("model", __name__, plane="tenant")
_ZIP = "application/zip"


@pages.page("/model", needs=EDIT)
def show(actor: Actor) -> ResponseReturnValue:
    """What is installed, what the district has made of it, and what it could take."""
    installed, own = queries.installed(), queries.own_changes()
    teller = views.teller_of(own)
    return render(
        "model/show.html",
        installed=installed,
        since=long_date(queries.installed_row().installed_at),
        contents=views.as_it_stands(),
        own=teller.sections(own),
        own_count=len(own.entries),
        takeable=queries.takeable(),
        changes=views.history(queries.changes()),
        undoable=queries.undoable(),
    )


@pages.page("/model/contents", needs=EDIT)
def contents(actor: Actor) -> ResponseReturnValue:
    """Everything in the model as the district has it now, readable."""
    return render(
        "model/contents.html",
        contents=views.as_it_stands(),
        faults=views.faults_told(queries.faults_of(queries.current())),
    )


@pages.page("/model/upgrade/<key>/<version>", needs=EDIT, methods=("GET", "POST"))
def upgrade(actor: Actor, key: str, version: str) -> ResponseReturnValue:
    """The dry run: every item in plain words, conflicts first; decisions are kept as one goes."""
    form = Form(DecideIn)
    if form.accepts(lambda choices: commands.decide(key, version, choices=choices, actor=actor)):
        if "onward" in request.form and views.ready(form.result):
            return redirect(url_for("model.apply", key=key, version=version))
        if "HX-Request" not in request.headers:
            flash(_l("Your decisions are kept."), "done")
        return redirect(url_for("model.upgrade", key=key, version=version, show=_shown()))
    proposal = queries.plan_upgrade(key, version)
    form.values = dict(proposal.tally.standing)
    return render(
        "model/upgrade.html",
        form.status,
        form=form,
        proposal=proposal,
        page=views.proposal_page(proposal, request.args.get("show", "")),
    )


def _shown() -> str | None:
    """The filter that the reader has chosen stays chosen."""
    chosen = request.args.get("show", "")
    return chosen if chosen in views.FILTERS else None


@pages.page("/model/upgrade/<key>/<version>/apply", needs=EDIT, methods=("GET", "POST"), fresh=True)
def apply(actor: Actor, key: str, version: str) -> ResponseReturnValue:
    """What an upgrade will do, with counts, once more before it is made; then the upgrade."""
    form = Form(SeenIn)
    try:
        if form.accepts(lambda seen: commands.upgrade(key, version, seen=seen, actor=actor)):
            flash(_l("The upgrade is made. It can be taken back on this page."), "done")
            return redirect(url_for("model.show"))
    except BadPackage:
        form.errors = {"_schema": [_("The result would have faults: see the list.")]}
    proposal = queries.plan_upgrade(key, version)
    if not views.ready(proposal):
        return redirect(url_for("model.upgrade", key=key, version=version))
    return render(
        "model/apply.html",
        form.status,
        form=form,
        theirs=proposal.theirs,
        consequences=views.consequences(proposal.plan.counts),
        seen=json.dumps(proposal.marks),
    )


@pages.page("/model/undo", needs=EDIT, methods=("GET", "POST"))
def undo(actor: Actor) -> ResponseReturnValue:
    """Take the latest change of the model back."""
    form, change = Form(UndoIn), queries.undoable()
    try:
        if form.accepts(lambda change_id: commands.undo(change_id=change_id, actor=actor)):
            flash(_l("Taken back. What was edited since has stayed."), "done")
            return redirect(url_for("model.show"))
    except BadPackage:
        form.errors = {"_schema": [_("The result would have faults: it cannot be taken back.")]}
    if change is None:
        flash(_l("There is nothing to take back."), "warn")
        return redirect(url_for("model.show"))
    plan = queries.plan_undo(change)
    return render(
        "model/undo.html",
        form.status,
        form=form,
        change=change,
        sections=views.taking_back(plan),
        stays=ngettext(
            "%(num)s thing was edited since: it stays.",
            "%(num)s things were edited since: they stay.",
            views.edited_since(plan),
        ),
        edited=views.edited_since(plan),
    )


@pages.page("/model/export", needs=EDIT, methods=("GET", "POST"), fresh=True)
def export(actor: Actor) -> ResponseReturnValue:
    """The district's model as a package of its own, to be downloaded."""
    start = views.export_start(queries.installed(), current_tenant())
    form = Form(ExportIn, suggested=start)
    faults = queries.faults_of(queries.current())
    if not faults and form.accepts(lambda **head: commands.export(**head, actor=actor)):
        head = form.result["package"]
        response = Response(commands.as_zip(form.result), mimetype=_ZIP)
        name = f"{head['key']}-{head['version']}.zip"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response
    return render("model/export.html", form.status, form=form, faults=views.faults_told(faults))

"""The checklist: before going live a step of the wizard, afterwards the district's health page."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import NotFound, TooMany
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext
from saas.kernel.schemas import Reason
from saas.onboarding import commands, permissions, queries, views, words
from saas.onboarding.pages.blueprint import setup
from saas.onboarding.pages.wizard import step_page
from saas.onboarding.permissions import SETTINGS
from saas.onboarding.schemas import AcceptIn, GoLiveIn, RevokeIn
from saas.web.forms import Form
from saas.web.pages import render


@setup.page("/setup/check", needs=SETTINGS)
def check(actor: Actor) -> ResponseReturnValue:
    """The list as a step of the wizard."""
    if not current_tenant().staff_only:
        return redirect(url_for("setup.health"))
    return _list(actor, Form(AcceptIn))


@setup.page("/setup/health", needs=SETTINGS)
def health(actor: Actor) -> ResponseReturnValue:
    """The same list once the district is open."""
    if current_tenant().staff_only:
        return redirect(url_for("setup.check"))
    return _list(actor, Form(AcceptIn))


def _list(actor: Actor, form: Form) -> ResponseReturnValue:
    items = views.items(queries.checks())
    ran = max((item.at for item in items if item.at), default=None)
    waiting, good = views.open_first(items)
    shown = {
        "items": waiting,
        "good": good,
        "every": len(items),
        "ran": ran,
        "gaps": queries.count_gaps(),
        "unsure": any(item.state in queries.UNSURE for item in items),
        "fields": words.ACCEPTING,
    }
    if current_tenant().staff_only:
        return step_page("check", actor, form, **shown)
    if not permissions.sets_up(actor):
        raise NotFound
    return render("onboarding/health.html", form.status, form=form, **shown)


def _back() -> ResponseReturnValue:
    return redirect(url_for("setup.check" if current_tenant().staff_only else "setup.health"))


@setup.page("/setup/check/run", needs=SETTINGS, methods=("POST",))
def run(actor: Actor) -> ResponseReturnValue:
    """Run every check again."""
    gaps = commands.run_checks(actor=actor)
    said = ngettext("%(num)s point is open.", "%(num)s points are open.", gaps)
    flash(said if gaps else _("Everything is in order."), "warn" if gaps else "done")
    return _back()


@setup.page("/setup/check/notice", needs=SETTINGS, methods=("POST",))
def trial(actor: Actor) -> ResponseReturnValue:
    """Send another test notice."""
    try:
        commands.try_notice(actor=actor)
        flash(_("A test notice is on its way."), "done")
    except TooMany as error:
        flash(str(error.text), "warn")
    return _back()


@setup.page("/setup/check/accept", needs=SETTINGS, methods=("POST",))
def accept(actor: Actor) -> ResponseReturnValue:
    """Answer by name for the gaps that are ticked."""
    form = Form(AcceptIn)
    if form.accepts(lambda check, **given: commands.accept_gaps(actor=actor, **given)):
        flash(_("Accepted in your name. You can revoke it at any time."), "done")
        return _back()
    return _list(actor, form)


@setup.page("/setup/check/revoke", needs=SETTINGS, methods=("POST",))
def revoke(actor: Actor) -> ResponseReturnValue:
    """Answer for a gap no longer."""
    form = Form(RevokeIn)
    if form.accepts(partial(commands.revoke_gap, actor=actor)):
        flash(_("Revoked: the gap is open again."), "done")
    return _back()


@setup.page("/setup/live", needs=SETTINGS, methods=("GET", "POST"))
def live(actor: Actor) -> ResponseReturnValue:
    """What everybody will see from now on, asked once."""
    if not current_tenant().staff_only:
        return redirect(url_for("setup.health"))
    form = Form(GoLiveIn)
    if form.accepts(lambda sure: commands.go_live(actor=actor)):
        return redirect(url_for("setup.opened"))
    if form.errors.keys() - {"sure"}:
        commands.run_checks(actor=actor)  # what stopped it is found on the list
    ready = queries.is_checked() and not queries.count_gaps()
    return step_page("live", actor, form, opens=queries.what_opens(), ready=ready)


@setup.page("/setup/opened", needs=SETTINGS)
def opened(actor: Actor) -> ResponseReturnValue:
    """The district is open: its address to hand out, and what comes next."""
    if current_tenant().staff_only:
        return redirect(url_for("setup.live"))
    if not permissions.sets_up(actor):
        raise NotFound
    return render("onboarding/opened.html", **views.opened())


@setup.page("/setup/pause", needs=SETTINGS, methods=("GET", "POST"))
def pause(actor: Actor) -> ResponseReturnValue:
    """Ask the operator to close the district for a while."""
    if current_tenant().staff_only or not permissions.sets_up(actor):
        raise NotFound
    form = Form(Reason)
    if form.accepts(partial(commands.ask_pause, actor=actor)):
        flash(_("The operator finds your request in the district's history."), "done")
        return redirect(url_for("setup.health"))
    return render("onboarding/pause.html", form.status, form=form)

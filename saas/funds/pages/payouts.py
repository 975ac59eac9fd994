"""Payouts, and the seats of the committee."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.forms.fields import labels_of
from saas.funds import commands, forms, queries, views, words
from saas.funds.commands import Deed, Need
from saas.funds.lists import PAYOUTS
from saas.funds.models import Payout
from saas.funds.pages.blueprint import pages
from saas.funds.pages.desk import place
from saas.funds.pages.meetings import ensure_inside
from saas.funds.permissions import MANAGE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.i18n import gettext as _
from saas.listing.pages import answer
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render


@pages.page("/console/funds/payouts", needs=MANAGE, methods=("GET", "POST"))
def payouts(actor: Actor) -> ResponseReturnValue:
    """Every payout."""
    return answer(PAYOUTS, actor, "funds/payouts.html")


@pages.page("/console/funds/payouts/new", needs=MANAGE, methods=("GET", "POST"))
def ask(actor: Actor) -> ResponseReturnValue:
    """Ask for money."""
    form = Form(forms.schema(forms.PAYOUT, forms.SentIn),
                suggested=forms.begun(forms.PAYOUT, new_token()))  # fmt: skip

    def asked(submission: str | None, **given: Any) -> Payout:
        return commands.ask(place(), Need(**given), submission=submission, actor=actor)

    if form.accepts(asked):
        return redirect(url_for("funds.payout", code=form.result.code))
    return render("funds/form.html", form.status, form=form, shape=forms.PAYOUT,
                  title=_("Ask for money"), labels=labels_of(forms.PAYOUT),
                  url=url_for("funds.ask"), back=url_for("funds.payouts"),
                  left=views.purposes_of(queries.money()))  # fmt: skip


def _door(actor: Actor, code: str, *, lock: bool = False) -> Payout:
    """For the office and for the committee; else `NotFound`."""
    ensure_inside(actor)
    return queries.payout_by_code(code, lock=lock)


@pages.page("/funds/payouts/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def payout(actor: Actor, code: str) -> ResponseReturnValue:
    """A payout with what can be done."""
    found = _door(actor, code, lock=request.method == "POST")
    form = Form(forms.ActIn)

    def act(seen: int | None, **given: Any) -> None:
        commands.act(found, Deed(**given), seen=seen, actor=actor)

    if form.accepts(act):
        flash(_("%(did)s.", did=words.VERBS[form.values["verb"]].done), "done")
        return redirect(url_for("funds.payout", code=found.code))
    record = views.record_of(found, actor)
    return render("funds/payout.html", form.status, form=form, record=record)


@pages.page("/funds/committee/seats", needs=MANAGE, methods=("POST",))
def seat(actor: Actor) -> ResponseReturnValue:
    """Somebody takes a seat."""
    command = partial(commands.seat, actor=actor)
    return do(command, _("It is taken."), url_for("funds.committee"), forms.SeatIn)


@pages.page("/funds/committee/seats/<int:number>/leave", needs=MANAGE, methods=("POST",))
def unseat(actor: Actor, number: int) -> ResponseReturnValue:
    """Somebody leaves."""
    found = next((one for one in queries.members(clock.today()) if one.id == number), None)
    command = partial(commands.unseat, queries.got(found), actor=actor)
    return do(command, _("The seat is free."), url_for("funds.committee"))

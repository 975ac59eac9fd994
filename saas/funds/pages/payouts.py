"""Payouts, and the evening of the committee."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.catalogue.pages import do
from saas.forms.fields import labels_of
from saas.funds import commands, forms, permissions, queries, rules, views, words
from saas.funds.commands import Deed, Need
from saas.funds.lists import PAYOUTS
from saas.funds.models import Payout
from saas.funds.pages.blueprint import pages
from saas.funds.pages.desk import place
from saas.funds.permissions import MANAGE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
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
    if not permissions.works(actor) and queries.member_of(actor, clock.today()) is None:
        raise NotFound
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


@pages.page("/funds/committee", needs=SIGNED_IN)
def committee(actor: Actor) -> ResponseReturnValue:
    """The agenda with the money that is left for each purpose; members vote, each once."""
    today = clock.today()
    me, works, seats = (
        queries.member_of(actor, today), permissions.works(actor), queries.members(today),
    )  # fmt: skip
    if not (me or works):
        raise NotFound
    asked = queries.payouts(Payout.state == "asked")
    return render(
        "funds/committee.html", me=me, works=works, seats=seats, asked=asked[::-1],
        names=people.names_of([one.person_id for one in seats]), form=Form(forms.SeatIn),
        votes={one.id: queries.votes_on(one) for one in asked}, decided=queries.resolutions(),
        purposes={one.id: say(one.name) for one in queries.purposes().values()},
        left=views.purposes_of(queries.money()), terms=queries.terms(),
        quorate=rules.quorate(len(seats), queries.term("members_least") or 1),
    )  # fmt: skip


@pages.page("/funds/payouts/<code>/vote", needs=SIGNED_IN, methods=("POST",))
def vote(actor: Actor, code: str) -> ResponseReturnValue:
    """The question of conflict, and the vote."""
    command = partial(commands.vote, _door(actor, code, lock=True), actor=actor)
    return do(command, _("Your vote is written down."), url_for("funds.committee"), forms.VoteIn)


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

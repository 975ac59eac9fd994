"""For who takes gifts: receive, count, hand over, bring to the bank."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.forms.fields import labels_of
from saas.funds import commands, forms, permissions, queries, views
from saas.funds.commands import Given
from saas.funds.lists import GIFTS
from saas.funds.models import Gift
from saas.funds.pages.blueprint import pages
from saas.funds.permissions import MANAGE, RECEIVE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.i18n import gettext as _
from saas.listing.pages import answer
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import render


def place() -> Unit:
    """Where the fund is: the district."""
    return queries.got(territory.root())


@pages.page("/console/funds/gifts", needs=RECEIVE, methods=("GET", "POST"))
def gifts(actor: Actor) -> ResponseReturnValue:
    """Every gift."""
    return answer(GIFTS, actor, "funds/gifts.html")


@pages.page("/funds/desk", needs=RECEIVE, methods=("GET", "POST"))
def desk(actor: Actor) -> ResponseReturnValue:
    """A gift in a few presses; what one holds, and since when."""
    shape = forms.gift_shape()
    form = Form(forms.schema(shape, forms.SentIn), suggested=forms.begun(shape, new_token()))

    def receive(submission: str | None, **given: Any) -> Gift:
        sent: dict[str, Any] = {name: value or "" for name, value in given.items()}
        return commands.receive(place(), Given(**sent), submission=submission, actor=actor)

    if form.accepts(receive):
        return redirect(url_for("funds.gift", code=form.result.code, made=1))
    mine = queries.held().get(actor.person_id or 0, [])
    return render(
        "funds/desk.html", form.status, form=form, shape=shape, mine=mine,
        labels=labels_of(shape), holds=sum(one.amount for one in mine), boxes=queries.boxes(),
        opened=queries.opened_on(), cash=views.late_cash(), purposes=queries.purposes(),
        offered=queries.waiting_handover(actor.person_id or 0), me=actor.person_id,
        banked=queries.banked(), works=permissions.works(actor), today=clock.today(),
    )  # fmt: skip


def _act(command: Any, said: str, schema: Any) -> ResponseReturnValue:
    return do(command, said, url_for("funds.desk"), schema)


@pages.page("/funds/desk/bank", needs=RECEIVE, methods=("POST",))
def bank(actor: Actor) -> ResponseReturnValue:
    """It went to the bank."""
    command = partial(commands.bank, on=clock.today(), actor=actor)
    return _act(command, _("Written down: the host confirms it next."), forms.BankIn)


@pages.page("/funds/desk/hand", needs=RECEIVE, methods=("POST",))
def hand_over(actor: Actor) -> ResponseReturnValue:
    """Somebody else takes it."""
    command = partial(commands.hand_over, actor=actor)
    return _act(command, _("Offered: it is yours until it is accepted."), forms.PersonIn)


@pages.page("/funds/desk/take", needs=RECEIVE, methods=("POST",))
def take_over(actor: Actor) -> ResponseReturnValue:
    """The cash that somebody offers is right, or it is not."""
    return _act(partial(commands.take_over, actor=actor), _("Written down."), forms.AcceptIn)


@pages.page("/funds/desk/confirm", needs=MANAGE, methods=("POST",))
def confirm(actor: Actor) -> ResponseReturnValue:
    """The host has this slip, or this one gift."""

    def command(code: str) -> None:
        found = next((one for one in queries.banked() if one[0] == code), None)
        commands.confirm(queries.got(found)[3], actor=actor)

    return _act(command, _("Confirmed: it can be used now."), forms.CodeIn)


@pages.page("/funds/gift/<code>/refund", needs=MANAGE, methods=("POST",))
def refund(actor: Actor, code: str) -> ResponseReturnValue:
    """Give it back, with the reason that everybody reads."""
    gift = queries.gift_by_code(code)
    return do(partial(commands.refund, gift, actor=actor), _("Given back."),
              url_for("funds.gift", code=gift.code), forms.ReasonIn)  # fmt: skip


@pages.page("/funds/gift/<code>/note", needs=MANAGE, methods=("POST",))
def note(actor: Actor, code: str) -> ResponseReturnValue:
    """An explanation beside it."""
    gift = queries.gift_by_code(code)

    def command(reason: str) -> None:
        commands.note(f"receive:{gift.code}", reason, actor=actor)

    return do(command, _("Written down."), url_for("funds.gift", code=gift.code), forms.ReasonIn)


@pages.page("/funds/boxes", needs=MANAGE, methods=("POST",))
def add_box(actor: Actor) -> ResponseReturnValue:
    """One box more."""
    return _act(partial(commands.add_box, place(), actor=actor), _("It is there."), forms.BoxIn)


@pages.page("/funds/boxes/<code>/open", needs=RECEIVE, methods=("GET", "POST"))
def open_box(actor: Actor, code: str) -> ResponseReturnValue:
    """Two people count what lies in it."""
    box = queries.got(next((one for one in queries.boxes() if one.code == code), None))
    form = Form(forms.OpenIn, suggested={"submission": new_token()})

    def opened(second: str, photo: Any, submission: str | None, **counts: Any) -> Gift:
        return commands.open_box(box, place(), second=second, counts=forms.counts_of(counts),
                                 photo=photo, submission=submission, actor=actor)  # fmt: skip

    if form.accepts(opened):
        flash(_("Counted and written down."), "done")
        return redirect(url_for("funds.gift", code=form.result.code, made=1))
    return render("funds/box.html", form.status, form=form, box=box)

"""For everybody, without signing in: where the yuan are, what they did; never who gave."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments, ledger
from saas.accounts.permissions import AUDIT
from saas.attachments import answers
from saas.funds import commands, forms, permissions, queries, views, words
from saas.funds.books import LEDGER
from saas.funds.models import Payout, Purpose
from saas.funds.pages.blueprint import pages
from saas.funds.papers import papers
from saas.funds.reconciled import reconciled_until
from saas.kernel import clock, throttle
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import shown_code
from saas.kernel.unit_of_work import unit_of_work
from saas.web.address import caller_address
from saas.web.files import download
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

_WRONG, _LIMIT, _WINDOW = "funds.wrong", 20, timedelta(minutes=30)
_SHOWN = 100


@pages.page("/funds", needs=PUBLIC)
def shown(actor: Actor) -> ResponseReturnValue:
    """The river, three totals, and the sum that must be nothing."""
    money = queries.money()
    return render(
        "funds/shown.html", money=money, river=views.river_of(money), layout=layout_of(actor),
        purposes=views.purposes_of(money), sheets=queries.disclosures()[:8], terms=queries.terms(),
        done=views.done(queries.payouts(Payout.state == "posted"))[:12], form=Form(forms.CodeIn),
        accounts=views.accounts_of(money), organs=views.organs(), today=clock.today(),
        begun=queries.begun_on(), decided=queries.resolutions(12), public=views.public_words,
        reconciled=reconciled_until(), papers=papers(),
    )  # fmt: skip


@pages.page("/funds/rows", needs=PUBLIC)
def rows(actor: Actor) -> ResponseReturnValue:
    """What a band of the river is made of: gifts of a way or a purpose, or payouts."""
    names = {code: say(one.name) for code, one in queries.purposes().items()}
    way, purpose, paid = (request.args.get(name, "") for name in ("way", "purpose", "paid"))
    gifts = queries.gifts(way, queries.purposes().get(purpose), _SHOWN) if not paid else ()
    found = queries.payouts(Payout.state == "posted") if paid in names else ()
    wanted = queries.purposes()[paid].id if paid in names else 0
    return render(
        "funds/rows.html", layout=layout_of(actor), gifts=gifts, most=_SHOWN,
        title=str(words.WAY[way]) if way in words.WAY else names.get(purpose or paid, _("Gifts")),
        states=queries.states([one.id for one in gifts]), paid=paid,
        done=views.done([one for one in found if one.purpose_id == wanted]),
    )  # fmt: skip


@pages.page("/funds/find", needs=PUBLIC, methods=("GET", "POST"))
def find(actor: Actor) -> ResponseReturnValue:
    """Type the code of a receipt, or of a sheet."""
    form = Form(forms.CodeIn)
    if form.accepts(_found):
        return redirect(form.result)
    return render("funds/find.html", form.status, form=form, layout=layout_of(actor))


def _found(code: str) -> str:
    throttle.ensure_calm(_WRONG, caller_address(), limit=_LIMIT)
    own = (
        lambda code: url_for("funds.gift", code=queries.gift_by_code(code).code),
        lambda code: url_for("funds.sheet", code=queries.disclosure(code).code),
    )
    for find in (*own, *(one.find for one in papers())):
        try:
            return str(find(code))
        except NotFound:
            continue
    with unit_of_work():
        throttle.count_try(_WRONG, caller_address(), window=_WINDOW)
    raise Invalid({"code": [_l("No receipt and no sheet of this fund has this code: either it was"
                               " typed wrongly, or the paper is not genuine.")]})  # fmt: skip


@pages.page("/funds/gift/<code>", needs=PUBLIC)
def gift(actor: Actor, code: str) -> ResponseReturnValue:
    """Where the yuan of a gift are and what they did; printed, it is the receipt."""
    found = queries.gift_by_code(code)
    state, acts = queries.states([found.id])[found.id], queries.acts_of(found)
    uses, back = queries.uses_of(found), queries.payouts(Payout.gift_id == found.id)
    did = [one for one in uses if one[1] and one[0].back != found.id]
    return render(
        "funds/gift.html", layout=layout_of(actor), gift=found, state=state, acts=acts,
        code=shown_code(found.code), uses=did, left=queries.left_of(found), back=back,
        used=sum((use.amount for use, _payout, _story in did), queries.NOTHING),
        purpose=say(session.get_one(Purpose, found.purpose_id).name),
        capitals=ledger.capitals(found.amount), made="made" in request.args,
        notes=queries.notes_of([f"receive:{found.code}"]), works=permissions.works(actor),
        qr_code=qr_code(url_for("funds.gift", code=found.code, _external=True)),
    )  # fmt: skip


@pages.page("/funds/random", needs=SIGNED_IN)
def random_yuan(actor: Actor) -> ResponseReturnValue:
    """For who supervises: one yuan of all that ever came in, and its whole way."""
    seat = queries.member_of(actor, clock.today())
    if not (permissions.works(actor) or actor.may(AUDIT) or seat):
        raise NotFound
    whole = int(queries.money().raised)
    found = queries.any_gift(secrets.randbelow(whole) + 1) if whole else None
    return redirect(url_for("funds.gift", code=found.code) if found else url_for("funds.shown"))


@pages.page("/funds/sheets/<code>", needs=PUBLIC)
def sheet(actor: Actor, code: str) -> ResponseReturnValue:
    """A sheet as it was frozen, on the screen or for the board; whether it fits its digest."""
    found = queries.disclosure(code)
    later = next((one for one in queries.disclosures() if one.corrects_id == found.id), None)
    return render(
        "funds/poster.html" if "poster" in request.args else "funds/sheet.html", sheet=found,
        layout=layout_of(actor), code=shown_code(found.code), whole=commands.is_whole(found),
        later=later, boards=attachments.of("disclosure", found.id),
        works=permissions.works(actor),
        qr_code=qr_code(url_for("funds.sheet", code=found.code, _external=True)),
    )  # fmt: skip


@pages.page("/funds/sheets/<code>/board/<int:number>", needs=PUBLIC)
def board(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """The picture of a board."""
    return answers.answer(attachments.one("disclosure", queries.disclosure(code).id, number))


@pages.page("/funds/accounts/<name>.csv", needs=PUBLIC)
def account(actor: Actor, name: str) -> ResponseReturnValue:
    """Every entry of an account as a file that a spreadsheet adds up to the same balance; cash of
    people is for who runs the fund. Everybody reads the numbers of gifts: a code is for who has the
    receipt.
    """
    found = ledger.reading.account(LEDGER, name)
    if found is None or (found.person_id and not permissions.works(actor)):
        raise NotFound
    entries = ledger.entries_of(LEDGER, found.id)
    numbers = queries.numbers_of(found.id)
    called = str if permissions.works(actor) else lambda key: numbers.get(key, "")
    text = ledger.comma_separated(
        entries, f"{name} · {words.BESIDE}", words.HEADS, words.KIND, called
    )
    return download(text, f"{name.replace(':', '-')}.csv", "text/csv")

"""Pages of goods: for everybody what came and what became of it; for the keeper each move."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.forms.fields import labels_of, schema_of
from saas.funds import permissions
from saas.funds import queries as book
from saas.funds.papers import Papers, say_papers
from saas.funds.permissions import RECEIVE
from saas.funds.views import yuan
from saas.goods import commands, forms, lists, queries, rules, views, words
from saas.goods.commands import Brought
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.listing.pages import answer as answer_list
from saas.territory import queries as territory
from saas.web.forms import Form
from saas.web.pages import PUBLIC, Pages, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

pages = Pages("goods", __name__.rpartition(".pages")[0], plane="tenant")
_SHOWN: Final = 12
#: What can be done with a gift: what is asked, what it is called, what is said when it is done.
_VERBS: Final[dict[str, tuple[Any, Callable[..., Any], object, object]]] = {
    "out": (forms.OUT, commands.give_out, _l("Give out"), _l("Given out: it is in the book.")),
    "off": (forms.ASK, commands.ask_off, _l("Ask to write off"),
            _l("Asked: another person confirms it.")),
    "count": (forms.COUNT, commands.count, _l("Count the stock"),
              _l("Counted. What is missing another person confirms.")),
    "void": (forms.VOID, commands.void, _l("Declare void"), _l("It is void; both can be read.")),
}  # fmt: skip


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words, "yuan": yuan}


@pages.page("/funds/goods", needs=PUBLIC)
def shown(actor: Actor) -> ResponseReturnValue:
    """By kind: what came in, was given out, is left; and what givers say that it is worth."""
    worth, unclaimed = queries.worth()
    return render("goods/shown.html", layout=layout_of(actor), totals=queries.totals(),
                  worth=worth, unclaimed=unclaimed, done=queries.given_out(_SHOWN),
                  today=clock.today())  # fmt: skip


@pages.page("/funds/goods/<code>", needs=PUBLIC)
def receipt(actor: Actor, code: str) -> ResponseReturnValue:
    """Whether a receipt is genuine, and what the gift did; printed, it is the receipt."""
    goods = queries.goods_by_code(code)
    address = url_for("goods.receipt", code=goods.code, _external=True)
    return render("goods/receipt.html", layout=layout_of(actor), record=views.record_of(goods),
                  few=rules.FEW, made="made" in request.args,
                  works=actor.may(RECEIVE), qr_code=qr_code(address))  # fmt: skip


@pages.page("/console/funds/goods", needs=RECEIVE, methods=("GET", "POST"))
def every(actor: Actor) -> ResponseReturnValue:
    """Every gift of goods."""
    return answer_list(lists.GOODS, actor, "goods/list.html")


@pages.page("/console/funds/goods/new", needs=RECEIVE, methods=("GET", "POST"))
def add(actor: Actor) -> ResponseReturnValue:
    """Somebody brings something."""
    begun = {"shown_as": "anonymous", "received_on": clock.today(), "submission": new_token()}
    form, place = Form(forms.schema_of_goods(), suggested=begun), book.got(territory.root())

    def receive(submission: str | None, **sent: Any) -> Any:
        return commands.receive(place, Brought(**sent), submission=submission, actor=actor)

    if form.accepts(receive):
        return redirect(url_for("goods.receipt", code=form.result.code, made=1))
    home = url_for("goods.every")
    return _form(form, forms.GOODS, _("Receive goods"), url_for("goods.add"), home,
                 _("Write it down and print the receipt"), _("Gifts of goods"))  # fmt: skip


def _form(
    form: Form, shape: Any, title: str, url: str, back: str, submit: str, home: str
) -> ResponseReturnValue:  # fmt: skip
    return render("funds/form.html", form.status, form=form, shape=shape, title=title, url=url,
                  labels=labels_of(shape), back=back, home=home, submit=submit,
                  left=())  # fmt: skip


@pages.page("/console/funds/goods/<code>", needs=RECEIVE)
def record(actor: Actor, code: str) -> ResponseReturnValue:
    """A gift, what became of it, and what can be done next."""
    found = views.record_of(queries.goods_by_code(code))
    return render("goods/record.html", record=found, me=actor.person_id,
                  works=permissions.works(actor))  # fmt: skip


@pages.page("/console/funds/goods/<code>/<verb>", needs=RECEIVE, methods=("GET", "POST"))
def move(actor: Actor, code: str, verb: str) -> ResponseReturnValue:
    """Give out, ask to write off, count, declare void."""
    goods = queries.goods_by_code(code)
    shape, command, title, said = book.got(_VERBS.get(verb))
    form = Form(schema_of(shape))

    def moved(words: str, **sent: Any) -> Any:
        return command(goods, words_=words, **sent, actor=actor)

    home = url_for("goods.record", code=goods.code)
    if form.accepts(moved):
        flash(str(said), "done")
        return redirect(home)
    return _form(form, shape, str(title), url_for("goods.move", code=goods.code, verb=verb), home,
                 str(title), f"№ {goods.number} · {goods.what}")  # fmt: skip


@pages.page("/console/funds/goods/<code>/asked/<int:number>", needs=RECEIVE, methods=("POST",))
def answer(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """Another person confirms that it is written off; or says why not."""
    goods = queries.goods_by_code(code)
    command = partial(commands.answer, queries.asked_of(goods, number), goods, actor=actor)

    def answered(confirm: bool, words: str) -> None:
        command(confirm=confirm, words_=words)

    return do(answered, _("Written down."), url_for("goods.record", code=goods.code),
              forms.AnswerIn)  # fmt: skip


say_papers(Papers(_l("Gifts of goods"), "goods.shown", lambda code: url_for(
    "goods.receipt", code=queries.goods_by_code(code).code)))  # fmt: skip

"""One visit: where it stands, its acts, its letter, the questions that were asked."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.attachments import answers
from saas.catalogue.pages import do
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.visits import commands, forms, queries, views, words
from saas.visits.commands import Deed
from saas.visits.pages.blueprint import pages
from saas.visits.permissions import HANDLE
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.shell import layout_of


@pages.page("/visits/<code>", needs=PUBLIC, methods=("GET", "POST"))
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """A visit with what can be done; for who asked, by the slip, for the office and its guides."""
    visit = queries.access_visit(code, actor=actor, lock=request.method == "POST")
    form = Form(forms.ActIn)

    def act(seen: int | None, letter_no: str, **given: Any) -> None:
        number = letter_no or visit.letter_no or ""
        commands.act(visit, Deed(letter_no=number, **given), seen=seen, actor=actor)

    if form.accepts(act):
        flash(_("%(did)s.", did=words.VERBS[form.values["verb"]].done), "done")
        return redirect(url_for("visits.show", code=code))
    return render(
        "visits/show.html", form.status, form=form, record=views.record_of(visit, actor),
        words=words, views=views, layout=layout_of(actor), terms=queries.terms(),
    )  # fmt: skip


@pages.page("/visits/<code>/letter/<int:number>", needs=HANDLE)
def letter(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """The letter, for the office alone."""
    visit = queries.access_visit(code, actor=actor, office=True)
    return answers.answer(attachments.one("visit", visit.id, number))


@pages.page("/visits/<code>/questions/<int:number>", needs=SIGNED_IN, methods=("POST",))
def answer_question(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """Answer what a guest asked."""
    visit = queries.access_visit(code, actor=actor, lock=True)
    command = partial(commands.answer_question, visit, queries.question_of(visit, number),
                      actor=actor)  # fmt: skip
    home = f"{url_for('visits.show', code=code)}#questions"
    return do(command, _("The answer is stored."), home, forms.AnswerIn)

"""Settings of what a category asks besides the words of who files."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.demands import commands, queries, rules, views, words
from saas.demands.models import Category, Question
from saas.demands.pages.blueprint import pages
from saas.demands.pages.doing import do
from saas.demands.permissions import SETTINGS
from saas.demands.schemas import NewQuestionIn, QuestionIn, ShiftIn
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/demands/settings/categories/<category>/questions", needs=SETTINGS)
def questions(actor: Actor, category: str) -> ResponseReturnValue:
    """What a category asks, in order; below it what it asks no more."""
    row = queries.category(category)
    every = queries.every_question(row.code)
    open_ = [one for one in every if not one.retired]
    return render(
        "demands/settings/questions.html",
        row=row,
        questions=[*open_, *(one for one in every if one.retired)],
        room=queries.open_leaf(row.code) is not None and len(open_) < rules.MOST_QUESTIONS,
        most=rules.MOST_QUESTIONS,
        words=words,
    )


@pages.page(
    "/demands/settings/categories/<category>/questions/new",
    needs=SETTINGS,
    methods=("GET", "POST"),
)
def add_question(actor: Actor, category: str) -> ResponseReturnValue:
    """A new question of a category."""
    row = queries.category(category)
    form = Form(NewQuestionIn, suggested={"kind": "text"})
    if form.accepts(partial(commands.add_question, row, actor=actor)):
        flash(_("“%(name)s” is asked from now on.", name=say(form.result.label)), "done")
        return redirect(_list_url(category))
    return _form(form, row, None)


@pages.page("/demands/settings/questions/<question>", needs=SETTINGS, methods=("GET", "POST"))
def edit_question(actor: Actor, question: str) -> ResponseReturnValue:
    """Other words for a question, other answers to choose from."""
    row = queries.question(question)
    form = Form(QuestionIn, views.question_typed(row), thing=("demand_question", row.id))
    if form.accepts(partial(commands.change_question, row, actor=actor)):
        flash(_("%(name)s is saved.", name=say(row.label)), "done")
        return redirect(_list_url(row.category))
    return _form(form, queries.category(row.category), row)


def _form(form: Form, category: Category, row: Question | None) -> ResponseReturnValue:
    return render(
        "demands/settings/question_form.html",
        form.status,
        form=form,
        category=category,
        row=row,
        kinds=[(kind, *said) for kind, said in words.ANSWER_KIND.items()],
        words=words,
    )


@pages.page("/demands/settings/questions/<question>/retire", needs=SETTINGS, methods=("POST",))
def retire_question(actor: Actor, question: str) -> ResponseReturnValue:
    """Ask it no more."""
    row = queries.question(question)
    said = _("“%(name)s” is asked no more. You can bring it back below.", name=say(row.label))
    return _do(commands.retire_question, row, actor, said)


@pages.page("/demands/settings/questions/<question>/restore", needs=SETTINGS, methods=("POST",))
def restore_question(actor: Actor, question: str) -> ResponseReturnValue:
    """Ask it again."""
    row = queries.question(question)
    return _do(
        commands.restore_question, row, actor, _("%(name)s is back in use.", name=say(row.label))
    )


def _do(command: Any, row: Question, actor: Actor, said: str) -> ResponseReturnValue:
    return do(partial(command, row, actor=actor), said, _list_url(row.category))


@pages.page("/demands/settings/questions/<question>/shift", needs=SETTINGS, methods=("POST",))
def shift_question(actor: Actor, question: str) -> ResponseReturnValue:
    """Asked one place earlier or later."""
    row = queries.question(question)
    command = partial(commands.shift_question, row, actor=actor)
    return do(command, None, _list_url(row.category), ShiftIn)


def _list_url(category: str) -> str:
    return url_for("demands.questions", category=category)

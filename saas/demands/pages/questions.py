"""Settings of what a category asks besides the words of who files."""

from __future__ import annotations

from functools import partial

from flask import url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import CataloguePages, add_page, serve_acts, serve_form
from saas.demands import commands, forms, queries, rules, words
from saas.demands.models import Category, Question
from saas.demands.pages.blueprint import pages
from saas.demands.permissions import SETTINGS
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
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


def _trail(row: Question | None) -> list[tuple[str, str]]:
    """Above a question stands its category; for a new one its page says which."""
    here = [(_("Categories"), url_for("demands.categories"))]
    return [*here, _above(queries.category(row.category))] if row else here


def _above(category: Category) -> tuple[str, str]:
    return say(category.name), url_for("demands.questions", category=category.code)


QUESTION_PAGES = CataloguePages(
    rows=commands.QUESTIONS,
    needs=SETTINGS,
    address="/demands/settings/questions",
    home=lambda row: url_for("demands.questions", category=row.category),
    added=lambda row: _("“%(name)s” is asked from now on.", name=say(row.label)),
    retired=lambda row: _(
        "“%(name)s” is asked no more. You can bring it back below.", name=say(row.label)
    ),
    shape=forms.question_shape,
    new=_l("New question"),
    trail=_trail,
    begin=lambda: {"kind": "text"},
    also=lambda row: {"words": words},
    template="demands/settings/question_form.html",
)
serve_form(pages, QUESTION_PAGES)
serve_acts(pages, QUESTION_PAGES)


@pages.page(
    "/demands/settings/categories/<category>/questions/new",
    needs=SETTINGS,
    methods=("GET", "POST"),
)
def add_question(actor: Actor, category: str) -> ResponseReturnValue:
    """A new question of a category."""
    row = queries.category(category)
    command = partial(commands.add_question, row, actor=actor)
    url = url_for("demands.add_question", category=category)
    return add_page(pages, QUESTION_PAGES, command, url, path=[*_trail(None), _above(row)])

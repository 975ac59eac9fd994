"""Settings of what can be asked for and chosen: categories, questions, kinds, causes, templates."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import (
    CataloguePages,
    add_page,
    listing,
    serve,
    serve_acts,
    serve_form,
)
from saas.demands.blueprint import pages
from saas.demands.case import words as case_words
from saas.demands.case.permissions import SETTINGS
from saas.demands.menu import queries as menu
from saas.demands.menu import rules, views
from saas.demands.menu.models import Category, Question, ReplyTemplate
from saas.demands.menu.rules import TEMPLATE_BLANKS
from saas.demands.settings import commands, forms, queries
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext, say
from saas.web.pages import render


@pages.page("/demands/knowledge/templates", needs=SETTINGS)
def templates(actor: Actor) -> ResponseReturnValue:
    """Every text to begin an answer with."""
    search = request.args.get("q", "")[:60].strip()
    rows = menu.templates(search)
    return render(
        "demands/templates.html",
        rows=[row for row in rows if not row.retired],
        gone=[row for row in rows if row.retired],
        search=search,
        names=views.names_of(menu.categories()),
        words=case_words,
    )


def _blanks(row: ReplyTemplate | None) -> dict[str, Any]:
    """What is filled in when a template is chosen."""
    blanks = [f"{{{name}}}" for name in TEMPLATE_BLANKS]
    return {"blanks": dict(zip(blanks, forms.BLANK.values(), strict=True))}


TEMPLATE_PAGES = CataloguePages(
    rows=commands.TEMPLATES,
    needs=SETTINGS,
    address="/demands/knowledge/templates",
    home=lambda row: url_for("demands.templates", _anchor=f"template-{row.code}"),
    shape=forms.TEMPLATE,
    new=_l("New template"),
    trail=lambda row: [(_("Reply templates"), url_for("demands.templates"))],
    begin=lambda: {"verb": request.args.get("verb", "")},
    also=_blanks,
    template="demands/template_form.html",
)
serve(pages, TEMPLATE_PAGES)


@pages.page("/demands/settings/categories", needs=SETTINGS)
def categories(actor: Actor) -> ResponseReturnValue:
    """Everything that can be asked for, by kind, in its order."""
    branches = queries.branches()
    return render(
        "demands/settings/categories.html",
        kinds=[(k, [b for b in branches if b.category.kind == k.code]) for k in menu.kinds()],
        living=queries.living_by_category(),
        own=queries.own_times(),
        guided=menu.guided(),
        asking=menu.asking(),
    )


def _begin() -> dict[str, str]:
    """A new one is of the last kind, or where the list says."""
    start = {"kind": menu.kinds()[-1].code, "parent": ""}
    return start | {k: v for k, v in request.args.items() if k in start}


def _said_of_retiring(row: Category) -> str:
    living = queries.living_by_category().get(row.code, 0)
    return ngettext(
        "%(name)s takes no new demands; %(num)s open one goes on. You can bring it back here.",
        "%(name)s takes no new demands; %(num)s open ones go on. You can bring it back here.",
        living,
        name=say(row.name),
    )


def _beside(row: Category | None) -> dict[str, Any]:
    """What leads on from a category: its questions, its own times, its guide."""
    if row is None:
        return {}
    return {
        "has_guide": menu.guide_of(row.code) is not None,
        "is_leaf": menu.open_leaf(row.code) is not None,
        "times": queries.times(row.code),
        "asked": menu.asking().get(row.code, 0),
    }


CATEGORY_PAGES = CataloguePages(
    rows=commands.CATEGORIES,
    needs=SETTINGS,
    address="/demands/settings/categories",
    home=lambda row: _list_url(row.code),
    added=lambda row: _("%(name)s is saved. Residents can choose it now.", name=say(row.name)),
    retired=_said_of_retiring,
    shape=forms.CATEGORY,
    new=_l("New category"),
    trail=lambda row: [(_("Categories"), url_for("demands.categories"))],
    begin=_begin,
    also=_beside,
    template="demands/settings/category_form.html",
)
serve(pages, CATEGORY_PAGES)


def _list_url(code: str) -> str:
    return url_for("demands.categories", _anchor=f"category-{code}")


@pages.page("/demands/settings/kinds", needs=SETTINGS)
def kinds(actor: Actor) -> ResponseReturnValue:
    """What the kinds of asking are called."""
    return render("demands/settings/kinds.html", kinds=menu.kinds())


KIND_PAGES = CataloguePages(
    rows=commands.KINDS,
    needs=SETTINGS,
    address="/demands/settings/kinds",
    home=lambda row: url_for("demands.kinds"),
    shape=forms.KIND,
    trail=lambda row: [(_("Kinds of asking"), url_for("demands.kinds"))],
)
serve(pages, KIND_PAGES)


REASON_PAGES = CataloguePages(
    rows=commands.REASONS,
    needs=SETTINGS,
    address="/demands/settings/reasons",
    home=lambda row: url_for("demands.reasons", _anchor=f"reason-{row.code}"),
    shape=forms.REASON,
    new=_l("New cause"),
    trail=lambda row: [(_("Causes"), url_for("demands.reasons"))],
)
serve(pages, REASON_PAGES)


@pages.page("/demands/settings/reasons", needs=SETTINGS)
def reasons(actor: Actor) -> ResponseReturnValue:
    """The causes that can be chosen, by what they are for."""
    groups = [(word, commands.REASONS.every(use=use)) for use, word in forms.USE.items()]
    head, template = _("Cause"), "demands/settings/reasons.html"
    return listing(pages, REASON_PAGES, head=head, groups=groups, template=template)


@pages.page("/demands/settings/categories/<category>/questions", needs=SETTINGS)
def questions(actor: Actor, category: str) -> ResponseReturnValue:
    """What a category asks, in order; below it what it asks no more."""
    row = menu.category(category)
    every = menu.every_question(row.code)
    open_ = [one for one in every if not one.retired]
    return render(
        "demands/settings/questions.html",
        row=row,
        questions=[*open_, *(one for one in every if one.retired)],
        room=menu.open_leaf(row.code) is not None and len(open_) < rules.MOST_QUESTIONS,
        most=rules.MOST_QUESTIONS,
        words=views,
    )


def _trail(row: Question | None) -> list[tuple[str, str]]:
    """Above a question stands its category; for a new one its page says which."""
    here = [(_("Categories"), url_for("demands.categories"))]
    return [*here, _above(menu.category(row.category))] if row else here


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
    also=lambda row: {"words": views},
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
    row = menu.category(category)
    command = partial(commands.QUESTIONS.add, category=row.code, actor=actor)
    url = url_for("demands.add_question", category=category)
    return add_page(pages, QUESTION_PAGES, command, url, path=[*_trail(None), _above(row)])

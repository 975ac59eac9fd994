"""Knowledge at work: texts to begin an answer with, and answers on their way to everybody."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import CataloguePages, do, serve_acts, serve_form, serve_new
from saas.demands import commands, forms, permissions, queries, views, words
from saas.demands.models import PublicAnswer, ReplyTemplate
from saas.demands.package.shapes import TEMPLATE_BLANKS
from saas.demands.pages.blueprint import PAGE_SIZE, pages
from saas.demands.permissions import HANDLE, SETTINGS
from saas.demands.schemas import AnswerIn, PublishIn
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.forms import Form
from saas.web.pages import render
from saas.web.shell import PageOf, page_number

# Answers on their way to everybody


@pages.page("/demands/knowledge", needs=HANDLE)
def knowledge(actor: Actor) -> ResponseReturnValue:
    """Answers that wait to be published, that are public, that were withdrawn."""
    which, number = request.args.get("list", "draft"), page_number()
    if which not in queries.ANSWER_LISTS:
        raise NotFound
    rows, total = queries.answers_at_work(which, actor=actor, number=number, size=PAGE_SIZE)
    return render(
        "demands/knowledge.html",
        rows=rows,
        which=which,
        counts=queries.count_answers(actor),
        page=PageOf(number, total, PAGE_SIZE),
        names=views.names_of(queries.categories()),
        words=words,
        may_write=permissions.can_publish(actor, None),
    )


@pages.page("/demands/<code>/answer", needs=HANDLE, methods=("GET", "POST"))
def propose(actor: Actor, code: str) -> ResponseReturnValue:
    """Make a public answer of a finished demand, or go to the one that there is."""
    demand = queries.access_demand(code, actor=actor)
    if existing := queries.answer_of(demand):
        return redirect(url_for("demands.edit_answer", answer=existing.code))
    if not permissions.can_handle(actor, queries.holder_of(demand).path):
        raise NotFound
    if demand.state not in commands.ANSWERABLE:
        raise Conflict(_("A public answer can be made when the demand is finished."))
    form = Form(AnswerIn, suggested=views.proposed(demand))
    if form.accepts(partial(commands.propose_answer, demand, actor=actor)):
        flash(_("Saved as a draft. It is read once more before everybody sees it."), "done")
        return redirect(url_for("demands.edit_answer", answer=form.result.code))
    return render(
        "demands/answer_form.html",
        form.status,
        form=form,
        demand=demand,
        blotted=views.blotted(demand),
        leaves=views.leaf_choices(),
    )


@pages.page("/demands/knowledge/new", needs=SETTINGS, methods=("GET", "POST"))
def write(actor: Actor) -> ResponseReturnValue:
    """An answer without a demand, for what is asked every day."""
    form = Form(AnswerIn)
    if form.accepts(partial(commands.write_answer, actor=actor)):
        flash(_("Saved as a draft. It is read once more before everybody sees it."), "done")
        return redirect(url_for("demands.edit_answer", answer=form.result.code))
    leaves = views.leaf_choices()
    return render("demands/answer_form.html", form.status, form=form, demand=None, leaves=leaves)


@pages.page("/demands/knowledge/<answer>", needs=HANDLE, methods=("GET", "POST"))
def edit_answer(actor: Actor, answer: str) -> ResponseReturnValue:
    """An answer as everybody will read it, its words to mend, and to publish or withdraw it."""
    row = queries.access_answer(answer, actor=actor, lock=request.method == "POST")
    form = Form(AnswerIn, views.answer_typed(row), thing=("public_answer", row.id))
    if form.accepts(partial(commands.change_answer, row, actor=actor)):
        flash(_("Saved."), "done")
        return redirect(url_for("demands.edit_answer", answer=answer))
    return _answer_page(row, actor, form=form)


@pages.page("/demands/knowledge/<answer>/publish", needs=HANDLE, methods=("POST",))
def publish_answer(actor: Actor, answer: str) -> ResponseReturnValue:
    """Let everybody read it, once a person has."""
    row = queries.access_answer(answer, actor=actor, lock=True)
    form = Form(PublishIn)
    if form.accepts(partial(commands.publish_answer, row, actor=actor)):
        flash(_("Everybody can read it now."), "done")
        return redirect(url_for("demands.edit_answer", answer=answer))
    return _answer_page(row, actor, reading=form)


@pages.page("/demands/knowledge/<answer>/withdraw", needs=HANDLE, methods=("POST",))
def withdraw_answer(actor: Actor, answer: str) -> ResponseReturnValue:
    """Nobody reads it any more."""
    row = queries.access_answer(answer, actor=actor, lock=True)
    here = url_for("demands.edit_answer", answer=answer)
    said = _("Withdrawn. You can mend it and publish it again under the same address.")
    return do(partial(commands.withdraw_answer, row, actor=actor), said, here)


def _answer_page(
    row: PublicAnswer, actor: Actor, *, form: Form | None = None, reading: Form | None = None
) -> ResponseReturnValue:
    mending = form or Form(AnswerIn)
    if reading:  # what was sent belongs to the other form
        mending.values = dict(views.answer_typed(row))
    state = queries.state_of(row)
    publishes = permissions.can_publish(actor, queries.place_of(row))
    demand = queries.demand_by_id(row.demand_id)
    return render(
        "demands/answer_work.html",
        (reading or mending).status,
        row=row,
        form=mending,
        reading=reading,
        state=state,
        words=words,
        publishes=publishes,
        mends=publishes or (row.written_by_id == actor.id and state != "published"),
        has_blots=views.has_blots(row),
        category=queries.category(row.category),
        leaves=views.leaf_choices(),
        demand=demand if demand and _sees(demand.code, actor) else None,
    )


def _sees(code: str, actor: Actor) -> bool:
    try:
        queries.access_demand(code, actor=actor)
    except NotFound:
        return False
    return True


# Reply templates


@pages.page("/demands/knowledge/templates", needs=SETTINGS)
def templates(actor: Actor) -> ResponseReturnValue:
    """Every text to begin an answer with."""
    search = request.args.get("q", "")[:60].strip()
    rows = queries.templates(search)
    return render(
        "demands/templates.html",
        rows=[row for row in rows if not row.retired],
        gone=[row for row in rows if row.retired],
        search=search,
        names=views.names_of(queries.categories()),
        words=words,
    )


def _blanks(row: ReplyTemplate | None) -> dict[str, Any]:
    """What is filled in when a template is chosen."""
    blanks = [f"{{{name}}}" for name in TEMPLATE_BLANKS]
    return {"blanks": dict(zip(blanks, words.BLANK.values(), strict=True))}


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
serve_new(pages, TEMPLATE_PAGES)
serve_form(pages, TEMPLATE_PAGES)
serve_acts(pages, TEMPLATE_PAGES)

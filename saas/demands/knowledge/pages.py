"""Public answers: for everybody to read without signing in, and on their way there at work."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.demands.blueprint import PAGE_SIZE, pages
from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case.permissions import HANDLE, SETTINGS
from saas.demands.knowledge import commands, queries, views
from saas.demands.knowledge.models import PublicAnswer
from saas.demands.knowledge.schemas import AnswerIn, PublishIn
from saas.demands.menu import queries as menu
from saas.demands.menu import views as menu_views
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.web.forms import Form
from saas.web.pages import OPEN_TO_ALL, PUBLIC, render
from saas.web.shell import PageOf, asked_for, page_number

#: As much of what somebody types is looked at for likeness.
_LONGEST_LIKE = 2000


@pages.page("/answers", needs=PUBLIC, keep=OPEN_TO_ALL)
def answers(actor: Actor) -> ResponseReturnValue:
    """Search through what was asked before, or look by category."""
    search, category = _given("q", 60), _given("category", 40)
    number = page_number()
    found, total = queries.search_answers(search, category, number=number, size=PAGE_SIZE)
    categories = queries.answered_categories()
    return render(
        "demands/answers.html",
        found=found,
        page=PageOf(number, total, PAGE_SIZE),
        search=search,
        category=category,
        categories=categories,
        about=next((name for code, name, _ in categories if code == category), None),
    )


@pages.page("/answers/like", needs=PUBLIC, methods=("GET", "POST"))
def answers_like(actor: Actor) -> ResponseReturnValue:
    """The few answers that fit what is being typed: a part of a page.

    Words are sent in the body, because addresses are written into logs on their way.
    """
    words = request.values.get("words", "")[:_LONGEST_LIKE].replace("\x00", "")
    found = queries.answers_like(words, _given("category", 40))
    return render("demands/_like.html", found=found, more_url=url_for("demands.answers"))


@pages.page("/answers/<answer>", needs=PUBLIC, keep=OPEN_TO_ALL)
def answer(actor: Actor, answer: str) -> ResponseReturnValue:
    """A question and its answer."""
    row = queries.public_answer(answer)
    beside = queries.answers_like(row.question, row.category, limit=4)
    return render(
        "demands/answer.html",
        row=row,
        category=menu.category(row.category),
        can_file=menu.open_leaf(row.category) is not None,
        beside=[other for other in beside if other.code != row.code][:3],
    )


def _given(name: str, longest: int) -> str:
    return request.args.get(name, "")[:longest].strip()


# Answers on their way to everybody


@pages.page("/demands/knowledge", needs=HANDLE)
def knowledge(actor: Actor) -> ResponseReturnValue:
    """Answers that wait to be published, that are public, that were withdrawn."""
    which, number = asked_for("list", queries.ANSWER_LISTS, "draft"), page_number()
    rows, total = queries.answers_at_work(which, actor=actor, number=number, size=PAGE_SIZE)
    return render(
        "demands/knowledge.html",
        rows=rows,
        which=which,
        counts=queries.count_answers(actor),
        page=PageOf(number, total, PAGE_SIZE),
        names=menu_views.names_of(menu.categories()),
        words=views,
        may_write=permissions.can_publish(actor, None),
    )


@pages.page("/demands/<code>/answer", needs=HANDLE, methods=("GET", "POST"))
def propose(actor: Actor, code: str) -> ResponseReturnValue:
    """Make a public answer of a finished demand, or go to the one that there is."""
    demand = cases.access_demand(code, actor=actor)
    if existing := queries.answer_of(demand):
        return redirect(url_for("demands.edit_answer", answer=existing.code))
    if not permissions.can_handle(actor, cases.holder_of(demand).path):
        raise NotFound
    commands.ensure_answerable(demand)
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
        leaves=menu_views.leaf_choices(),
    )


@pages.page("/demands/knowledge/new", needs=SETTINGS, methods=("GET", "POST"))
def write(actor: Actor) -> ResponseReturnValue:
    """An answer without a demand, for what is asked every day."""
    form = Form(AnswerIn)
    if form.accepts(partial(commands.write_answer, actor=actor)):
        flash(_("Saved as a draft. It is read once more before everybody sees it."), "done")
        return redirect(url_for("demands.edit_answer", answer=form.result.code))
    leaves = menu_views.leaf_choices()
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
    demand = cases.demand_by_id(row.demand_id)
    return render(
        "demands/answer_work.html",
        (reading or mending).status,
        row=row,
        form=mending,
        reading=reading,
        state=state,
        words=views,
        publishes=publishes,
        mends=publishes or (row.written_by_id == actor.id and state != "published"),
        has_blots=views.has_blots(row),
        category=menu.category(row.category),
        leaves=menu_views.leaf_choices(),
        demand=demand if demand and _sees(demand.code, actor) else None,
    )


def _sees(code: str, actor: Actor) -> bool:
    try:
        cases.access_demand(code, actor=actor)
    except NotFound:
        return False
    return True

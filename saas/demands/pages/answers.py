"""Answers that everybody may read, without signing in, and before filing."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from saas.demands import queries
from saas.demands.pages.blueprint import PAGE_SIZE, pages
from saas.kernel.context import Actor
from saas.web.pages import PUBLIC, render
from saas.web.shell import PageOf, page_number

#: As much of what somebody types is looked at for likeness.
_LONGEST_LIKE = 2000


@pages.page("/answers", needs=PUBLIC)
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


@pages.page("/answers/<answer>", needs=PUBLIC)
def answer(actor: Actor, answer: str) -> ResponseReturnValue:
    """A question and its answer."""
    row = queries.public_answer(answer)
    beside = queries.answers_like(row.question, row.category, limit=4)
    return render(
        "demands/answer.html",
        row=row,
        category=queries.category(row.category),
        can_file=queries.open_leaf(row.category) is not None,
        beside=[other for other in beside if other.code != row.code][:3],
    )


def _given(name: str, longest: int) -> str:
    return request.args.get(name, "")[:longest].strip()

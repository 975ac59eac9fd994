"""What was reported, for everybody: stated beside counted, by month and tier, with the list."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.attachments import answers
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.written import month_written
from saas.media import queries, rules, views, words
from saas.media.pages.blueprint import pages
from saas.media.permissions import KEEP
from saas.web.pages import OPEN_TO_ALL, PUBLIC, render
from saas.web.shell import PageOf, layout_of, page_number

_SIZE = 30


@pages.page("/coverage", needs=PUBLIC, keep=OPEN_TO_ALL)
def public(actor: Actor) -> ResponseReturnValue:
    """Every number is the list below it, narrowed down."""
    tier, kind = request.args.get("tier", ""), request.args.get("kind", "")
    month = month_written(request.args.get("month", ""))
    where = [queries.in_tier(tier)] if tier in rules.TIERS else []
    where += [queries.in_month(month)] if month else []
    where += [queries.is_kind(kind)] if kind in words.KIND else []
    found, number = queries.public(*where, limit=2000), page_number()
    shown = found[(number - 1) * _SIZE : number * _SIZE]
    return render(
        "media/coverage.html", ledger=views.ledger(), rows=views.rows_of(shown), words=words,
        page=PageOf(number, len(found), _SIZE), tier=tier, kind=kind, month=month,
        layout=layout_of(actor), keeps=actor.may(KEEP),
    )  # fmt: skip


@pages.page("/coverage/<int:number>/copy", needs=PUBLIC)
def copy(actor: Actor, number: int) -> ResponseReturnValue:
    """The copy: for everybody where the link is dead, else for who keeps the ledger."""
    item = queries.public_coverage(number)
    if item is None or item.link_state != "gone":
        item = queries.access_coverage(number, actor=actor)
    found = attachments.of("coverage", item.id)
    if not found:
        raise NotFound
    return answers.answer(found[0])

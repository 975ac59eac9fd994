"""Whether the audit list was changed afterwards: its seals, a check, roots to keep elsewhere."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import commands
from saas.accounts.pages.blueprint import pages
from saas.accounts.permissions import AUDIT
from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import lazy_gettext as _l
from saas.seals import queries, rules, words
from saas.tenancy import sealing
from saas.web.pages import render
from saas.web.shell import PageOf, asked_for, page_number

_DAYS = 31


@pages.page("/audit/seals", needs=AUDIT)
def seals(actor: Actor) -> ResponseReturnValue:
    """How far all is sealed, what the last check found, the seals day by day."""
    books = {book.code: book for book in sealing.books("tenant")}
    chosen, number = asked_for("book", books, next(iter(books))), page_number()
    zone = current_tenant().time_zone
    days, total = queries.days(chosen, zone, number=number, size=_DAYS)
    return render(
        "accounts/seals.html",
        standings=[queries.standing(book) for book in books.values()],
        chosen=chosen,
        days=days,
        page=PageOf(number, total, _DAYS),
        check=queries.last_check(done=True),
        waiting=queries.last_check(done=False),
        words=words,
        short=rules.short,
        moment=datetime.fromisoformat,
    )


@pages.page("/audit/seals/check", needs=AUDIT, methods=("POST",))
def check_seals(actor: Actor) -> ResponseReturnValue:
    """Hold every entry against its seal, in the background."""
    commands.check_seals(actor=actor)
    flash(_l("Every entry is being held against its seal. The result will stand here."), "done")
    return redirect(url_for("accounts.seals"))


@pages.page("/audit/seals/progress", needs=AUDIT)
def seals_progress(actor: Actor) -> ResponseReturnValue:
    """Whether a check still runs, for the page to ask again and again."""
    waiting = queries.last_check(done=False)
    response = render("accounts/_seal_check.html", waiting=waiting)
    if waiting is None:
        response.headers["HX-Refresh"] = "true"
    return response


@pages.page("/audit/seals/roots.txt", needs=AUDIT)
def seal_roots(actor: Actor) -> ResponseReturnValue:
    """The last root of every day, to be kept where nobody of this service can reach it."""
    lines = [one.line for one in sealing.own_roots(current_tenant())]
    answer = Response("\n".join([*lines, ""]), mimetype="text/plain")
    name = f"roots-{current_tenant().code}.txt"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer

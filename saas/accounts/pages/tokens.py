"""Tokens for the API: the list, a new one shown once, and the end of one.

A token acts at a unit like somebody with a post there, so it takes the right that posts are given
with, over that unit. Whoever holds it there may end any token of the unit, also one that may do
more than they may: an end takes nothing but rights away.
"""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import commands, queries, rules
from saas.accounts.pages.blueprint import pages
from saas.accounts.pages.choosing import choose_unit, chosen_unit
from saas.accounts.permissions import MANAGE
from saas.accounts.schemas import TokenIn
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext
from saas.kernel.runtime import wired
from saas.web.forms import Form
from saas.web.pages import render
from saas.web.shell import PageOf, page_number

_PAGE = 30


@pages.page("/tokens", needs=MANAGE)
def tokens(actor: Actor) -> ResponseReturnValue:
    """The tokens of units in reach."""
    return _listing(actor)


def _listing(actor: Actor, name: str = "", text: str = "") -> ResponseReturnValue:
    number = page_number()
    rows, total = queries.list_tokens(actor.reach(MANAGE), number=number, size=_PAGE)
    return render(
        "accounts/tokens.html",
        rows=rows,
        page=PageOf(number, total, _PAGE),
        said=wired().domains.permission_words,
        made=name,
        text=text,
    )


@pages.page("/tokens/add", needs=MANAGE, methods=("GET", "POST"), fresh=True)
def add_token(actor: Actor) -> ResponseReturnValue:
    """A new token: first the unit, then what it may do. Its text stands in this answer alone."""
    code = request.args.get("unit", "")
    if not code:
        return choose_unit(actor, _l("Make a token"), "accounts.add_token")
    unit = chosen_unit(code, actor)
    form = Form(TokenIn, suggested={"days": rules.TOKEN_DAYS[-1]})
    if form.accepts(lambda **typed: commands.add_token(unit=unit, actor=actor, **typed)):
        token, text = form.result
        return _listing(actor, token.name, text)
    scopes = queries.scopes_at(unit, wired().domains.permissions, actor=actor)
    return render(
        "accounts/add_token.html",
        form.status,
        form=form,
        unit=unit,
        scopes=[(scope, wired().domains.permission_words(scope)) for scope in scopes],
        days=[(n, ngettext("%(num)s day", "%(num)s days", n)) for n in rules.TOKEN_DAYS],
    )


@pages.page("/tokens/<int:token_id>/revoke", needs=MANAGE, methods=("GET", "POST"))
def revoke_token(actor: Actor, token_id: int) -> ResponseReturnValue:
    """End a token, after asking."""
    token = queries.access_token(token_id, actor=actor)
    if request.method == "POST":
        commands.revoke_token(token, actor=actor)
        flash(_l("Revoked. It opens nothing any more."), "done")
        return redirect(url_for("accounts.tokens"))
    return render("accounts/revoke_token.html", token=token)

"""Answering with a list: as a page, as a file, by acting on its rows; and the views people keep."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel import clock
from saas.kernel.context import Actor, Tenant, current_scope
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say, short_datetime
from saas.kernel.runtime import wired
from saas.listing import acting, commands, files, queries, reading
from saas.listing.asking import asked_of
from saas.listing.declared import Act, Asked, Listing
from saas.listing.flow import keep_going
from saas.listing.schemas import ViewIn, given_with
from saas.listing.views import ListShown
from saas.web.files import XLSX, download
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, Pages, render
from saas.web.security import own_path
from saas.web.shell import PageOf

pages = Pages("listing", __name__, plane="tenant")
_LONGEST_ADDRESS = 600


def asked_by(listing: Listing[Any], actor: Actor) -> Asked:
    """What the address of this request asks of a list."""
    return asked_of(listing, request.args, actor)


def answer(
    listing: Listing[Any], actor: Actor, template: str, **values: Any
) -> ResponseReturnValue:
    """What a page of a list answers; its template finds the list as ``list``.

    With ``?as=`` it is a file of all that is asked for; a POST acts on the rows that were ticked.
    """
    asked = asked_by(listing, actor)
    if request.method == "POST":
        return _acted(listing, asked, actor)
    kind = request.args.get("as", "")
    if kind in files.KINDS and (file := _file(listing, asked, actor, kind)):
        return file
    rows, total = reading.page_of(listing, asked, actor, asked.page, listing.size)
    page = PageOf(asked.page, total, listing.size, open_ended=total == listing.most_counted)
    return render(template, list=ListShown(listing, asked, actor, rows, page), **values)


# Files


def _file(
    listing: Listing[Any], asked: Asked, actor: Actor, kind: str
) -> ResponseReturnValue | None:
    """All that is asked for; None where it is more than a file takes, which is said."""
    rows = reading.every_row(listing, asked, actor, files.MOST_ROWS + 1)
    if len(rows) > files.MOST_ROWS:
        flash(_l("These are more rows than a file takes: narrow the list first."), "error")
        return None
    name = listing.endpoint.replace(".", "-")
    if kind == "csv":
        return download(files.comma_separated(listing, rows), f"{name}.csv", "text/csv")
    return download(
        files.workbook(listing, rows, _about(listing, asked, actor)), f"{name}.xlsx", XLSX
    )


def _about(listing: Listing[Any], asked: Asked, actor: Actor) -> list[tuple[str, str]]:
    """What is in a file, for who finds it later: which list, narrowed to what, when, by whom."""
    scope = current_scope()
    words = {one.name: str(one.words) for one in listing.filters}
    lines = [(_("List"), str(listing.words))]
    if isinstance(scope, Tenant):
        lines.append((_("District"), say(scope.name)))
        lines.append((_("As of"), short_datetime(clock.now(), scope.time_zone)))
    lines += [(_("Made by"), actor.name)]
    lines += [(_("Searched for"), asked.search)] if asked.search else []
    return lines + [(words[name], text) for name, text in asked.texts.items()]


# Acts on many rows


def _acted(listing: Listing[Any], asked: Asked, actor: Actor) -> ResponseReturnValue:
    """First what would be done to which rows, with the reason if there must be one; then do it."""
    wanted, _dot, alone = request.form.get("one", "").partition(".")
    wanted = wanted or request.form.get("act", "")
    act = next((one for one in acting.offered(listing, actor) if one.name == wanted), None)
    if act is None or (alone and not act.fits):
        raise NotFound
    keys = [alone] if alone else request.form.getlist("row")
    page = {"page": asked.page} if asked.page > 1 else {}
    back = url_for(listing.endpoint, **asked.address(**page))
    if not keys:
        flash(_l("Tick at least one row first."), "error")
        return redirect(back)
    form = Form(given_with(act, actor))
    if (alone or "sure" in request.form) and _did(act, keys, form, actor):
        return redirect(back)
    outcome = acting.looked_up(act, keys, actor)
    return render(
        "listing/confirm.html",
        form.status,
        act=act,
        keys=keys,
        outcome=outcome,
        form=form,
        choices=[(one.value, str(one.words)) for one in act.choices(actor)],
        back=back,
    )


def _did(act: Act, keys: list[str], form: Form, actor: Actor) -> bool:
    return form.accepts(lambda **given: _flash(acting.done_to_all(act, keys, actor, **given)))


def _flash(outcome: acting.Outcome) -> None:
    """How many it was done to, and each other by name with why not."""
    done = len(outcome.done)
    if done:
        flash(_("Done: %(number)s.", number=done), "done")
    for name, why in outcome.refused:
        flash(_("%(name)s: not done. %(why)s", name=name, why=why), "error")


# One after the other


@pages.page("/lists/flow", needs=SIGNED_IN, methods=("POST",))
def flow(actor: Actor) -> ResponseReturnValue:
    """Open the next one when one is done with, or stay there; kept on this device."""
    keep_going(request.form.get("on") == "1")
    return redirect(own_path(request.form.get("here")) or f"{request.script_root}/")


# Views that people keep


@pages.page("/lists/views", needs=SIGNED_IN, methods=("POST",))
def keep_view(actor: Actor) -> ResponseReturnValue:
    """Keep what is asked of a list under a name."""
    listing: Listing[Any] = _listing(request.form.get("list", ""))
    address = dict(parse_qsl(request.form.get("asked", "")[:_LONGEST_ADDRESS]))
    asked = asked_of(listing, address, actor).address()
    form = Form(ViewIn)
    if form.accepts(
        lambda name: commands.keep_view(code=listing.code, name=name, asked=asked, actor=actor)
    ):
        flash(_l("The view is kept. You find it over the list."), "done")
    else:
        flash(next(text for texts in form.errors.values() for text in texts), "error")
    return redirect(url_for(listing.endpoint, **asked))


def _listing(code: str) -> Any:
    found = next((one for one in wired().domains.lists if one.code == code), None)
    if found is None:
        raise NotFound
    return found


@pages.page("/lists/views/<int:view_id>/drop", needs=SIGNED_IN, methods=("POST",))
def drop_view(actor: Actor, view_id: int) -> ResponseReturnValue:
    """Forget a view of one's own."""
    view = queries.access_view(view_id, actor=actor)
    code = view.listing
    commands.drop_view(view, actor=actor)
    return redirect(url_for(_listing(code).endpoint))

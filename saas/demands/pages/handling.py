"""The queues of the units, and one demand with what can be done about it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.accounts.permissions import MANAGE
from saas.demands import commands, permissions, queries, views, words
from saas.demands.models import Demand
from saas.demands.pages.blueprint import PAGE_SIZE, pages
from saas.demands.queries import Asked
from saas.demands.schemas import ActIn
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.territory import queries as territory
from saas.web.files import picture
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render
from saas.web.shell import PageOf, page_number

_FILTERS = ("level", "category", "kind", "held")


@pages.page("/demands", needs=permissions.VIEW)
def listing(actor: Actor) -> ResponseReturnValue:
    """The queues of the actor's units, most urgent first."""
    which, number = request.args.get("list", "mine"), page_number()
    if which not in queries.LISTS:
        raise NotFound
    asked = _asked()
    rows, total = queries.list_demands(
        which, actor=actor, asked=asked, number=number, size=PAGE_SIZE
    )
    counts = queries.counts(actor)
    return render(
        "demands/listing.html",
        rows=views.lines_of(rows, url_for("demands.listing") + "/"),
        page=PageOf(number, total, PAGE_SIZE, open_ended=total == queries.MOST_COUNTED),
        which=which,
        asked=asked,
        counts=counts,
        first_steps=not any(counts.values()) and actor.may(MANAGE),
        levels=territory.ladder(queries.LADDER),
        words=words,
    )


def _asked() -> Asked:
    asked: dict[str, Any] = {key: request.args.get(key, "")[:60].strip() for key in _FILTERS}
    return Asked(search=request.args.get("q", "")[:60].strip(), **asked)


@pages.page("/demands/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """One demand: who has it, until when, how it got there, and what the reader may do."""
    demand = queries.access_demand(code, actor=actor, lock=request.method == "POST")
    form = Form(ActIn)
    if form.accepts(lambda **given: _act(demand, given, actor)):
        flash(_("%(did)s.", did=words.DONE[form.values["verb"]]), "done")
        return redirect(url_for("demands.show", code=demand.code))
    record = views.record_of(demand, actor)
    return render(
        _face(actor, demand),
        form.status,
        record=record,
        form=form,
        words=words,
        phone=people.phone_shown,
    )


def _act(demand: Demand, given: dict[str, Any], actor: Actor) -> None:
    commands.act(demand, commands.deed_from(given, actor), seen=given["seen"], actor=actor)


def _face(actor: Actor, demand: Demand) -> str:
    """Residents see their own demand simply; everybody else sees the record."""
    simple = permissions.is_filer(actor, demand) and not actor.may(permissions.VIEW)
    return "demands/show_own.html" if simple else "demands/show.html"


@pages.page("/demands/<code>/photo", needs=SIGNED_IN)
def photo(actor: Actor, code: str) -> ResponseReturnValue:
    """The picture that came with a demand, for those who may see the demand."""
    return picture(queries.access_demand(code, actor=actor).photo)

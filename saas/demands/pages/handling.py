"""The queues of the units, and one demand with what can be done about it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.accounts.permissions import MANAGE
from saas.attachments import answers
from saas.demands import commands, permissions, queries, views, words
from saas.demands.lists import DEMANDS_LIST, which_of
from saas.demands.models import Demand
from saas.demands.pages.blueprint import pages
from saas.demands.schemas import ActWithPhotosIn
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.listing.pages import answer, asked_by
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render


@pages.page("/demands", needs=permissions.VIEW, methods=("GET", "POST"))
def listing(actor: Actor) -> ResponseReturnValue:
    """The queues of the actor's units, most urgent first."""
    asked = asked_by(DEMANDS_LIST, actor)
    counts = queries.counts(actor)
    return answer(
        DEMANDS_LIST,
        actor,
        "demands/listing.html",
        which=which_of(asked),
        counts=counts,
        first_steps=not any(counts.values()) and actor.may(MANAGE),
        words=words,
    )


@pages.page("/demands/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """One demand: who has it, until when, how it got there, and what the reader may do."""
    demand = queries.access_demand(code, actor=actor, lock=request.method == "POST")
    form = Form(ActWithPhotosIn)
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
    """The first picture that came with a demand, for those who may see the demand."""
    demand = queries.access_demand(code, actor=actor)
    return answers.picture_by_key("demand", demand.id, demand.photo)


@pages.page("/demands/<code>/photos/<int:number>", needs=SIGNED_IN)
def numbered_photo(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """One picture of a demand or of an act on it; small ones for the story."""
    demand = queries.access_demand(code, actor=actor)
    found = queries.photo_of(demand, number, internal=actor.may(permissions.VIEW))
    return answers.answer(found, small="small" in request.args)

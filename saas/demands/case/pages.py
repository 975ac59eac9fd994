"""The queues of the units, one demand with what can be done about it, and what falls between."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.accounts.permissions import MANAGE
from saas.attachments import answers
from saas.demands.blueprint import pages
from saas.demands.case import commands, permissions, queries, views, words
from saas.demands.case.lists import DEMANDS_LIST, which_of
from saas.demands.case.schemas import ActWithPhotosIn
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.listing.pages import answer, asked_by
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render


@pages.page("/demands/mine", needs=SIGNED_IN)
def own(actor: Actor) -> ResponseReturnValue:
    """A resident's own demands, and those that the resident follows."""
    rows, followed = queries.filed_by(actor.id or 0), queries.followed_by(actor.id or 0)
    return render(
        "demands/own.html",
        rows=rows,
        followed=followed,
        light_of=views.light_of,
        now=clock.now(),
    )


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
        first_step=queries.first_step() if not any(counts.values()) and actor.may(MANAGE) else "",
        words=words,
    )


@pages.page("/demands/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """One demand: who has it, until when, how it got there, and what the reader may do."""
    demand = queries.access_demand(code, actor=actor, lock=request.method == "POST")
    form = Form(ActWithPhotosIn)

    def act(seen: int | None, **given: Any) -> None:
        commands.act(demand, commands.deed_from(given, actor), seen=seen, actor=actor)

    if form.accepts(act):
        flash(_("%(did)s.", did=words.DONE[form.values["verb"]]), "done")
        return redirect(url_for("demands.show", code=demand.code))
    # Residents see their own demand simply; everybody else sees the record.
    simple = permissions.is_filer(actor, demand) and not actor.may(permissions.VIEW)
    return render(
        "demands/show_own.html" if simple else "demands/show.html",
        form.status,
        record=views.record_of(demand, actor),
        form=form,
        words=words,
        phone=people.phone_shown,
    )


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


@pages.page("/demands/gaps", needs=permissions.VIEW)
def gaps(actor: Actor) -> ResponseReturnValue:
    """Queues in which demands wait though nobody fills a post there."""
    reach = actor.reach(permissions.VIEW)
    return render("demands/gaps.html", gaps=queries.gaps(reach), repairs=queries.repairs(reach))


@pages.page("/demands/open/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def followed(actor: Actor, code: str) -> ResponseReturnValue:
    """A neighbour's demand without the neighbour: where it stands, and to follow it."""
    demand = queries.access_followed(code, actor=actor)
    if request.method == "POST":
        follows = request.form.get("follow") == "yes"
        (commands.follow if follows else commands.unfollow)(demand, actor=actor)
        flash(_("You will be told.") if follows else _("You will not be told any more."), "done")
        return redirect(url_for("demands.followed", code=demand.code))
    follows = actor.person_id in queries.follower_ids(demand)
    view = views.public_record_of(demand)
    return render("demands/followed.html", record=view, follows=follows, words=words)

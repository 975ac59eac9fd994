"""The queues of the units, one demand with what can be done about it, and what falls between."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts.permissions import MANAGE
from saas.attachments import answers
from saas.demands.blueprint import pages
from saas.demands.case import commands, permissions, queries, rules, views, words
from saas.demands.case.lists import CALLS_LIST, DEMANDS_LIST, which_of
from saas.demands.case.models import Demand
from saas.demands.case.schemas import ActWithPhotosIn, CallIn
from saas.demands.menu import queries as menu
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.listing.flow import Flow, flow_of
from saas.listing.pages import answer, asked_by
from saas.notices import commands as notices
from saas.notices import queries as ways
from saas.web import slips
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render

_MOST_OTHERS = 12


@pages.page("/demands/mine", needs=SIGNED_IN)
def own(actor: Actor) -> ResponseReturnValue:
    """A resident's own demands, and those that the resident follows."""
    rows, followed = queries.filed_by(actor.id or 0), queries.followed_by(actor.id or 0)
    return render(
        "demands/own.html",
        rows=rows,
        followed=followed,
        by_slip=len(queries.slips_of(slips.held())),
        light_of=views.light_for_own,
        light_for_others=views.light_for_others,
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


@pages.page("/demands/<code>", needs=PUBLIC, methods=("GET", "POST"))
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """One demand: who has it, until when, how it got there, and what the reader may do."""
    demand = queries.open_demand(code, actor=actor, lock=request.method == "POST")
    form = Form(ActWithPhotosIn)

    def act(seen: int | None, **given: Any) -> None:
        commands.act(demand, commands.deed_from(given, actor), seen=seen, actor=actor)

    flow = _flow(actor, code)
    if form.accepts(act):
        speech = words.speech_to(staff=actor.may(permissions.VIEW))
        flash(_("%(did)s.", did=speech.done[form.values["verb"]]), "done")
        return redirect(_after(demand, flow))
    return _record(demand, form, actor, flow)


def _record(
    demand: Demand, form: Form, actor: Actor, flow: Flow | None, number: str = ""
) -> ResponseReturnValue:
    """Residents see their own demand simply; everybody else sees the record."""
    simple = permissions.is_filer(actor, demand) and not actor.may(permissions.VIEW)
    return render(
        "demands/show_own.html" if simple else "demands/show.html",
        form.status,
        record=views.record_of(demand, actor),
        form=form,
        words=words,
        flow=flow,
        number=number,
        guide=menu.guide_of(demand.category) if simple and queries.is_ahead(demand) else None,
        asks_account=simple and ways.asks_for_account(actor.person_id or 0),
    )


@pages.page("/demands/<code>/phone", needs=permissions.VIEW, methods=("GET", "POST"))
def phone(actor: Actor, code: str) -> ResponseReturnValue:
    """The record with the number to call; that somebody looked is recorded."""
    demand = queries.access_demand(code, actor=actor)
    if request.method == "GET":
        return redirect(url_for("demands.show", code=code))
    form, number = Form(ActWithPhotosIn), commands.see_phone(demand, actor=actor)
    return _record(demand, form, actor, _flow(actor, code), number)


def _flow(actor: Actor, code: str) -> Flow | None:
    """Where it stands in the list it was opened from."""
    base = url_for("demands.listing") + "/"
    return flow_of(DEMANDS_LIST, actor, lambda row: row.code == code, lambda row: base + row.code)


def _after(demand: Demand, flow: Flow | None) -> str:
    """Where to go after an act: who goes through a list stays as long as it is in hand there."""
    if flow is None:
        return url_for("demands.show", code=demand.code)
    if flow.goes_on and demand.state != "accepted":
        return flow.following or flow.back
    return url_for("demands.show", code=demand.code, out_of=flow.text)


@pages.page("/demands/<code>/others", needs=permissions.HANDLE)
def others(actor: Actor, code: str) -> ResponseReturnValue:
    """A part of the record: other living demands in reach, by words or code, to go on with."""
    demand, typed = queries.access_demand(code, actor=actor), request.args.get("q", "")[:60].strip()
    _, rows = queries.demands_called(typed, actor=actor, limit=_MOST_OTHERS) if typed else ("", [])
    found = [row for row in rows if row.code != demand.code and row.state in rules.LIVING]
    lines = views.lines_of(found, url_for("demands.listing") + "/")
    named = [(line.code, line.words, f"{line.unit} · {line.category}") for line in lines]
    return render("demands/_others.html", others=named, typed=typed)


@pages.page("/demands/<code>/photo", needs=PUBLIC)
def photo(actor: Actor, code: str) -> ResponseReturnValue:
    """The first picture that came with a demand, for those who may see the demand."""
    demand = queries.open_demand(code, actor=actor)
    return answers.picture_by_key("demand", demand.id, demand.photo)


@pages.page("/demands/<code>/photos/<int:number>", needs=PUBLIC)
def numbered_photo(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """One picture of a demand or of an act on it; small ones for the story."""
    demand = queries.open_demand(code, actor=actor)
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


@pages.page("/demands/calls", needs=permissions.HANDLE, methods=("GET", "POST"))
def calls(actor: Actor) -> ResponseReturnValue:
    """Residents whom no channel reaches, to be called by the people of the actor's units."""
    return answer(CALLS_LIST, actor, "demands/calls.html")


@pages.page("/demands/calls/<int:call_id>", needs=permissions.HANDLE, methods=("GET", "POST"))
def call(actor: Actor, call_id: int) -> ResponseReturnValue:
    """One call: whom, what to say, and how it went."""
    task = queries.access_call(call_id, actor=actor, lock=request.method == "POST")
    form = Form(CallIn)

    def note(how: str, answer: str) -> None:
        if how == "reached":
            notices.call_reached(task, answer=answer, actor=actor)
        else:
            notices.call_missed(task, actor=actor)

    if form.accepts(note):
        noted = {"reached": _("Noted: reached."), "missed": _("Noted: not reached. Try later.")}
        flash(noted[form.values["how"]], "done")
        return redirect(url_for("demands.calls"))
    return _call_page(task, form)


@pages.page("/demands/calls/<int:call_id>/number", needs=permissions.HANDLE, methods=("POST",))
def call_number(actor: Actor, call_id: int) -> ResponseReturnValue:
    """The number to call, in full; that it was looked at is written down."""
    task = queries.access_call(call_id, actor=actor)
    return _call_page(task, Form(CallIn), number=notices.show_number(task, actor=actor) or "")


def _call_page(
    task: queries.CallTask, form: Form, number: str | None = None
) -> ResponseReturnValue:
    (line,) = views.calls_of([task])
    return render(
        "demands/call.html",
        form.status if form.errors else 200,
        call=line,
        said=views.to_say(line),
        form=form,
        number=number,
    )

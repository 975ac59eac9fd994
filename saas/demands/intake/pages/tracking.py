"""Following a demand by the code on its slip, without an account."""

from __future__ import annotations

import hashlib

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands.blueprint import pages
from saas.demands.case import permissions, views
from saas.demands.case import queries as cases
from saas.demands.case import words as case_words
from saas.demands.case.models import Demand
from saas.demands.intake import queries, rules, words
from saas.demands.intake.schemas import TrackIn
from saas.demands.menu import queries as menu
from saas.kernel import throttle
from saas.kernel.codes import grouped
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound, TooMany
from saas.kernel.unit_of_work import unit_of_work
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.pictures import qr_code

_DOOR, _WRONG = "track", "track.wrong"


@pages.page("/track", needs=PUBLIC, methods=("GET", "POST"))
def track(actor: Actor) -> ResponseReturnValue:
    """One field: the code."""
    form = Form(TrackIn)
    if form.accepts(lambda code: _looked_up(code)):
        if form.result is not None:
            return redirect(url_for("demands.tracked", code=form.result.code))
        form.errors = {"code": [words.NO_SUCH_CODE]}
    return render("demands/track.html", form.status, form=form)


@pages.page("/track/<code>", needs=PUBLIC)
def tracked(actor: Actor, code: str) -> ResponseReturnValue:
    """Where it stands: for whoever has the code, without names and without what anybody wrote."""
    with unit_of_work():  # a page that is only read forgets what it counted
        demand = _looked_up(code)
    if demand is None:
        raise NotFound(words.NO_SUCH_CODE)
    if demand.code != code:
        return redirect(url_for("demands.tracked", code=demand.code))
    return render(
        "demands/tracked.html",
        record=views.public_record_of(demand),
        code=grouped(demand.code),
        words=case_words,
    )


def _looked_up(text: str) -> Demand | None:
    """The demand of a code as it was typed. Every look is counted, and every wrong one again."""
    try:
        throttle.ensure_calm(_DOOR, _address(), limit=rules.TRACK_LIMIT)
        throttle.ensure_calm(_WRONG, _address(), limit=rules.TRACK_WRONG_LIMIT)
    except TooMany:
        raise TooMany(words.TRACKED_TOO_OFTEN) from None
    found = queries.find_by_slip(text)
    for door in (_DOOR,) if found else (_DOOR, _WRONG):
        throttle.count_try(door, _address(), window=rules.TRACK_WINDOW)
    return found


def _address() -> str:
    return hashlib.sha256((request.remote_addr or "").encode()).hexdigest()


@pages.page("/demands/<code>/slip", needs=SIGNED_IN)
def slip(actor: Actor, code: str) -> ResponseReturnValue:
    """A slip to print: the tracking code, and an address to scan. It says nothing of anybody."""
    demand = cases.access_demand(code, actor=actor)
    place, holder = cases.places_of(demand)
    address = url_for("demands.tracked", code=demand.code, _external=True)
    return render(
        "demands/slip.html",
        demand=demand,
        code=grouped(demand.code),
        category=menu.category(demand.category),
        place=place,
        holder=holder,
        details=views.open_facts(demand),
        qr_code=qr_code(address),
        address=address,
        entered=request.args.get("entered", ""),
        staff=actor.may(permissions.VIEW),
    )

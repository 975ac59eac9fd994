"""Following a demand by the code on its slip, without an account."""

from __future__ import annotations

import hmac

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands.blueprint import pages
from saas.demands.case import permissions, views
from saas.demands.case import queries as cases
from saas.demands.case import words as case_words
from saas.demands.case.models import Demand
from saas.demands.intake import commands, queries, rules, words
from saas.demands.intake.schemas import TrackIn
from saas.demands.menu import queries as menu
from saas.kernel import throttle
from saas.kernel.codes import grouped, plain_digits
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid, NotFound, TooMany
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext
from saas.kernel.unit_of_work import unit_of_work
from saas.web import slips
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import OPEN_TO_ALL, PUBLIC, render
from saas.web.pictures import qr_code

_WRONG, _PIN = "track.wrong", "track.pin"


@pages.page("/track", needs=PUBLIC, methods=("GET", "POST"), keep=OPEN_TO_ALL)
def track(actor: Actor) -> ResponseReturnValue:
    """The number or the code of a slip; the digits beside the number open it."""
    form = Form(TrackIn, suggested={"code": request.args.get("number", "")[:60]})
    if form.accepts(_opened):
        return redirect(form.result)
    own = cases.slips_of(actor.slips)
    return render("demands/track.html", form.status, form=form, own=own, words=case_words)


def _opened(code: str, pin: str) -> str:
    """Where the reader goes on, by what was typed. Raises `Invalid` by field."""
    demand = _looked_up(code)
    if demand is None:
        raise Invalid({"code": [words.NO_SUCH_CODE]})
    if not pin.strip() or queries.find_by_slip(code):
        typed = demand.code if queries.find_by_slip(code) else demand.number
        return url_for("demands.tracked", code=typed)
    _ensure_pin(demand, pin)
    return _open(demand)


def _ensure_pin(demand: Demand, pin: str) -> None:
    """Raise `Invalid` for wrong digits, `TooMany` where many were guessed."""
    if hmac.compare_digest(plain_digits(pin).encode(), queries.pin_of(demand).encode()):
        _count_pin(demand)
        throttle.forget_tries(_PIN, demand.code)
        return
    with unit_of_work():  # counted, though the form is refused
        throttle.count_try(_WRONG, caller_address(), window=rules.TRACK_WINDOW)
        _count_pin(demand)
    raise Invalid({"pin": [words.WRONG_PIN]})


def _count_pin(demand: Demand) -> None:
    try:
        throttle.use(_PIN, demand.code, limit=rules.PIN_LIMIT, window=rules.PIN_WINDOW)
    except TooMany:
        raise TooMany(words.PIN_TRIED_TOO_OFTEN) from None


def _open(demand: Demand) -> str:
    """The key to it on this device from now on; what an account has filed is opened by that."""
    if demand.filed_by_id is not None:
        return url_for("demands.tracked", code=demand.code)
    slips.keep(demand.code)
    return url_for("demands.show", code=demand.code)


@pages.page("/track/forget", needs=PUBLIC, methods=("POST",))
def forget_slips(actor: Actor) -> ResponseReturnValue:
    """Somebody else may use this device next."""
    slips.forget()
    flash(_("This device knows of no slip any more."), "done")
    return redirect(url_for("demands.track"))


@pages.page("/demands/mine/slips", needs=permissions.FILE, methods=("POST",))
def take_slips(actor: Actor) -> ResponseReturnValue:
    """What was filed on this device without an account goes into the account."""
    number = commands.take_slips(slips.held(), actor=actor)
    slips.forget()
    flash(
        ngettext("%(num)s is in your account now.", "%(num)s are in your account now.", number),
        "done",
    )
    return redirect(url_for("demands.own"))


@pages.page("/slip/<code>/<secret>", needs=PUBLIC)
def open_slip(actor: Actor, code: str, secret: str) -> ResponseReturnValue:
    """What the code to scan leads to: on to the thing itself, at an address that opens nothing."""
    demand = queries.find_by_slip(code)
    if demand is None or not hmac.compare_digest(
        secret.encode(), queries.secret_of(demand).encode()
    ):
        raise NotFound(words.NO_SUCH_CODE)
    onward = _open(demand)
    if actor.signed_in:
        return redirect(url_for("demands.own"))
    return redirect(onward)


@pages.page("/track/<code>", needs=PUBLIC)
def tracked(actor: Actor, code: str) -> ResponseReturnValue:
    """Where it stands: for whoever has the code, without names and without what anybody wrote; by
    the number alone no more than the state.
    """
    with unit_of_work():  # a page that is only read forgets what it counted
        demand = _looked_up(code)
    if demand is None:
        raise NotFound(words.NO_SUCH_CODE)
    by_code = queries.find_by_slip(code) is not None
    if code != (own := demand.code if by_code else demand.number):
        return redirect(url_for("demands.tracked", code=own))
    record = views.public_record_of(demand)
    if not by_code:
        return render("demands/tracked_number.html", record=record, form=Form(TrackIn))
    return render(
        "demands/tracked.html", record=record, code=grouped(demand.code), words=case_words
    )


def _looked_up(text: str) -> Demand | None:
    """The demand of a code or a number as it was typed. Wrong ones are counted; a whole code that
    is right passes all the same, since behind one address may be a house full of people.
    """
    if by_code := queries.find_by_slip(text):
        return by_code
    try:
        throttle.ensure_calm(_WRONG, caller_address(), limit=rules.TRACK_WRONG_LIMIT)
    except TooMany:
        raise TooMany(words.TRACKED_TOO_OFTEN) from None
    found = queries.find_by_number(text)
    if found is None:
        throttle.count_try(_WRONG, caller_address(), window=rules.TRACK_WINDOW)
    return found


@pages.page("/demands/<code>/slip", needs=PUBLIC)
def slip(actor: Actor, code: str) -> ResponseReturnValue:
    """A slip to print: the number, and an address to scan. It says nothing of anybody."""
    demand = cases.open_demand(code, actor=actor)
    place, holder = cases.places_of(demand)
    kept = demand.filed_by_id is None and (permissions.is_filer(actor, demand))
    part = {"code": demand.code}
    if kept:
        address = url_for(
            "demands.open_slip", **part, secret=queries.secret_of(demand), _external=True
        )
    else:
        address = url_for("demands.tracked", **part, _external=True)
    return render(
        "demands/slip.html",
        demand=demand,
        code=grouped(demand.code),
        category=menu.category(demand.category),
        place=place,
        holder=holder,
        details=views.open_facts(demand),
        guide=menu.guide_of(demand.category) if cases.is_ahead(demand) else None,
        qr_code=qr_code(address),
        address=address,
        pin=queries.pin_of(demand) if kept else "",
        entered=request.args.get("entered", ""),
        filed=request.args.get("filed", ""),
        staff=actor.may(permissions.VIEW),
    )

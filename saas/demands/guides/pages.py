"""How an affair is settled, an hour at the counter for it, and the form of its guide."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands.blueprint import pages
from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.case.permissions import SETTINGS
from saas.demands.guides import commands, forms, queries, rules
from saas.demands.guides.forms import AppointmentIn, HourIn
from saas.demands.intake.commands import Intake, as_filed_by
from saas.demands.intake.pages.filing import (
    after_filing,
    ensure_files_calmly,
    home_of,
    question_names,
    typed_answers,
)
from saas.demands.intake.queries import is_filed
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category, Guide
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel import throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import NotFound, TooMany
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import OPEN_TO_ALL, PUBLIC, render

_MANY_HOURS = _l(
    "Many hours for this were taken from here today without an account. Sign in, or ask at the"
    " counter."
)


@pages.page("/demands/settings/guides/<category>", needs=SETTINGS, methods=("GET", "POST"))
def edit_guide(actor: Actor, category: str) -> ResponseReturnValue:
    """How an affair is settled, and when there are appointments."""
    row = menu.leaf(category)
    start = stored(forms.GUIDE, menu.guide_of(category))
    thing = ("demand_category", row.id, "demands.set_guide")
    form = Form(schema_of(forms.GUIDE), start, thing=thing)
    if form.accepts(partial(commands.set_guide, row, actor=actor)):
        flash(_("The guide to %(name)s is saved.", name=say(row.name)), "done")
        return redirect(url_for("demands.categories", _anchor=f"category-{category}"))
    return render(
        "demands/settings/guide_form.html",
        form.status,
        form=form,
        row=row,
        kind=menu.kind(row.kind),
        shape=forms.GUIDE,
        labels=labels_of(forms.GUIDE),
    )


@pages.page("/guides/<category>", needs=PUBLIC, keep=OPEN_TO_ALL)
def guide(actor: Actor, category: str) -> ResponseReturnValue:
    """What to bring, in which steps, at what cost; to read and to print without an account."""
    chosen, found = _guide(category)
    return render(
        "demands/guide.html",
        category=chosen,
        guide=found,
        kind=menu.kind(chosen.kind),
        books=queries.takes_appointments(found),
    )


def _guide(category: str) -> tuple[Category, Guide]:
    chosen = menu.leaf(category)
    found = menu.guide_of(chosen.code)
    if found is None:
        raise NotFound
    return chosen, found


@pages.page("/guides/<category>/appointment", needs=PUBLIC, methods=("GET", "POST"))
def book(actor: Actor, category: str) -> ResponseReturnValue:
    """The counter of the own home, a day, an hour."""
    permissions.ensure_file(actor)
    chosen, found = _guide(category)
    if not queries.takes_appointments(found):
        raise NotFound
    counters = list(queries.counters(found))
    counter = _counter(found, counters, actor)
    form = Form(AppointmentIn, suggested={"submission": new_token()})
    questions = menu.questions_of(category)
    answers = typed_answers(questions, form.values)
    if form.accepts(lambda **given: _book(chosen, counters, given | {"answers": answers}, actor)):
        return after_filing(form.result, actor)
    slots = queries.free_slots(found, counter) if counter else {}
    return render(
        "demands/book.html",
        form.status,
        form=form,
        category=chosen,
        guide=found,
        questions=questions,
        question_names=question_names(questions),
        counter=counter,
        counters=counters,
        slots=slots,
        day=_day(slots),
    )


@pages.page("/demands/<code>/appointment", needs=PUBLIC, methods=("GET", "POST"))
def rebook(actor: Actor, code: str) -> ResponseReturnValue:
    """Another day or hour for an appointment, at the same counter."""
    demand = cases.open_demand(code, actor=actor, lock=request.method == "POST")
    guide = menu.guide_of(demand.category)
    if guide is None or not (permissions.is_filer(actor, demand) and cases.is_ahead(demand)):
        raise NotFound
    form = Form(HourIn)
    if form.accepts(partial(commands.rebook, demand, actor=actor)):
        flash(_("Your appointment is moved."), "done")
        return redirect(url_for("demands.show", code=demand.code))
    counter, _holder = cases.places_of(demand)
    slots = queries.free_slots(guide, counter)
    return render(
        "demands/rebook.html",
        form.status,
        form=form,
        demand=demand,
        category=menu.category(demand.category),
        counter=counter,
        slots=slots,
        day=_day(slots),
    )


def _counter(guide: Guide, counters: list[Unit], actor: Actor) -> Unit | None:
    """The one that was chosen, or that of the own home, or the only one there is."""
    asked = request.values.get("counter", "")
    chosen = next((unit for unit in counters if unit.code == asked), None)
    home = territory.find_unit(home_of(actor))
    if chosen is None and home is not None and not asked:
        chosen = queries.counter_of(guide, home)
    return chosen or (counters[0] if len(counters) == 1 else None)


def _day(slots: dict[date, Any]) -> date | None:
    """The day that was asked for, if anything is free on it; else the first."""
    asked = request.args.get("day", "")
    return next((day for day in slots if day.isoformat() == asked), next(iter(slots), None))


def _ensure_leaves_others_some(chosen: Category) -> None:
    """Nobody takes all hours of a counter by coming each time as somebody else."""
    who = f"{chosen.code}:{caller_address()}"
    try:
        throttle.use("book", who, limit=rules.GUEST_HOURS, window=rules.GUEST_WINDOW)
    except TooMany:
        raise TooMany(_MANY_HOURS) from None


def _book(chosen: Category, counters: list[Unit], given: dict[str, Any], actor: Actor) -> Demand:
    ensure_files_calmly(actor, given["submission"])
    code = given.pop("counter")
    counter = next((unit for unit in counters if unit.code == code), None)
    if counter is None:
        raise NotFound
    if not (actor.signed_in or is_filed(given["submission"])):
        _ensure_leaves_others_some(chosen)
    given["words"] = given["words"] or say(chosen.name)
    given["intake"] = as_filed_by(actor, Intake.out_of(given))
    return commands.book(category=chosen.code, counter=counter, **given, actor=actor)

"""Entering for somebody else: the desk and the phone on one page, the patrol on a telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.demands.blueprint import pages
from saas.demands.case import permissions, views
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.intake import commands, queries
from saas.demands.intake.pages.filing import (
    alike_for,
    ensure_asked,
    ensure_looked,
    question_names,
    typed_answers,
)
from saas.demands.intake.schemas import LONGEST_SOUGHT, EntryIn
from saas.demands.menu import queries as menu
from saas.kernel.context import Actor
from saas.kernel.crypto import masked_name, new_token
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.folding import names
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import render

_CHANNELS = ("desk", "phone", "patrol")
_MOST_PLACES = 12


@pages.page("/demands/enter", needs=permissions.VIEW, methods=("GET", "POST"))
def enter(actor: Actor) -> ResponseReturnValue:
    """One page for the whole of it; after it a slip, and on to the next one at the same place."""
    if not actor.reach(permissions.FILE):
        raise Forbidden
    form = Form(EntryIn, suggested=_start(actor))
    questions = _questions(form.values)
    answers = typed_answers(questions, form.values)
    if not _finding() and form.accepts(lambda **given: _enter(given, answers, actor)):
        return redirect(url_for("demands.slip", code=form.result.code, entered=1))
    if form.errors and form.values.get("photo"):
        form.errors.setdefault("photo", [_l("Please choose the photo once more.")])
    channel = _channel(form.values.get("channel"))
    form.values["channel"], patrol = channel, channel == "patrol"
    return render(
        "demands/patrol.html" if patrol else "demands/enter.html",
        form.status,
        form=form,
        categories=_categories(channel),
        questions=questions,
        question_names=question_names(questions),
        places=_places(form, actor),
        resident=_resident(form),
        earlier=_earlier(form.values, actor),
        **alike_for(form, actor),
    )


def _finding() -> bool:
    """Whether the button beside the place was pressed, which only looks for places."""
    return bool(request.form.get("find"))


def _start(actor: Actor) -> dict[str, Any]:
    """A new form: the place of the one before, and on patrol its category too."""
    channel = _channel(request.args.get("channel"))
    start = {"submission": new_token(), "unit": request.args.get("at", ""), "category": ""}
    start["channel"] = channel
    last = queries.last_patrol(actor.id or 0) if channel == "patrol" else None
    if last is not None:
        start["unit"] = start["unit"] or cases.places_of(last)[0].code
        start["category"] = last.category
    if not start["unit"]:
        units = [grant.unit_id for grant in actor.grants if not grant.own_only]
        home = territory.find_unit(units[0]) if len(units) == 1 else None
        start["unit"] = home.code if home and cases.has_levels(home) else ""
    return start


def _channel(asked: Any) -> str:
    return asked if asked in _CHANNELS else _CHANNELS[0]


def _categories(channel: str) -> list[Any]:
    """What can be entered by this way, what is entered most by it first. Nobody sees on patrol what
    is settled at a counter.
    """
    often = queries.often_entered(channel)
    lines = menu.leaves_in_line()
    if channel == "patrol":
        lines = [line for line in lines if not line[0].appointments]
    return sorted(lines, key=lambda line: -often.get(line[2].code, 0))


def _enter(given: dict[str, Any], answers: commands.Answers, actor: Actor) -> Demand:
    photos, place = given.pop("photo"), cases.find_place(given.pop("unit"))
    if place is None or not permissions.can_enter(actor, place.path):
        raise Invalid({"unit": [_l("Choose the place where it is.")]})
    _ensure_meant(given, place)
    ensure_asked(given.pop("asked"), given, answers)
    ensure_looked(given.pop("looked"), given, place, actor)
    if not given.pop("at_once"):
        given["fixed"] = ""
    intake = commands.Intake.out_of(given)
    return commands.enter_demand(
        **given, unit=place, photos=photos, intake=intake, answers=answers, actor=actor
    )


def _ensure_meant(given: dict[str, Any], place: Unit) -> None:
    """What was typed to find place and category names those that are ticked. Who types and goes on
    before the list is there has ticked nothing yet, whatever was ticked before.
    """
    place_typed, about = given.pop("place"), given.pop("about")
    wrong = {}
    if not _names(place_typed, place):
        text = _l("You typed “%(typed)s”. Tick the place that you mean.", typed=place_typed)
        wrong["unit"] = [text]
    found = menu.open_leaf(given["category"])
    if found is not None and not names(about, *_words_of(found)):
        text = _l("You typed “%(typed)s”. Tick the category that you mean.", typed=about)
        wrong["category"] = [text]
    if wrong:
        raise Invalid(wrong)


def _words_of(leaf: Any) -> list[str]:
    """The words under which a category is found in the list."""
    line = next(line for line in menu.leaves_in_line() if line[2].code == leaf.code)
    kind, top, found = line
    labels = (kind.name, top.name, found.name, found.hint)
    return [word for label in labels for word in label.values()]


def _questions(values: Mapping[str, Any]) -> Sequence[Any]:
    """What the category that was chosen asks."""
    chosen = menu.open_leaf(str(values.get("category", ""))[:40])
    return menu.questions_of(chosen.code) if chosen else []


@pages.page("/demands/enter/questions", needs=permissions.VIEW)
def entry_questions(actor: Actor) -> ResponseReturnValue:
    """A part of the form: what the category asks that somebody has just chosen."""
    return render(
        "demands/_questions.html",
        form=Form(EntryIn, suggested={"category": request.args.get("category", "")[:40]}),
        questions=_questions(request.args),
    )


def _places(form: Form, actor: Actor) -> list[tuple[Unit, list[Unit]]]:
    """The chosen place, or those that fit what was typed: when there is no script, and where
    something else was ticked than was typed.
    """
    typed = str(form.values.get("place", ""))
    chosen = cases.find_place(str(form.values.get("unit", "")))
    if chosen is None or _finding() or not permissions.can_enter(actor, chosen.path):
        return _found(typed, actor)
    if not _names(typed, chosen):
        return _found(typed, actor)
    return [(chosen, list(territory.ancestors(chosen)))]


def _names(typed: str, place: Unit) -> bool:
    return names(typed, *place.name.values(), place.code)


def _found(search: str, actor: Actor) -> list[tuple[Unit, list[Unit]]]:
    wanted = search[:LONGEST_SOUGHT].strip()
    if not wanted:
        return []
    units = territory.search(wanted, actor.reach(permissions.FILE), limit=_MOST_PLACES)
    cases.ground().load(units)
    return [(unit, cases.ground().line_above(unit)) for unit in units if territory.is_place(unit)]


@pages.page("/demands/enter/places", needs=permissions.VIEW)
def entry_places(actor: Actor) -> ResponseReturnValue:
    """Places by name, while somebody types."""
    typed = request.args.get("place", "")[:LONGEST_SOUGHT].strip()
    return render("demands/_places.html", places=_found(typed, actor), unit="", typed=typed)


@pages.page("/demands/enter/caller", needs=permissions.VIEW, methods=("POST",))
def entry_caller(actor: Actor) -> ResponseReturnValue:
    """A part of the form: what the caller asked for earlier, while the number is typed. Sent as a
    form, so that no number stands in an address.
    """
    return render("demands/_earlier.html", earlier=_earlier(request.form, actor))


def _earlier(values: Mapping[str, Any], actor: Actor) -> list[views.Line] | None:
    """The caller's earlier matters in the actor's reach; None as long as there is no number."""
    number = people.usable_phone(str(values.get("caller_phone", "")))
    if number is None:
        return None
    found = queries.earlier_matters(number, actor=actor)
    return views.lines_of(found, url_for("demands.listing") + "/")


def _resident(form: Form) -> tuple[str, str] | None:
    """Whose number it is, enough to ask the caller and no more: masked name and number."""
    if "in_name" not in form.errors and not form.values.get("in_name"):
        return None
    person = people.resident_by_phone(str(form.values.get("caller_phone", "")))
    return (masked_name(person.name), people.phone_shown(person)) if person else None

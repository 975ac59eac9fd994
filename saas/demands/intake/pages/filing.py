"""A resident files a demand in three steps, and finds again what was filed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands.blueprint import pages
from saas.demands.case import permissions, views, words
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.intake import commands, queries, rules
from saas.demands.intake.schemas import AlikeIn, FilingIn
from saas.demands.menu import queries as menu
from saas.kernel import throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.runtime import settings
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web import slips
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import PUBLIC, render

_LONGEST_SPOT = 100


@pages.page("/demands/new", needs=PUBLIC)
def choose_category(actor: Actor) -> ResponseReturnValue:
    """Step one: which kind, then what is it about? Whoever comes by a room's code has the place."""
    permissions.ensure_file(actor)
    asked, came = request.args.get("kind", ""), _came_by_code()
    kinds = {kind.code: kind for kind in menu.kinds() if menu.category_groups(kind.code)}
    chosen = kinds.get(asked) or (next(iter(kinds.values())) if len(kinds) == 1 else None)
    return render(
        "demands/choose_category.html",
        kinds=list(kinds.values()),
        chosen=chosen,
        groups=menu.category_groups(chosen.code) if chosen else [],
        guided=menu.guided(),
        came=came,
        place=territory.unit_by_code(came["unit"]) if came else None,
    )


def _came_by_code() -> dict[str, str]:
    """Place and spot out of the address on a room's poster; nothing if there is no such place."""
    unit = cases.find_place(request.args.get("at", ""))
    if unit is None:
        return {}
    spot = " ".join(request.args.get("spot", "").split())[:_LONGEST_SPOT]
    return {"unit": unit.code, "spot": spot, "by": "room"}


@pages.page("/demands/new/<category>", needs=PUBLIC)
def choose_place(actor: Actor, category: str) -> ResponseReturnValue:
    """Step two: where is it? The own home first, then the tree, then a search."""
    permissions.ensure_file(actor)
    chosen, search = menu.leaf(category), request.args.get("q", "")[:60].strip()
    at = territory.unit_by_code(request.args["at"]) if request.args.get("at") else None
    home = territory.find_unit(home_of(actor))
    root = territory.root()
    inside = at or root
    return render(
        "demands/choose_place.html",
        category=chosen,
        home=home,
        at=at,
        above=territory.ancestors(at) if at else [],
        children=_places(territory.children(inside)) if inside else [],
        found=_places(territory.search(search, [root.path])) if search and root else [],
        search=search,
        kinds=territory.kind_names(),
        here=lambda code: url_for("demands.new", category=category, unit=code),
        into=lambda code: url_for("demands.choose_place", category=category, at=code),
    )


def _places(units: Any) -> list[Unit]:
    return [unit for unit in units if territory.is_place(unit)]


def home_of(actor: Actor) -> int | None:
    """The unit in which somebody lives, if we know it."""
    return next((grant.unit_id for grant in actor.grants if grant.own_only), None)


@pages.page("/demands/new/<category>/<unit>", needs=PUBLIC, methods=("GET", "POST"))
def new(actor: Actor, category: str, unit: str) -> ResponseReturnValue:
    """Step three: say it, add a picture, send. What may be the same is shown before."""
    permissions.ensure_file(actor)
    chosen, place = menu.leaf(category), territory.unit_by_code(unit)
    start: dict[str, Any] = {"submission": new_token(), "category": category, "unit": unit}
    if request.method == "GET":  # a box that was cleared must not come back ticked
        start["open_to_neighbours"] = chosen.open_to_neighbours
        start["spot"] = request.args.get("spot", "")[:_LONGEST_SPOT]
        start["channel"] = "room" if request.args.get("by") == "room" else "own"
    form = Form(FilingIn, suggested=start)
    questions = menu.questions_of(category)
    answers = typed_answers(questions, form.values)
    if form.accepts(lambda **given: _file(given, place, answers, actor)):
        return after_filing(form.result, actor)
    if form.errors and form.values.get("photo"):
        form.errors.setdefault("photo", [_l("Please choose the photo once more.")])
    return render(
        "demands/new.html",
        form.status,
        form=form,
        category=chosen,
        unit=place,
        questions=questions,
        question_names=question_names(questions),
        most_photos=settings().attachments_at_once,
        **alike_for(form, actor),
    )


def after_filing(demand: Demand, actor: Actor) -> ResponseReturnValue:
    """On to what was filed: without an account to its slip, the key to it on this device."""
    if actor.signed_in:
        return redirect(url_for("demands.show", code=demand.code, filed=1))
    slips.keep(demand.code)
    return redirect(url_for("demands.slip", code=demand.code, filed=1))


def _file(given: dict[str, Any], place: Unit, answers: commands.Answers, actor: Actor) -> Demand:
    ensure_files_calmly(actor, given["submission"])
    photos, unit_code = given.pop("photo"), given.pop("unit")
    if unit_code != place.code:
        raise NotFound
    ensure_looked(given.pop("looked"), given, place, actor)
    intake = commands.as_filed_by(actor, commands.Intake.out_of(given))
    return commands.file_demand(
        **given, unit=place, photos=photos, intake=intake, answers=answers, actor=actor
    )


def ensure_files_calmly(actor: Actor, submission: str) -> None:
    """A person files only so much in an hour, and so do all without an account at one address.

    What is sent again on a bad line is no second filing.
    """
    if queries.is_filed(submission):
        return
    who, limit = str(actor.id), rules.FILE_LIMIT
    if not actor.signed_in:
        who, limit = caller_address(), rules.GUEST_LIMIT
    throttle.use("file", who, limit=limit, window=rules.FILE_WINDOW)


def ensure_looked(looked: bool, given: dict[str, Any], place: Unit, actor: Actor) -> None:
    """Nobody files what is probably there already without having seen it; once seen, it is sent."""
    category = menu.open_leaf(given["category"])
    if looked or category is None or queries.is_filed(given["submission"]):
        return
    found = queries.similar(category, place, given["words"], actor=actor)
    if found and found[0].likeness >= rules.LIKELY_SAME:
        raise Invalid({"looked": [_l("This may have been reported already. Look at it first.")]})


def alike_for(form: Form, actor: Actor) -> dict[str, Any]:
    """What the part of a page with demands that may be the same needs."""
    asked = "looked" in form.errors or form.values.get("looked")
    return _alike_values(_similar(form.values, actor) if asked else [], actor)


def _alike_values(found: list[queries.Similar], actor: Actor) -> dict[str, Any]:
    staff = bool(actor.reach(permissions.VIEW))
    light = views.light_of if staff else views.light_for_others
    return {"similar": found, "staff": staff, "light_of": light, "words": words}


@pages.page("/demands/similar", needs=PUBLIC, methods=("POST",))
def similar(actor: Actor) -> ResponseReturnValue:
    """A part of the form, asked for while somebody types; sent as a form so that no word of it
    stands in an address.
    """
    permissions.ensure_file(actor)
    form = Form(AlikeIn)
    found = form.result if form.accepts(lambda **given: _similar(given, actor)) else []
    return render("demands/_alike.html", **_alike_values(found, actor))


def _similar(given: Mapping[str, Any], actor: Actor) -> list[queries.Similar]:
    category, place, said = (str(given.get(name, "")) for name in ("category", "unit", "words"))
    leaf, unit = menu.open_leaf(category), cases.find_place(place)
    return queries.similar(leaf, unit, said, actor=actor) if leaf and unit and said else []


#: How the field of a question begins; its code follows.
FIELD = "q-"


def typed_answers(questions: Sequence[Any], values: Mapping[str, Any]) -> dict[str, str]:
    """What was typed for each of the questions that a category asks now."""
    typed = {row.code: values.get(FIELD + row.code, "") for row in questions}
    return {code: text for code, text in typed.items() if isinstance(text, str)}


def question_names(questions: Sequence[Any]) -> dict[str, str]:
    """The questions by their field, for the summary of faults."""
    return {FIELD + row.code: say(row.label) for row in questions}


def ensure_asked(asked: str, given: Mapping[str, Any], answers: commands.Answers) -> None:
    """Nobody enters a demand without having seen what its category asks: without a script the
    questions come with the next page.
    """
    if answers and asked != given["category"] and not queries.is_filed(given["submission"]):
        raise Invalid({"questions": [_l("This category asks a little more. Please answer it.")]})

"""A resident files a demand in three steps, and finds again what was filed."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.demands.blueprint import pages
from saas.demands.case import permissions, views, words
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.intake import commands, queries, rules
from saas.demands.intake.pages.asking import question_names, typed_answers
from saas.demands.intake.schemas import AlikeIn, FilingIn
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category
from saas.kernel import throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import render

_LONGEST_SPOT = 100


@pages.page("/demands/new", needs=permissions.FILE)
def choose_category(actor: Actor) -> ResponseReturnValue:
    """Step one: which kind, then what is it about? Whoever comes by a room's code has the place."""
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


@pages.page("/demands/new/<category>", needs=permissions.FILE)
def choose_place(actor: Actor, category: str) -> ResponseReturnValue:
    """Step two: where is it? The own home first, then the tree, then a search."""
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
    )


def _places(units: Any) -> list[Unit]:
    return [unit for unit in units if territory.is_place(unit)]


def home_of(actor: Actor) -> int | None:
    """The unit in which somebody lives, if we know it."""
    return next((grant.unit_id for grant in actor.grants if grant.own_only), None)


@pages.page("/demands/new/<category>/<unit>", needs=permissions.FILE, methods=("GET", "POST"))
def new(actor: Actor, category: str, unit: str) -> ResponseReturnValue:
    """Step three: say it, add a picture, send. What may be the same is shown before."""
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
        return redirect(url_for("demands.show", code=form.result.code, filed=1))
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
        **alike_for(form, chosen, place, actor),
    )


def _file(given: dict[str, Any], place: Unit, answers: commands.Answers, actor: Actor) -> Demand:
    throttle.ensure_calm("file", str(actor.id), limit=rules.FILE_LIMIT)
    throttle.count_try("file", str(actor.id), window=rules.FILE_WINDOW)
    photos, unit_code = given.pop("photo"), given.pop("unit")
    if unit_code != place.code:
        raise NotFound
    ensure_looked(given.pop("looked"), given, place, actor)
    names = ("anonymous", "open_to_neighbours", "spot", "channel")
    intake = commands.Intake(**{name: given.pop(name) for name in names})
    return commands.file_demand(
        **given, unit=place, photos=photos, intake=intake, answers=answers, actor=actor
    )


def ensure_looked(looked: bool, given: dict[str, Any], place: Unit, actor: Actor) -> None:
    """Nobody files what is probably there already without having seen it; once seen, it is sent."""
    category = menu.open_leaf(given["category"])
    if looked or category is None or queries.is_filed(given["submission"]):
        return
    found = queries.similar(category, place, given["words"], actor=actor)
    if found and found[0].likeness >= rules.LIKELY_SAME:
        raise Invalid({"looked": [_l("This may have been reported already. Look at it first.")]})


def alike_for(form: Form, category: Category, place: Unit, actor: Actor) -> dict[str, Any]:
    """What the part of a page with demands that may be the same needs."""
    asked = "looked" in form.errors or form.values.get("looked")
    said = str(form.values.get("words", ""))
    return alike_values(queries.similar(category, place, said, actor=actor) if asked else [], actor)


def alike_values(found: list[queries.Similar], actor: Actor) -> dict[str, Any]:
    """The same for demands that were looked for already."""
    staff = bool(actor.reach(permissions.VIEW))
    light = views.light_of
    return {"similar": found, "staff": staff, "light_of": light, "words": words}


@pages.page("/demands/similar", needs=permissions.FILE, methods=("POST",))
def similar(actor: Actor) -> ResponseReturnValue:
    """A part of the form, asked for while somebody types; sent as a form so that no word of it
    stands in an address.
    """
    form, found = Form(AlikeIn), list[queries.Similar]()
    if form.accepts(lambda **given: _similar(given, actor)):
        found = form.result
    return render("demands/_alike.html", **alike_values(found, actor))


def _similar(given: dict[str, str], actor: Actor) -> list[queries.Similar]:
    category = menu.open_leaf(given["category"])
    place = cases.find_place(given["unit"])
    if category is None or place is None or not given["words"]:
        return []
    return queries.similar(category, place, given["words"], actor=actor)

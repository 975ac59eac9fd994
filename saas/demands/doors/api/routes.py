"""Demands as JSON, by the same doors and commands as the pages; and what can be asked for."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from saas.api.routes import Routes
from saas.attachments.answers import answer, picture_by_key
from saas.casework import ActForm
from saas.demands.case import commands as case_commands
from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case import views as case_views
from saas.demands.case.models import Demand
from saas.demands.doors.api import queries, views
from saas.demands.doors.api.schemas import (
    CategoriesOut,
    DeadlinesOut,
    DemandActIn,
    DemandDetailOut,
    DemandFiledIn,
    DemandFiledOut,
    DemandKindsOut,
    DemandOut,
    DemandsAsked,
    OpenActsOut,
)
from saas.demands.doors.entering import chosen_place, submission_of
from saas.demands.intake import commands as intake_commands
from saas.demands.menu import queries as menu
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import PUBLIC

routes = Routes("demands_api", __name__, title=_l("Demands"))


_CODE = {"code": _l("Code of the demand.")}
#: The same, where the body has a code of its own: that of a cause.
_DEMAND = {"demand": _CODE["code"]}
_NOT_TAKEN = _l("This act takes no such thing.")


@routes.get(
    "/demands",
    needs=permissions.VIEW,
    summary=_l("Demands of a list"),
    description=_l(
        "Lists of open demands begin with the most urgent, the others with the newest. Where there"
        " are very many, total stops counting: read on until a page is empty."
    ),
    query=DemandsAsked,
    items=DemandOut,
)
def demands(
    actor: Actor, which: str, page: int, page_size: int, **asked: Any
) -> tuple[list[dict[str, Any]], int]:
    """Narrowed down as asked."""
    rows, total = cases.list_demands(
        which, actor=actor, where=cases.narrowing(asked), number=page, size=page_size
    )
    return views.rows_outside(rows), total


@routes.post(
    "/demands",
    needs=permissions.FILE,
    summary=_l("Enter a demand"),
    description=_l(
        "It goes into the queue of the lowest level above the unit. The same request under the"
        " same Idempotency-Key makes one demand, however long after. What the category asks"
        " stands with the categories; what must be answered must be sent."
    ),
    body=DemandFiledIn,
    answer=DemandFiledOut,
)
def file(
    actor: Actor, category: str, unit: str, words: str, answers: dict[str, str], **intake: Any
) -> dict[str, Any]:
    """Entered by another system, for itself or for somebody who called."""
    place = chosen_place(unit, actor=actor)
    try:
        demand = intake_commands.file_demand(
            category=category,
            unit=place,
            words=words.strip(),
            submission=submission_of(actor, request.get_data(cache=True)),
            intake=intake_commands.Intake(channel="api", **intake),
            answers=answers,
            actor=actor,
        )
    except Invalid as error:  # the pages' names of the fields are no program's
        named = {name.replace("q-", "answers.", 1): said for name, said in error.errors.items()}
        raise Invalid(named) from None
    return views.filed_outside(demand)


@routes.get(
    "/demands/<code>",
    needs=permissions.VIEW,
    summary=_l("One demand"),
    answer=DemandDetailOut,
    parts=_CODE,
)
def demand(actor: Actor, code: str) -> dict[str, Any]:
    """With its whole story."""
    return _detail(cases.access_demand(code, actor=actor), actor)


def _detail(found: Demand, actor: Actor) -> dict[str, Any]:
    def url(page: str, **parts: Any) -> str:
        return url_for(f"demands_api.{page}", code=found.code, **parts, _external=True)

    photos = [
        {
            "url": url("numbered_photo", number=p.position),
            "place": p.place,
            "act": p.act,
            "at": p.at,
        }
        for p in cases.photos_of(found, internal=True)
    ]
    first = url("photo") if found.photo else None
    return {**views.outside_of(found, actor), "photo": first, "photos": photos}


@routes.file(
    "/demands/<code>/photo",
    needs=permissions.VIEW,
    media="image/jpeg",
    summary=_l("The picture of a demand"),
    parts=_CODE,
)
def photo(actor: Actor, code: str) -> Response:
    """As the pages show it."""
    demand = cases.access_demand(code, actor=actor)
    return picture_by_key("demand", demand.id, demand.photo)


@routes.file(
    "/demands/<code>/photos/<int:number>",
    needs=permissions.VIEW,
    media="image/jpeg",
    summary=_l("One of the pictures of a demand"),
    parts={**_CODE, "number": _l("Number of the picture.")},
)
def numbered_photo(actor: Actor, code: str, number: int) -> Response:
    """What was reported, what was done, and what staff noted."""
    demand = cases.access_demand(code, actor=actor)
    return answer(cases.photo_of(demand, number, internal=True))


@routes.get(
    "/demands/<demand>/acts",
    needs=permissions.VIEW,
    summary=_l("What can be done about a demand now"),
    answer=OpenActsOut,
    parts=_DEMAND,
)
def acts(actor: Actor, demand: str) -> dict[str, Any]:
    """By this caller, with what each act asks for."""
    found = cases.access_demand(demand, actor=actor)
    forms = case_views.forms_of(cases.standing_of(found), actor)
    return {"seen": found.acts, "acts": [views.act_outside(form) for form in forms]}


@routes.post(
    "/demands/<demand>/acts",
    needs=permissions.VIEW,
    summary=_l("Act on a demand"),
    description=_l(
        "What an act asks for and what can be chosen is told by the acts that are open now. A"
        " second pair of eyes is a person's: programs neither decline nor overrule."
    ),
    body=DemandActIn,
    answer=DemandDetailOut,
    status=200,
    parts=_DEMAND,
)
def act(actor: Actor, demand: str, seen: int | None, **said: Any) -> dict[str, Any]:
    """By the one state table, as on the pages."""
    found = cases.access_demand(demand, actor=actor, lock=True)
    _ensure_taken(case_views.forms_of(cases.standing_of(found), actor), said)
    case_commands.act(found, case_commands.deed_from(said, actor), seen=seen, actor=actor)
    return _detail(found, actor)


def _ensure_taken(forms: list[ActForm], said: dict[str, Any]) -> None:
    """Nothing is said that the act would drop in silence."""
    form = next((form for form in forms if form.verb == said["verb"]), None)
    if form is None:  # the command knows why it cannot be done, and says it
        return
    taken = {"verb", "reason", *form.asks, *form.may, *form.options}
    if extra := {name for name, value in said.items() if value is not None} - taken:
        raise Invalid({name: [_NOT_TAKEN] for name in sorted(extra)})


@routes.get("/kinds", needs=PUBLIC, summary=_l("Kinds of asking"), answer=DemandKindsOut)
def kinds(actor: Actor) -> dict[str, Any]:
    """In their order."""
    return {"kinds": menu.kinds()}


@routes.get("/categories", needs=PUBLIC, summary=_l("Categories"), answer=CategoriesOut)
def categories(actor: Actor) -> dict[str, Any]:
    """Without those that are retired."""
    return {"categories": views.categories_outside(menu.categories())}


@routes.get("/deadlines", needs=PUBLIC, summary=_l("Deadlines and terms"), answer=DeadlinesOut)
def deadlines(actor: Actor) -> dict[str, Any]:
    """How long each level has."""
    return {"deadlines": queries.deadlines(), "terms": cases.terms()}

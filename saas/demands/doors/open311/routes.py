"""The addresses of Open311 GeoReport v2 and of its discovery."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from flask import request

from saas.demands.case import permissions
from saas.demands.doors.entering import chosen_place, submission_of
from saas.demands.doors.open311 import queries, shapes
from saas.demands.doors.open311.door import offer
from saas.demands.doors.open311.formats import Told
from saas.demands.doors.open311.queries import ReportsAsked
from saas.demands.doors.open311.schemas import (
    LONGEST_SPOT,
    RequestIn,
    RequestsAsked,
    attributes_in,
    taken,
)
from saas.demands.intake import commands
from saas.demands.menu import queries as menu
from saas.kernel import clock
from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.territory.queries import Unit

#: The standard gives no more than this span at once.
_SPAN: Final = timedelta(days=90)
_SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
#: When what is offered here last changed.
_CHANGED: Final = "2026-11-23T00:00:00+08:00"
#: Fields of the command → the names by which Open311 calls them.
_CALLED: Final = {"category": "service_code", "unit": "attribute[unit]", "words": "description"}


@offer("/discovery")
def discovery(caller: Actor) -> Told:
    """What is offered, and to whom one turns for a key."""
    tenant = current_tenant()
    name = say(tenant.name)
    endpoint = {
        "specification": _SPECIFICATION,
        "url": request.root_url.rstrip("/") + "/open311/v2",
        "changeset": _CHANGED,
        "type": "test" if tenant.is_demo else "production",
        "formats": ["text/xml", "application/json"],
    }
    told = {
        "changeset": _CHANGED,
        "contact": _("%(district)s: %(address)s", district=name, address=request.root_url),
        "key_service": _("The administrator of %(district)s gives keys.", district=name),
        "endpoints": [endpoint],
    }
    return Told("discovery", told)


@offer("/v2/services")
def services(caller: Actor) -> Told:
    """Every category in which demands can be filed."""
    return Told("services", shapes.services(menu.leaves_in_line()))


@offer("/v2/services/<category>")
def service(caller: Actor, category: str) -> Told:
    """What a category asks for; with a key, the places to choose from."""
    places = queries.places_to_enter(actor=caller, limit=shapes.MOST_PLACES + 1)
    few = places if len(places) <= shapes.MOST_PLACES else ()
    return Told("service_definition", shapes.definition(menu.leaf(category), few))


@offer("/v2/requests")
def requests(caller: Actor) -> Told:
    """Those that the key may view, and those that are open to neighbours."""
    asked = taken(RequestsAsked, request.args)
    found = queries.reports(
        _asked(asked), actor=caller, number=asked["page"], size=asked["page_size"]
    )
    return Told("service_requests", shapes.requests(found, caller))


def _asked(asked: dict[str, Any]) -> ReportsAsked:
    since, until = _span(asked["start_date"], asked["end_date"])
    states = set(asked["status"])
    return ReportsAsked(
        since=since,
        until=until,
        codes=asked["service_request_id"],
        categories=asked["service_code"],
        living=states == {"open"} if len(states) == 1 else None,
    )


def _span(start: datetime | None, end: datetime | None) -> tuple[datetime, datetime]:
    """From when to when: the last ninety days where nothing else is asked."""
    if start and end and end - start > _SPAN:
        raise Invalid({"end_date": [_l("No more than 90 days at once, please.")]})
    try:
        until = end or (start + _SPAN if start else clock.now())
        return start or until - _SPAN, until
    except OverflowError:
        raise Invalid({"start_date": [_l("This cannot be used.")]}) from None


@offer("/v2/requests/<code>")
def one(caller: Actor, code: str) -> Told:
    """One request."""
    now = clock.now()
    found = queries.reports(ReportsAsked(now, now, [code]), actor=caller, number=1, size=1)
    if not found:
        raise NotFound
    return Told("service_requests", shapes.requests(found, caller))


@offer("/v2/tokens/<code>")
def token(caller: Actor, code: str) -> Told:
    """The request of a token. Requests get their id at once here, so both are the same."""
    [found] = one(caller, code).value
    known = {"service_request_id": found["service_request_id"], "token": code}
    return Told("service_requests", [known])


@offer("/v2/requests", needs=permissions.FILE, method="POST")
def file(caller: Actor) -> Told:
    """Enter a request."""
    given, said = taken(RequestIn, request.form), attributes_in(request.form)
    try:
        demand = commands.file_demand(
            category=given["service_code"],
            unit=_place(given, said, caller),
            words="\n".join([given["description"], *given["media_url"], *_beside(given, said)]),
            submission=submission_of(caller, repr(sorted(request.form.items(multi=True))).encode()),
            intake=_intake(given, said),
            actor=caller,
        )
    except Invalid as error:
        raise Invalid({_CALLED.get(at, at): texts for at, texts in error.errors.items()}) from error
    return Told("service_requests", [shapes.filed(demand)], 201)


def _intake(given: dict[str, Any], said: dict[str, Any]) -> commands.Intake:
    """For whom: an app's user is a caller to us. Mail address and device are not kept."""
    names = (given["last_name"], given["first_name"])
    return commands.Intake(
        channel="open311",
        caller_name=" ".join(name for name in names if name),
        caller_phone=given["phone"],
        anonymous=said["anonymous"] == "yes",
        open_to_neighbours=said["neighbours"] == "yes",
        spot=_spot(given, said),
    )


def _where(given: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """What was said of the exact place, the best first: in words, as an address, as a point."""
    point = f"{given['lat']}, {given['long']}" if given["lat"] is not None else ""
    return [text for text in (said["spot"], given["address_string"], point) if text]


def _spot(given: dict[str, Any], said: dict[str, Any]) -> str:
    """The best of it, as long as a spot may be."""
    return next(iter(_where(given, said)), "")[:LONGEST_SPOT]


def _beside(given: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """All else that was said of it, and whole what was too long: it goes with the words."""
    spot, *others = *_where(given, said), ""
    return [text for text in (spot if len(spot) > LONGEST_SPOT else "", *others) if text]


def _place(given: dict[str, Any], said: dict[str, Any], caller: Actor) -> Unit:
    """The unit where it arose: by its code, or by an address that is its name."""
    if said["unit"]:
        return chosen_place(said["unit"], actor=caller)
    if given["address_id"]:
        return chosen_place(given["address_id"], actor=caller, field="address_id")
    if given["address_string"]:
        return _called(given["address_string"], caller)
    if given["lat"] is not None:
        sentence = _l("There is no map here. Name the place by attribute[unit] or address_id too.")
        raise Invalid({"lat": [sentence]})
    raise Invalid({"attribute[unit]": [_l("Choose the place where it is.")]})


def _called(name: str, caller: Actor) -> Unit:
    found = queries.places_to_enter(actor=caller, called=name, limit=2)
    if len(found) == 1:
        return found[0]
    several = _l("Several places have this name. Name the place by attribute[unit] or address_id.")
    none = _l("No place has this name. Name the place by attribute[unit] or address_id.")
    raise Invalid({"address_string": [several if found else none]})

"""Merchants and walks as JSON, in the order of the pages."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.places import commands, lists, queries, views
from saas.places.permissions import CONFIGURE
from saas.rooms.schemas import Hours
from saas.web.pages import PUBLIC

routes = Routes("places_api", __name__, title=_l("Merchants and walks"))
_CODE, _WALK = {"code": _l("Code of the merchant.")}, {"code": _l("Code of the walk.")}


class MerchantOut(Schema):
    """A merchant as everybody may see it."""

    code = fields.String(attribute="merchant.code")
    name = LabelOut(attribute="merchant.name")
    kind = LabelOut(allow_none=True)
    unit = LabelOut()
    sells = LabelOut(attribute="merchant.sells")
    place = LabelOut(attribute="merchant.place")
    concession = LabelOut(attribute="merchant.concession")
    hours = fields.List(fields.Nested(Hours), attribute="merchant.hours")
    step_free = fields.String(attribute="merchant.step_free")
    position = fields.Integer(attribute="merchant.position")


class MerchantsAsked(Schema):
    """Which merchants."""

    q = fields.String(load_default="", validate=validate.Length(max=60))
    kind = fields.String(load_default="", validate=validate.Length(max=40))


class WalkOut(Schema):
    """A walk in a list."""

    code = fields.String()
    name = LabelOut()
    purpose = LabelOut()
    step_free = fields.String()
    minutes = fields.Integer()


class StopOut(Schema):
    """A stop: its name in the language that was asked for."""

    no = fields.Integer()
    kind = fields.String()
    name = fields.String()
    what = fields.String()
    minutes = fields.Integer(attribute="stop.minutes")
    reached = fields.Integer()
    step_free = fields.String()
    url = fields.String(allow_none=True)


class WalkWholeOut(WalkOut):
    """A walk with its stops in their order."""

    stops = fields.List(fields.Nested(StopOut))


class CheckedIn(Schema):
    """That everything is still as it is written down."""

    still_so = fields.Boolean(required=True, validate=validate.Equal(True))


class CheckedOut(Schema):
    """When somebody looked last."""

    code = fields.String()
    checked_on = fields.Date()


@routes.get("/walks", needs=PUBLIC, summary=_l("Walks"), items=WalkOut)
def walks(actor: Actor, page: int, page_size: int) -> tuple[list[Any], int]:
    """Those that are published."""
    found = queries.published()
    first = (page - 1) * page_size
    counted = queries.minutes_of([route.id for route in found])
    shown = found[first : first + page_size]
    return [_walk(route, counted.get(route.id, (0, 0))[0]) for route in shown], len(found)


def _walk(route: Any, minutes: int) -> dict[str, Any]:
    facts = {key: getattr(route, key) for key in ("code", "name", "purpose", "step_free")}
    return {**facts, "minutes": minutes}


@routes.get("/walks/<code>", needs=PUBLIC, summary=_l("One walk"), answer=WalkWholeOut,
            parts=_WALK)  # fmt: skip
def walk(actor: Actor, code: str) -> dict[str, Any]:
    """With its stops, as the page has them; of one that was withdrawn none."""
    route = queries.public_route(code)
    if route.state != "published":
        return {**_walk(route, 0), "stops": []}
    whole = views.walk_of(route)
    return {**_walk(route, whole.minutes), "stops": whole.stops}


@routes.get("/merchants", needs=PUBLIC, summary=_l("Merchants"), query=MerchantsAsked,
            items=MerchantOut)  # fmt: skip
def merchants(actor: Actor, q: str, kind: str, page: int, page_size: int) -> tuple[list[Any], int]:
    """Those who agree to be shown, in the order of the street."""
    found, total = queries.shown(q, kind, page, page_size)
    return lists.rows_of(found), total


@routes.get("/merchants/<code>", needs=PUBLIC, summary=_l("One merchant"), answer=MerchantOut,
            parts=_CODE)  # fmt: skip
def merchant(actor: Actor, code: str) -> Any:
    """One who agrees to be shown."""
    return lists.rows_of([queries.public_merchant(code)])[0]


@routes.post("/merchants/<code>/checked", needs=CONFIGURE, parts=_CODE, body=CheckedIn,
             answer=CheckedOut, status=200, summary=_l("A merchant was looked at"))  # fmt: skip
def check(actor: Actor, code: str, still_so: bool) -> Any:
    """Somebody has been there, and everything is still so."""
    found = queries.access_merchant(code, actor=actor, lock=True)
    commands.check_merchant(found, actor=actor)
    return found

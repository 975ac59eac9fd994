"""Goods as JSON: what there is and what became of it; never who gave."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.funds.permissions import MANAGE
from saas.goods import queries, rules
from saas.goods.lists import GOODS
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger import Yuan
from saas.listing.asking import asked_of
from saas.listing.reading import page_of

routes = Routes("goods_api", __name__, title=_l("Gifts of goods"))


class GoodsOut(Schema):
    """A gift of goods; ``worth`` is by its giver's papers, and no money."""

    code = fields.String(attribute="goods.code")
    number = fields.Integer(attribute="goods.number")
    what, kind = fields.String(attribute="goods.what"), fields.String(attribute="goods.kind")
    unit = fields.String(attribute="goods.unit")
    came = fields.Integer(attribute="goods.quantity")
    left = fields.Integer(attribute="tip.after")
    given_out = fields.Integer(attribute="tip.given_after")
    condition = fields.String(attribute="goods.condition")
    best_before = fields.Date(attribute="goods.best_before", allow_none=True)
    worth = Yuan(attribute="goods.worth", allow_none=True)
    source = fields.String(attribute="goods.source")
    purpose, state = fields.String(), fields.String()
    received_on = fields.Date(attribute="goods.received_on")


class GoodsKindOut(Schema):
    """A kind of goods by one unit: in and counted are out, written off and left."""

    kind, unit = fields.String(), fields.String()
    came, counted, out, off, left = (fields.Integer() for _ in range(5))


class GoodsKindsOut(Schema):
    """Every kind."""

    items = fields.List(fields.Nested(GoodsKindOut))


class GoodsAsked(Schema):
    """Which gifts."""

    state = fields.String(load_default="", validate=validate.OneOf(("", *rules.STATES)))


@routes.get("/funds/goods", needs=MANAGE, summary=_l("Gifts of goods"), query=GoodsAsked,
            items=GoodsOut)  # fmt: skip
def goods(actor: Actor, state: str, page: int, page_size: int) -> tuple[Any, int]:
    """The newest first."""
    return page_of(GOODS, asked_of(GOODS, {"state": state}, actor), actor, page, page_size)


@routes.get("/funds/goods/totals", needs=MANAGE, summary=_l("Goods by kind"), answer=GoodsKindsOut)
def totals(actor: Actor) -> Any:
    """Worked out of moves, without what was void."""
    return {"items": queries.totals()}

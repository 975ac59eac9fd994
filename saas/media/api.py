"""What was reported, as JSON for everybody."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.media import queries, rules, views
from saas.web.pages import PUBLIC

routes = Routes("media_api", __name__, title=_l("Media"))


class ItemOut(Schema):
    """An item that counts."""

    title = fields.String(attribute="item.title")
    outlet = LabelOut(attribute="outlet.name")
    tier = fields.String(attribute="outlet.tier")
    published_on = fields.Date(attribute="item.published_on")
    kind = fields.String()
    url = fields.String(attribute="item.url", allow_none=True)
    link = fields.String(attribute="item.link_state")
    sample = fields.Boolean(attribute="item.sample")


class ItemsAsked(Schema):
    """Which items."""

    tier = fields.String(load_default="", validate=validate.OneOf(("", *rules.TIERS)))


@routes.get("/coverage", needs=PUBLIC, summary=_l("What was reported"), query=ItemsAsked,
            items=ItemOut)  # fmt: skip
def listing(actor: Actor, tier: str, page: int, page_size: int) -> tuple[Any, int]:
    """What counts, the newest first."""
    where = [queries.in_tier(tier)] if tier else []
    found = queries.public(*where, limit=2000)
    return views.rows_of(found[(page - 1) * page_size : page * page_size]), len(found)

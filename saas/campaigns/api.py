"""Campaigns as JSON, for whoever shows them elsewhere."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from saas.api.routes import Routes
from saas.campaigns import lists, queries
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.ledger import Yuan
from saas.web.pages import PUBLIC

routes = Routes("campaigns_api", __name__, title=_l("Campaigns"))


class CampaignOut(Schema):
    """A campaign that is public, and its sums."""

    code, state = fields.String(attribute="one.code"), fields.String(attribute="one.state")
    name, words = LabelOut(attribute="one.name"), LabelOut(attribute="one.words")
    basis = fields.String(attribute="one.basis.code")
    since, until = fields.Date(attribute="one.since"), fields.Date(attribute="one.until")
    raised, used, left = (Yuan(attribute=f"sums.{name}") for name in ("raised", "used", "left"))


class CampaignsOut(Schema):
    """Every campaign that is public."""

    items = fields.List(fields.Nested(CampaignOut))


@routes.get("/campaigns", needs=PUBLIC, summary=_l("Campaigns"), answer=CampaignsOut)
def campaigns(actor: Actor) -> Any:
    """The newest first; who gives, bids or promises is not said."""
    return {"items": lists.rows_of(queries.campaigns(queries.is_shown()))}

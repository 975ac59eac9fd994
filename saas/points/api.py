"""Points as JSON: what all of them are, never whose."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.points import queries
from saas.web.pages import PUBLIC

routes = Routes("points_api", __name__, title=_l("Points"))


class RewardOut(Schema):
    """Something that can be had for points, and how many pieces are there."""

    code, name = fields.String(), LabelOut()
    price, left = fields.Integer(), fields.Integer()


class BadgeOut(Schema):
    """For what and how often a badge is given, and how many people have it; 0 for nobody yet."""

    code, name, what = fields.String(), LabelOut(), fields.String()
    times, people = fields.Integer(), fields.Integer()


class PointsOut(Schema):
    """All points together: earned = spent + expired + held; rewards and badges."""

    earned, spent = (
        fields.Integer(attribute="totals.earned"),
        fields.Integer(attribute="totals.spent"),
    )
    expired = fields.Integer(attribute="totals.expired")
    held = fields.Integer(attribute="totals.held")
    rewards = fields.List(fields.Nested(RewardOut))
    badges = fields.List(fields.Nested(BadgeOut))


@routes.get("/points", needs=PUBLIC, summary=_l("Points"), answer=PointsOut)
def points(actor: Actor) -> Any:
    """What was earned and what became of it, counted from the entries; who has them is not said."""
    found, awards = queries.rewards(), queries.awards()
    stock = queries.stock_of(found)
    return {
        "totals": queries.totals(),
        "rewards": [{"code": one.code, "name": one.name, "price": one.price,
                     "left": stock[one.id]} for one in found],
        "badges": [{"code": one.code, "name": one.name, "what": one.what, "times": one.times,
                    "people": awards.get(one.id, (0, None))[0]}
                   for one in queries.badges().values()],
    }  # fmt: skip

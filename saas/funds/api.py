"""Funds as JSON: totals, gifts, payouts, what the committee decided; never who gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.funds import queries, rules
from saas.funds.lists import GIFTS, PAYOUTS
from saas.funds.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger import Yuan
from saas.listing.asking import asked_of
from saas.listing.reading import page_of

routes = Routes("funds_api", __name__, title=_l("Funds"))


class TotalsOut(Schema):
    """What came in, what was used, what is left, and what must be nothing."""

    raised, used, left, check = Yuan(), Yuan(), Yuan(), Yuan()


class GiftOut(Schema):
    """A gift; who gave is not said."""

    code = fields.String(attribute="gift.code")
    number = fields.Integer(attribute="gift.number")
    amount = Yuan(attribute="gift.amount")
    purpose = fields.String()
    way = fields.String(attribute="gift.way")
    campaign = fields.String(attribute="gift.campaign", allow_none=True)
    received_on = fields.Date(attribute="gift.received_on")
    state = fields.String()


class PayoutOut(Schema):
    """A payout."""

    code, what, payee = fields.String(), fields.String(), fields.String()
    amount, state = Yuan(), fields.String()
    posted_on = fields.Date(allow_none=True)


class MeetingOut(Schema):
    """A meeting of the committee."""

    code, number, state = fields.String(), fields.Integer(), fields.String()
    on, hour = fields.Date(), fields.Time("%H:%M", allow_none=True)
    place = fields.String(allow_none=True)


class ResolutionOut(Schema):
    """What was decided; not who voted how. ``meeting``: its code, if it was decided at one."""

    number, amount = fields.Integer(attribute="0.number"), Yuan(attribute="0.amount")
    on, payout = fields.Date(attribute="0.on"), fields.String(attribute="1.code")
    yes, no = fields.Integer(attribute="0.yes"), fields.Integer(attribute="0.no")
    abstained = fields.Integer(attribute="0.abstained")
    recused = fields.Integer(attribute="0.recused")
    meeting = fields.String(attribute="2.code", allow_none=True)


class GiftsAsked(Schema):
    """Which gifts."""

    state = fields.String(load_default="", validate=validate.OneOf(("", *rules.GIFT_STATES)))


class PayoutsAsked(Schema):
    """Which payouts."""

    state = fields.String(load_default="", validate=validate.OneOf(("", *rules.PAYOUT_STATES)))


@routes.get("/funds", needs=MANAGE, summary=_l("Totals of the fund"), answer=TotalsOut)
def totals(actor: Actor) -> Any:
    """Worked out of entries."""
    return queries.money()


@routes.get("/funds/gifts", needs=MANAGE, summary=_l("Gifts"), query=GiftsAsked, items=GiftOut)
def gifts(actor: Actor, state: str, page: int, page_size: int) -> tuple[Any, int]:
    """The newest first."""
    return page_of(GIFTS, asked_of(GIFTS, {"state": state}, actor), actor, page, page_size)


@routes.get("/funds/payouts", needs=MANAGE, summary=_l("Payouts"), query=PayoutsAsked,
            items=PayoutOut)  # fmt: skip
def payouts(actor: Actor, state: str, page: int, page_size: int) -> tuple[Any, int]:
    """The newest first."""
    return page_of(PAYOUTS, asked_of(PAYOUTS, {"state": state}, actor), actor, page, page_size)


def _cut(found: Sequence[Any], page: int, page_size: int) -> tuple[Any, int]:
    return found[(page - 1) * page_size : page * page_size], len(found)


@routes.get("/funds/meetings", needs=MANAGE, summary=_l("Meetings of the committee"),
            items=MeetingOut)  # fmt: skip
def meetings(actor: Actor, page: int, page_size: int) -> tuple[Any, int]:
    """The last hundred, the newest first."""
    return _cut(queries.meetings(), page, page_size)


@routes.get("/funds/resolutions", needs=MANAGE, summary=_l("Resolutions of the committee"),
            items=ResolutionOut)  # fmt: skip
def resolutions(actor: Actor, page: int, page_size: int) -> tuple[Any, int]:
    """The last hundred, the newest first."""
    return _cut(queries.resolutions(), page, page_size)

"""Gifts by the code of their receipt or their number, payouts by what they are for, meetings by
their day or number.
"""

from __future__ import annotations

from flask import url_for

from saas.funds import lists, queries, words
from saas.funds.models import Gift
from saas.funds.permissions import MANAGE, RECEIVE
from saas.funds.views import yuan
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.search.declared import Finder, Hit


def _gifts(typed: str, actor: Actor, limit: int) -> list[Hit]:
    if not actor.may(RECEIVE):
        return []
    query = lists.every_gift(actor).where(queries.called(typed)).order_by(Gift.number.desc())
    return [Hit(f"№ {one.number}", url_for("funds.gift", code=one.code), yuan(one.amount))
            for one in queries.every(query.limit(limit))]  # fmt: skip


def _payouts(typed: str, actor: Actor, limit: int) -> list[Hit]:
    found = queries.payouts(queries.payout_called(typed))[:limit] if actor.may(MANAGE) else []
    return [Hit(one.what, url_for("funds.payout", code=one.code), yuan(one.amount))
            for one in found]  # fmt: skip


def _meetings(typed: str, actor: Actor, limit: int) -> list[Hit]:
    if not actor.may(MANAGE):
        return []
    return [Hit(f"№ {one.number} · {one.on}", url_for("funds.meeting", code=one.code),
                str(words.MEETING_STATE[one.state][1]))
            for one in queries.meetings(queries.meeting_called(typed))[:limit]]  # fmt: skip


FINDERS = (
    Finder("gifts", _l("Gifts"), _gifts, 44),
    Finder("payouts", _l("Payouts"), _payouts, 45),
    Finder("meetings", _l("Meetings of the committee"), _meetings, 47),
)

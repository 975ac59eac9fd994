"""Gifts of goods by the code of their receipt, their number or what they are; never who gave."""

from __future__ import annotations

from flask import url_for

from saas.funds import queries as funds
from saas.funds.permissions import RECEIVE
from saas.goods import lists, queries, words
from saas.goods.models import Goods
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.search.declared import Finder, Hit


def _goods(typed: str, actor: Actor, limit: int) -> list[Hit]:
    if not actor.may(RECEIVE):
        return []
    query = lists.every_goods(actor).where(queries.called(typed)).order_by(Goods.number.desc())
    return [Hit(f"№ {one.number} · {one.what}", url_for("goods.record", code=one.code),
                words.quantity(one.quantity, one.unit))
            for one in funds.every(query.limit(limit))]  # fmt: skip


GOODS = Finder("goods", _l("Gifts of goods"), _goods, 49)

"""What goods put on the start page."""

from __future__ import annotations

from flask import url_for

from saas.funds.permissions import RECEIVE
from saas.goods import queries
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.workbench.declared import Card, Count, Found


def _goods(actor: Actor) -> Found | None:
    past, soon, second = queries.waiting()
    counts = [
        Count(number, word, url, tone)
        for number, word, url, tone in (
            (past, _l("past their best-before day, and still there"),
             url_for("goods.every", due="past"), "late"),
            (soon, _l("with a best-before day that is near"),
             url_for("goods.every", due="soon"), "warn"),
            (second, _l("to be written off: a second person confirms it"),
             url_for("goods.every", waits="1"), "warn"),
        )
        if number
    ]  # fmt: skip
    return Found(counts) if counts else None


CARDS = (Card("goods", _l("Gifts of goods"), RECEIVE, 30, _goods),)

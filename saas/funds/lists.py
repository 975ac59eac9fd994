"""Gifts and payouts as lists. Of who gave there is what may be shown, and nothing to find it by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import url_for

from saas.funds import queries, words
from saas.funds.models import Gift, Payout
from saas.funds.origins import origins
from saas.funds.views import yuan
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import shown_code
from saas.listing.declared import Cell, Choice, Column, Filter, Listing, Search, Values


@dataclass(frozen=True, slots=True)
class Row:
    """A gift in a list."""

    gift: Gift
    state: str
    purpose: str
    campaign: str


def _rows(found: Sequence[Gift], actor: Actor | None = None) -> list[Row]:
    states = queries.states([one.id for one in found])
    names = {one.id: say(one.name) for one in queries.purposes().values()}
    known = {one.code: one.name for one in origins({one.campaign for one in found if one.campaign})}
    return [Row(one, states[one.id], names[one.purpose_id], known.get(one.campaign or "", ""))
            for one in found]  # fmt: skip


def every_gift(actor: Actor) -> sa.Select[tuple[Gift]]:
    """The fund is one: who takes gifts sees all of them."""
    return sa.select(Gift)


def _purposes(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(str(one.id), say(one.name)) for one in queries.purposes().values()]


def _by_purpose(model: type[Gift | Payout]) -> Filter:
    return Filter("purpose", _l("Purpose"), lambda key: model.purpose_id == int(key), _purposes,
                  kind="select", every=_l("every purpose"))  # fmt: skip


#: Stands in every file, as on every page.
_BESIDE: Column[Any] = Column("beside", _l("What this file is"), lambda row: str(words.BESIDE),
                              drawn=False)  # fmt: skip
GIFTS = Listing[Row](
    endpoint="funds.gifts",
    words=_l("Gifts"),
    query=every_gift,
    rows=_rows,
    order=(Gift.number.desc(),),
    search=Search(_l("Code of a receipt, number, campaign"), queries.called),
    filters=(
        Filter("state", _l("State"), queries.stands, lambda actor, values: [
            Choice(code, word) for code, (_tone, word) in words.GIFT_STATE.items()]),
        Filter("way", _l("Way"), lambda way: Gift.way == way, lambda actor, values: [
            Choice(code, word) for code, word in words.WAY.items()], kind="select",
            every=_l("every way")),
        _by_purpose(Gift),
    ),
    columns=(
        Column("number", _l("Number of the gift"), lambda row: Cell(
            f"№ {row.gift.number}", note=shown_code(row.gift.code),
            url=url_for("funds.gift", code=row.gift.code)), Gift.number),
        Column("on", _l("Given on"), lambda row: row.gift.received_on.isoformat(),
               Gift.received_on, narrow=True),
        Column("amount", _l("Yuan"), lambda row: yuan(row.gift.amount), Gift.amount, narrow=True),
        Column("purpose", _l("Purpose"), lambda row: row.purpose),
        Column("way", _l("Way"), lambda row: str(words.WAY[row.gift.way])),
        Column("shown", _l("Who gives, as shown"), lambda row: row.gift.shown),
        Column("campaign", _l("Campaign"), lambda row: row.campaign),
        Column("state", _l("State"), lambda row: Cell(
            str(words.GIFT_STATE[row.state][1]), tone=words.GIFT_STATE[row.state][0])),
        _BESIDE,
    ),
    key=lambda row: row.gift.code,
)  # fmt: skip
PAYOUTS = Listing[Payout](
    endpoint="funds.payouts",
    words=_l("Payouts"),
    query=lambda actor: sa.select(Payout),
    rows=lambda found, actor: found,
    order=(Payout.id.desc(),),
    search=Search(_l("What for, or a code"), queries.payout_called),
    filters=(
        Filter("state", _l("State"), lambda state: Payout.state == state, lambda actor, values: [
            Choice(code, word) for code, (_tone, word) in words.STATE.items()]),
        _by_purpose(Payout),
        Filter("untold", _l("Not yet told what it did"), lambda yes: queries.untold(),
               kind="hidden", read=lambda text: text or None),
    ),
    columns=(
        Column("what", _l("What for?"), lambda one: Cell(
            one.what, note=one.payee, url=url_for("funds.payout", code=one.code))),
        Column("amount", _l("Yuan"), lambda one: yuan(one.amount), Payout.amount, narrow=True),
        Column("on", _l("Posted on"), lambda one: str(one.posted_on or ""), Payout.posted_on,
               narrow=True),
        Column("state", _l("State"), lambda one: Cell(
            str(words.STATE[one.state][1]), tone=words.STATE[one.state][0])),
        _BESIDE,
    ),
    key=lambda one: one.code,
)  # fmt: skip

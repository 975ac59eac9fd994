"""Gifts of goods as a list. Of who gave there is what may be shown, and nothing to find it by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import url_for

from saas.funds import queries as funds
from saas.funds.views import yuan
from saas.goods import queries, rules, words
from saas.goods.models import Goods, Move
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import shown_code
from saas.listing.declared import Cell, Choice, Column, Filter, Listing, Search


@dataclass(frozen=True, slots=True)
class Row:
    """A gift, the last move of its chain, and what it is for."""

    goods: Goods
    tip: Move
    purpose: str

    @property
    def state(self) -> str:
        """Whether something is left, nothing is, or it is void."""
        return "void" if self.tip.verb == "void" else "there" if self.tip.after else "gone"

    @property
    def due(self) -> str:
        """Whether what is left is past its day or near it: past, soon, or ""."""
        return rules.freshness(self.goods.best_before, clock.today()) if self.tip.after else ""


def rows_of(found: Sequence[Goods], actor: Actor | None = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    tips = queries.tips([one.id for one in found])
    names = {one.id: say(one.name) for one in funds.purposes().values()}
    return [Row(one, tips[one.id], names[one.purpose_id]) for one in found]


def every_goods(actor: Actor) -> sa.Select[tuple[Goods]]:
    """The fund is one: who takes gifts sees all of them."""
    return sa.select(Goods)


def best_before(row: Row) -> Cell:
    """The day with its state, where what is left is past it or near it."""
    day = str(row.goods.best_before or "")
    if not row.due:
        return Cell(day)
    tone, word = words.DUE[row.due]
    return Cell(f"{day} · {word}", tone=tone)


def _chosen(said: Mapping[str, tuple[str, object]]) -> list[Choice]:
    return [Choice(code, word) for code, (_tone, word) in said.items()]


GOODS = Listing[Row](
    endpoint="goods.every",
    words=_l("Gifts of goods"),
    query=every_goods,
    rows=rows_of,
    order=(Goods.number.desc(),),
    search=Search(_l("Code of a receipt, number, what it is"), queries.called),
    filters=(
        Filter("state", _l("State"), queries.stands, lambda actor, values: _chosen(words.STATE)),
        Filter("due", _l("Best before"), queries.is_due,
               lambda actor, values: _chosen(words.DUE)),
        Filter("kind", _l("Kind of goods"), lambda kind: Goods.kind == kind,
               lambda actor, values: [Choice(*one) for one in words.KIND.items()], kind="select",
               every=_l("every kind")),
        Filter("waits", _l("To be written off"), lambda yes: queries.waits(), kind="hidden",
               read=lambda text: text or None),
    ),
    columns=(
        Column("number", _l("Gift of goods"), lambda row: Cell(
            f"№ {row.goods.number} · {row.goods.what}", note=shown_code(row.goods.code),
            url=url_for("goods.record", code=row.goods.code)), Goods.number),
        Column("on", _l("Given on"), lambda row: row.goods.received_on.isoformat(),
               Goods.received_on, narrow=True),
        Column("kind", _l("Kind of goods"), lambda row: str(words.KIND[row.goods.kind]),
               drawn=False),
        Column("came", _l("Quantity in"),
               lambda row: words.quantity(row.goods.quantity, row.goods.unit), narrow=True),
        Column("left", _l("In stock now"),
               lambda row: words.quantity(row.tip.after, row.goods.unit), narrow=True),
        Column("best_before", _l("Best before"), best_before, Goods.best_before, narrow=True),
        Column("place", _l("Where it lies"), lambda row: row.goods.place),
        Column("purpose", _l("Purpose"), lambda row: row.purpose, drawn=False),
        Column("worth", _l("Worth in yuan, by paper"), lambda row: Cell(
            yuan(row.goods.worth), note=str(words.SOURCE[row.goods.source]))
            if row.goods.worth is not None else Cell(""), drawn=False),
        Column("shown", _l("Who gives, as shown"), lambda row: row.goods.shown, drawn=False),
        Column("state", _l("State"), lambda row: Cell(
            str(words.STATE[row.state][1]), tone=words.STATE[row.state][0])),
        Column("beside", _l("What this file is"),
               lambda row: f"{words.WORTH} · {words.BESIDE}", drawn=False),
    ),
    key=lambda row: row.goods.code,
)  # fmt: skip

"""Gifts of goods, and what becomes of them, as tests need them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from saas.goods import commands, queries
from saas.goods.commands import Brought
from saas.goods.models import Asked, Goods, Move
from saas.kernel import clock
from tests.support import District


def brought(quantity: int = 10, **more: Any) -> Brought:
    """Rice, which nobody says what it is worth."""
    return Brought(**{
        "what": "大米", "kind": "food", "quantity": quantity, "unit": "bag", "condition": "new",
        "source": "none", "place": "爱心库房", "purpose": "hardship", "shown_as": "anonymous",
        "best_before": clock.today() + timedelta(days=90), **more,
    })  # fmt: skip


def came(district: District, quantity: int = 10, who: str = "keeper", **more: Any) -> Goods:
    """It lies there."""
    return commands.receive(district.unit("root"), brought(quantity, **more),
                            actor=district.actor(who))  # fmt: skip


def given(
    district: District, goods: Goods, quantity: int = 1, who: str = "keeper", **more: Any
) -> Move:
    """A part of it is given out."""
    told = {"words_": "困难家庭慰问", "heads": 6, "heads_as": "household", **more}
    return commands.give_out(goods, quantity=quantity, **told, actor=district.actor(who))


def asked(district: District, goods: Goods, quantity: int = 1, who: str = "keeper") -> Asked:
    """Somebody asks to write a part of it off."""
    return commands.ask_off(goods, quantity=quantity, why="spoiled", words_="受潮",
                            actor=district.actor(who))  # fmt: skip


def answered(
    district: District, goods: Goods, one: Asked, who: str = "street", **more: Any
) -> Move:
    """Another answers."""
    told = {"confirm": True, **more}
    return commands.answer(one, goods, **told, actor=district.actor(who))


def counted(district: District, goods: Goods, found: int, words: str = "少记一袋") -> Move:
    """So many lie there."""
    return commands.count(goods, found=found, words_=words, actor=district.actor("keeper"))


def voided(district: District, goods: Goods, who: str = "street") -> Move:
    """It was a mistake."""
    return commands.void(goods, words_="重复登记", actor=district.actor(who))


def left(goods: Goods) -> int:
    """How much lies there, when the sum of its moves says the same."""
    tip = queries.tips([goods.id])[goods.id]
    assert tip.after == sum(one.amount for one in queries.moves_of(goods))
    return int(tip.after)

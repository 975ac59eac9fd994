"""Every read of goods; what lies there is what the chains of moves say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from saas.funds import queries as funds
from saas.goods import rules
from saas.goods.models import Asked, Goods, Move
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.naming import Named
from saas.kernel.shortcodes import read_code

Condition = sa.ColumnElement[bool]


def goods_by_code(text: str) -> Goods:
    """A gift by the code of its receipt, however it was typed; else `NotFound`."""
    query = sa.select(Goods).where(Goods.code == (read_code(text) or ""))
    return funds.got(session.scalar(query))


def asked_of(goods: Goods, number: int) -> Asked:
    """What somebody asks to write off of a gift; else `NotFound`."""
    query = sa.select(Asked).where(Asked.id == number, Asked.goods_id == goods.id)
    return funds.got(session.scalar(query))


def tips(ids: Collection[int]) -> Mapping[int, Move]:
    """The last move of each gift."""
    query = sa.select(Move).where(Move.goods_id.in_(ids)).distinct(Move.goods_id)
    found = funds.every(query.order_by(Move.goods_id, Move.number.desc())) if ids else ()
    return {one.goods_id: one for one in found}


def moves_of(goods: Goods) -> Sequence[Move]:
    """What became of a gift, in its order."""
    return funds.every(sa.select(Move).where(Move.goods_id == goods.id).order_by(Move.number))


def _moved(verb: str) -> Condition:
    move = sa.orm.aliased(Move)
    return sa.select(move.id).where(move.goods_id == Goods.id, move.verb == verb).exists()


def _left() -> Condition:
    move, last = sa.orm.aliased(Move), sa.orm.aliased(Move)
    later = sa.select(last.id).where(
        last.goods_id == move.goods_id, last.before_number == move.number
    )
    here = sa.select(move.id).where(move.goods_id == Goods.id, move.after > 0, ~later.exists())
    return here.exists()


def stands(state: str) -> Condition:
    """A condition: something is left of a gift, nothing is, or it is void."""
    if state == "void":
        return _moved("void")
    return _left() if state == "there" else sa.and_(~_left(), ~_moved("void"))


def is_due(when: str) -> Condition:
    """A condition: what is left is past its day, or near it."""
    today = clock.today()
    past = Goods.best_before < today
    near = Goods.best_before.between(today, today + rules.SOON)
    return sa.and_(past if when == "past" else near, _left())


def _open() -> Condition:
    answered = sa.select(Move.id).where(Move.asked_id == Asked.id)
    over = sa.select(Move.id).where(Move.goods_id == Asked.goods_id, Move.verb == "void")
    return sa.and_(~answered.exists(), ~over.exists())


def waits() -> Condition:
    """A condition: somebody asks to write something of it off, and nobody has answered."""
    return sa.select(Asked.id).where(Asked.goods_id == Goods.id, _open()).exists()


def asked(goods: Goods) -> Sequence[Asked]:
    """What is asked to be written off of a gift, and not answered."""
    query = sa.select(Asked).where(Asked.goods_id == goods.id, _open())
    return funds.every(query.order_by(Asked.id))


def losses_of(moves: Sequence[Move]) -> Mapping[int, Asked]:
    """What was asked before moves that answer it."""
    ids = [one.asked_id for one in moves if one.asked_id]
    found = funds.every(sa.select(Asked).where(Asked.id.in_(ids))) if ids else ()
    return {one.id: one for one in found}


def called(words: str) -> Condition:
    """A condition: a gift by its code, its number, or what it is; never by who gave."""
    number = int(words) if words.isdecimal() and len(words) < 10 else 0
    return sa.or_(
        Goods.code == (read_code(words) or ""), Goods.number == number,
        Goods.what.icontains(words.strip(), autoescape=True),
    )  # fmt: skip


def names(ids: Collection[int]) -> Mapping[int, Named]:
    """Gifts by their ids: the number, never who gave."""
    query = sa.select(Goods.id, Goods.number, Goods.code).where(Goods.id.in_(ids))
    return {key: (f"№ {number}", {"code": code}) for key, number, code in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Total:
    """A kind of goods by one unit: what came, what counting put right, what was given out and
    written off, what is left.
    """

    kind: str
    unit: str
    came: int
    counted: int
    out: int
    off: int
    left: int

    @property
    def check(self) -> int:
        """What must be nothing."""
        return self.came + self.counted - self.out - self.off - self.left


def totals() -> list[Total]:
    """Sums of moves by kind and unit; without what was void."""

    def sum_of(verb: str) -> Any:
        whole = sa.func.sum(sa.func.abs(Move.amount) if verb != "count" else Move.amount)
        return sa.func.coalesce(whole.filter(Move.verb == verb), 0)

    query = (
        sa.select(Goods.kind, Goods.unit, *map(sum_of, ("in", "count", "out", "off")),
                  sa.func.sum(Move.amount))
        .join(Move, Move.goods_id == Goods.id)
        .where(~_moved("void"))
        .group_by(Goods.kind, Goods.unit)
    )  # fmt: skip
    found = [Total(kind, unit, *map(int, sums)) for kind, unit, *sums in session.execute(query)]
    return sorted(found, key=lambda one: (rules.KINDS.index(one.kind), one.unit))


def worth() -> tuple[Decimal, int]:
    """What givers say that their gifts are worth, and how many gifts claim no worth."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Goods.worth), 0),
                      sa.func.count().filter(Goods.worth.is_(None)))  # fmt: skip
    total, unclaimed = session.execute(query.where(~_moved("void"))).one()
    return Decimal(total), unclaimed


def given_out(most: int) -> list[tuple[Move, Goods]]:
    """What was given out last, to more than a few."""
    query = sa.select(Move, Goods).join(Goods, Goods.id == Move.goods_id)
    query = query.where(Move.verb == "out", Move.heads >= rules.FEW).order_by(Move.id.desc())
    return [(move, goods) for move, goods in session.execute(query.limit(most))]


def waiting() -> tuple[int, int, int]:
    """How many gifts are past their day, near it, and wait for a second person."""
    query = sa.select(*(sa.func.count().filter(one)
                        for one in (is_due("past"), is_due("soon"), waits())))  # fmt: skip
    past, soon, second = session.execute(query.select_from(Goods)).one()
    return past, soon, second

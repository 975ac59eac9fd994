"""What templates show of goods, every word ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from saas.accounts import queries as people
from saas.goods import lists, queries, words
from saas.goods.lists import Row
from saas.goods.models import Asked, Goods
from saas.kernel.domain import Link
from saas.kernel.i18n import say
from saas.kernel.shortcodes import shown_code
from saas.rooms import queries as rooms


@dataclass(frozen=True, slots=True)
class Line:
    """A move in words. ``heads`` is to how many something was given, 0 where it was not."""

    at: datetime
    verb: str
    what: str
    words: str
    who: str
    heads: int
    to: str
    after: str


@dataclass(frozen=True, slots=True)
class Record:
    """A gift with its story; ``asked`` are those of its parts that wait for a second person."""

    row: Row
    code: str
    place: Link
    lines: Sequence[Line]
    asked: Sequence[tuple[Asked, str, str]]
    used: str
    left: str
    came: str


def record_of(goods: Goods) -> Record:
    """Everything that a page shows of a gift; never who gave."""
    (row,), moves, asked = lists.rows_of([goods]), queries.moves_of(goods), queries.asked(goods)
    names = people.names_of([*(one.by_id for one in moves), *(one.by_id for one in asked)])
    losses = queries.losses_of(moves)

    def line(move: queries.Move) -> Line:
        loss = losses.get(move.asked_id or 0)
        because = f"{words.LOSS[loss.why]} · {loss.words}" if loss and move.verb == "off" else ""
        amount = words.quantity(abs(move.amount), goods.unit) if move.amount else ""
        signed = f"{'+' if move.amount > 0 else '−'} {amount}" if amount else ""
        return Line(
            move.at, move.verb, f"{words.DONE[move.verb]} {signed}".strip(),
            because or move.words, str(names.get(move.by_id) or ""), move.heads or 0,
            words.heads(move.heads, move.heads_as) if move.heads and move.heads_as else "",
            words.quantity(move.after, goods.unit),
        )  # fmt: skip

    return Record(
        row=row, code=shown_code(goods.code), place=_place(goods.place),
        lines=[line(one) for one in moves],
        asked=[(one, words.quantity(one.quantity, goods.unit), str(names.get(one.by_id) or ""))
               for one in asked],
        used=words.quantity(row.tip.given_after, goods.unit),
        left=words.quantity(row.tip.after, goods.unit),
        came=words.quantity(goods.quantity, goods.unit),
    )  # fmt: skip


def _place(text: str) -> Link:
    """Where it lies: the room of this code, or words."""
    if street := rooms.first_street():
        for room in rooms.rooms_named(street, [text]):
            return Link(say(room.name), url_for("rooms.show", street=street.code, code=room.code))
    return Link(text)

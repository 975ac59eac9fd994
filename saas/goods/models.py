"""Gifts of goods, who gave them, what was asked to be written off, the chains of their stock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas import ledger
from saas.funds.rules import SHOWN
from saas.goods import rules
from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.ledger import foreign
from saas.ledger.models import AMOUNT

_PERSON, _WHEN = "people.id", sa.DateTime(timezone=True)
_GIFTS, _ASKED, _MOVES = "goods_gifts", "goods_asked", "goods_moves"


def _among(name: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(sa.column(name).in_(values), name=name)


class Goods(TenantModel):
    """A gift as it was brought; nothing of it ever changes. ``quantity`` counts whole ``unit``s,
    ``worth`` is yuan for all of it, by the ``source`` that its giver has.
    """

    __tablename__ = _GIFTS
    __table_args__ = (
        *ledger.numbered(_GIFTS),
        sa.UniqueConstraint("id", "quantity", name=f"uq_{_GIFTS}_quantity"),
        _among("kind", rules.KINDS),
        _among("unit", rules.UNITS),
        _among("condition", rules.CONDITIONS),
        _among("source", rules.SOURCES),
        _among("shown_as", SHOWN),
        sa.CheckConstraint("quantity > 0", name="quantity"),
        sa.CheckConstraint("(source = 'none') = (worth IS NULL)", name="claimed"),
        sa.CheckConstraint("worth > 0", name="worth"),
        sa.CheckConstraint(
            "kind <> 'food' OR best_before IS NOT NULL AND condition = 'new'", name="food"
        ),
        sa.CheckConstraint("(shown_as = 'anonymous') = (shown = '')", name="shown"),
        sa.CheckConstraint("shown_as <> 'initial' OR length(shown) = 1", name="initial"),
        APPEND_ONLY,
    )

    number: Mapped[int]
    before_number: Mapped[int | None]
    code: Mapped[str] = mapped_column(sa.String(26), unique=True)
    submission: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    what: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(10))
    quantity: Mapped[int]
    unit: Mapped[str] = mapped_column(sa.String(10))
    condition: Mapped[str] = mapped_column(sa.String(10))
    best_before: Mapped[date | None] = mapped_column(index=True)
    worth: Mapped[Any | None] = mapped_column(AMOUNT)
    source: Mapped[str] = mapped_column(sa.String(10))
    place: Mapped[str] = mapped_column(sa.String(60))
    purpose_id: Mapped[int] = mapped_column(sa.ForeignKey("fund_purposes.id"))
    shown_as: Mapped[str] = mapped_column(sa.String(10))
    shown: Mapped[str] = mapped_column(sa.String(60))
    received_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Giver(TenantModel):
    """Who gave, for the host and the law alone: sealed, and joined to nothing but the one gift."""

    __tablename__ = "goods_givers"

    goods_id: Mapped[int] = mapped_column(sa.ForeignKey(f"{_GIFTS}.id"), unique=True)
    name: Mapped[str] = mapped_column(Sealed)
    phone: Mapped[str] = mapped_column(Sealed)


class Asked(TenantModel):
    """Somebody asks to write a part of a gift off; another person answers it by a move."""

    __tablename__ = _ASKED
    __table_args__ = (
        _among("why", rules.LOSSES),
        sa.CheckConstraint("quantity > 0", name="quantity"),
        sa.UniqueConstraint("id", "goods_id", "by_id", name=f"uq_{_ASKED}_by"),
        sa.UniqueConstraint("id", "quantity", name=f"uq_{_ASKED}_quantity"),
        APPEND_ONLY,
    )

    goods_id: Mapped[int] = mapped_column(sa.ForeignKey(f"{_GIFTS}.id"), index=True)
    quantity: Mapped[int]
    why: Mapped[str] = mapped_column(sa.String(10))
    words: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))


def _chained() -> tuple[Any, ...]:
    """Never below nothing. A count takes nothing away, what is missing two write off; the counts
    of the first days stay as they were written. A chain begins with what came, counts what was
    given out, and ends with the void that can come while nothing was.
    """
    return (
        *ledger.chain(_MOVES, "goods_id"),
        sa.CheckConstraint("after >= 0", name="stock"),
        sa.CheckConstraint(
            "(number = 1) = (verb = 'in') AND CASE WHEN verb = 'in' THEN amount > 0"
            " WHEN verb IN ('out', 'off') THEN amount < 0 WHEN verb = 'keep' THEN amount = 0"
            " WHEN verb = 'void' THEN after = 0"
            " WHEN verb = 'count' THEN amount >= 0 OR at < TIMESTAMPTZ '2026-11-30 00:00+00' END",
            name="way",
        ),
        sa.CheckConstraint(
            "given_after = given_before - CASE verb WHEN 'out' THEN amount ELSE 0 END"
            " AND (number > 1 OR given_before = 0)",
            name="given",
        ),
        sa.CheckConstraint("verb <> 'void' OR given_before = 0", name="void"),
        sa.UniqueConstraint("goods_id", "number", "given_after", name=f"uq_{_MOVES}_given"),
        sa.UniqueConstraint("goods_id", "number", "is_open", name=f"uq_{_MOVES}_open"),
        foreign(_MOVES, "given", ("goods_id", "before_number", "given_before"), _MOVES,
                ("goods_id", "number", "given_after")),
        foreign(_MOVES, "open", ("goods_id", "before_number", "before_open"), _MOVES,
                ("goods_id", "number", "is_open")),
    )  # fmt: skip


class Move(TenantModel):
    """What became of a gift. ``amount`` came to what lies there, or left it where it is negative;
    ``given_after`` is how much was given out until then.
    """

    __tablename__ = _MOVES
    __table_args__ = (
        *_chained(),
        _among("verb", rules.VERBS),
        _among("heads_as", rules.HEADS),
        sa.CheckConstraint(
            "num_nonnulls(heads, heads_as) = CASE verb WHEN 'out' THEN 2 ELSE 0 END"
            " AND num_nonnulls(asked_id, asked_by)"
            " = CASE WHEN verb IN ('off', 'keep') THEN 2 ELSE 0 END",
            name="says",
        ),
        sa.CheckConstraint("heads > 0", name="heads"),
        sa.CheckConstraint(
            "words <> '' OR verb IN ('in', 'off') OR verb = 'count' AND amount = 0", name="why"
        ),
        sa.CheckConstraint("verb <> 'off' OR by_id <> asked_by", name="two_people"),
        sa.UniqueConstraint("asked_id", name=f"uq_{_MOVES}_asked"),
        foreign(_MOVES, "came", ("goods_id", "came"), _GIFTS, ("id", "quantity")),
        foreign(_MOVES, "asked", ("asked_id", "goods_id", "asked_by"), _ASKED,
                ("id", "goods_id", "by_id")),
        foreign(_MOVES, "lost", ("asked_id", "lost"), _ASKED, ("id", "quantity")),
        APPEND_ONLY,
    )  # fmt: skip

    goods_id: Mapped[int] = mapped_column(sa.ForeignKey(f"{_GIFTS}.id"))
    number: Mapped[int]
    before_number: Mapped[int | None]
    before: Mapped[int]
    amount: Mapped[int]
    after: Mapped[int]
    verb: Mapped[str] = mapped_column(sa.String(10))
    words: Mapped[str] = mapped_column(sa.String(200), server_default="")
    heads: Mapped[int | None]
    heads_as: Mapped[str | None] = mapped_column(sa.String(10))
    asked_id: Mapped[int | None]
    asked_by: Mapped[int | None]
    given_before: Mapped[int]
    given_after: Mapped[int]
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    came: Mapped[int | None] = mapped_column(
        sa.BigInteger, sa.Computed("CASE verb WHEN 'in' THEN amount END", persisted=True)
    )
    lost: Mapped[int | None] = mapped_column(
        sa.BigInteger, sa.Computed("CASE verb WHEN 'off' THEN -amount END", persisted=True)
    )
    is_open: Mapped[bool] = mapped_column(sa.Boolean, sa.Computed("verb <> 'void'", persisted=True))
    before_open: Mapped[bool] = mapped_column(
        sa.Boolean, sa.Computed("before_number IS NOT NULL", persisted=True)
    )

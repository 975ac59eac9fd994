"""Columns of accounts and entries, and the constraints by which a wrong row cannot be stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

#: How amounts are kept: with two places, up to 999,999,999,999.99.
AMOUNT = sa.Numeric(14, 2)


class AccountColumns:
    """Where something lies. No transfer joins accounts of two books. Only an account that
    ``may_overdraw`` goes below nothing: what came in from outside, and a source.
    """

    code: Mapped[str] = mapped_column(sa.String(80), unique=True)
    book: Mapped[str] = mapped_column(sa.String(10))
    may_overdraw: Mapped[bool] = mapped_column(server_default=sa.false())


class EntryColumns:
    """One side of a transfer: ``amount`` came to the account, or left it where it is negative.

    ``number`` counts within the account, ``before`` and ``after`` are what lay there. ``on`` is the
    day in the books, ``at`` the moment of writing. A reversal names the ``key`` it ``reverses`` and
    its ``reason``. The table is `APPEND_ONLY`.
    """

    key: Mapped[str] = mapped_column(sa.String(80))
    kind: Mapped[str] = mapped_column(sa.String(20), index=True)
    book: Mapped[str] = mapped_column(sa.String(10))
    account_id: Mapped[int]
    other_id: Mapped[int]
    number: Mapped[int]
    before_number: Mapped[int | None]
    before: Mapped[Any] = mapped_column(AMOUNT)
    amount: Mapped[Any] = mapped_column(AMOUNT)
    after: Mapped[Any] = mapped_column(AMOUNT)
    opposite: Mapped[Any] = mapped_column(AMOUNT, sa.Computed("-amount", persisted=True))
    may_overdraw: Mapped[bool]
    reverses: Mapped[str | None] = mapped_column(sa.String(80))
    reason: Mapped[str | None] = mapped_column(sa.String(300))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[int | None]


def account_args(table: str) -> tuple[Any, ...]:
    """What entries hold on to: an account keeps its book and whether it may be overdrawn."""
    return (
        sa.UniqueConstraint("id", "book", name=f"uq_{table}_book"),
        sa.UniqueConstraint("id", "may_overdraw", name=f"uq_{table}_overdraw"),
    )


def entry_args(table: str, accounts: str) -> tuple[Any, ...]:
    """Everything by which the database refuses an entry.

    The mirror is asked for when the transaction ends: both sides are there by then, or neither.
    """
    own, mirror = ("key", "account_id", "other_id"), ("key", "other_id", "account_id")
    return (
        *chain(table, "account_id"),
        sa.CheckConstraint("may_overdraw OR after >= 0", name="overdraft"),
        sa.CheckConstraint("amount <> 0", name="something"),
        sa.CheckConstraint("account_id <> other_id", name="two_sides"),
        sa.CheckConstraint("reverses IS NULL OR reason IS NOT NULL", name="why"),
        sa.UniqueConstraint("key", "account_id", name=f"uq_{table}_once"),
        sa.UniqueConstraint(*own, "amount", name=f"uq_{table}_side"),
        sa.UniqueConstraint("reverses", "account_id", name=f"uq_{table}_reversed"),
        foreign(table, "mirror", (*mirror, "opposite"), table, (*own, "amount"), late=True),
        foreign(table, "reverses", ("reverses", "account_id", "other_id", "opposite"),
                 table, (*own, "amount")),
        foreign(table, "book", ("account_id", "book"), accounts, ("id", "book")),
        foreign(table, "other_book", ("other_id", "book"), accounts, ("id", "book")),
        foreign(table, "overdraw", ("account_id", "may_overdraw"), accounts,
                 ("id", "may_overdraw")),
    )  # fmt: skip


def foreign(
    table: str, name: str, own: tuple[str, ...], other: str, theirs: tuple[str, ...],
    *, late: bool = False,
) -> sa.ForeignKeyConstraint:  # fmt: skip
    """``own`` columns of a table point at ``theirs`` of another, under a name of its own. ``late``:
    it is asked when the transaction ends.
    """
    when: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"} if late else {}
    return sa.ForeignKeyConstraint(
        own, [f"{other}.{one}" for one in theirs], name=f"fk_{table}_{name}", **when
    )


def chain(
    table: str, owner: str, prefix: str = "", *, step: str = "amount", first: str = "0"
) -> tuple[Any, ...]:
    """The rows of one ``owner`` in their order: each takes up what the one before it left.

    The table has ``number``, ``before_number``, ``before`` and ``after`` with ``prefix``; ``step``
    is what a row adds, ``first`` what was there before the first one.
    """
    number, behind, before, after = (
        f"{prefix}{name}" for name in ("number", "before_number", "before", "after")
    )
    return (
        sa.CheckConstraint(f"{after} = {before} + ({step})", name=f"{prefix}sum"),
        sa.CheckConstraint(
            f"{owner} IS NULL OR {number} >= 1 AND CASE WHEN {number} = 1 THEN {behind} IS NULL"
            f" AND {before} = {first}"
            f" ELSE {behind} IS NOT NULL AND {behind} = {number} - 1 END",
            name=f"{prefix}follows",
        ),
        sa.UniqueConstraint(owner, number, name=f"uq_{table}_{prefix}number"),
        sa.UniqueConstraint(owner, number, after, name=f"uq_{table}_{prefix}chain"),
        foreign(table, f"{prefix}chain", (owner, behind, before), table, (owner, number, after)),
    )  # fmt: skip


def numbered(table: str) -> tuple[Any, ...]:
    """Numbers without a gap over a whole table: ``number`` and ``before_number``."""
    return (
        sa.CheckConstraint(
            "number >= 1 AND CASE WHEN number = 1 THEN before_number IS NULL"
            " ELSE before_number IS NOT NULL AND before_number = number - 1 END",
            name="follows",
        ),
        sa.UniqueConstraint("number", name=f"uq_{table}_number"),
        foreign(table, "before", ("before_number",), table, ("number",)),
    )

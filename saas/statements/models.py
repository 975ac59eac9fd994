"""Months of the host's statement, their lines, what each line is, and what was closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas import ledger
from saas.kernel.crypto import Sealed
from saas.kernel.db import APPEND_ONLY, TenantModel
from saas.ledger import foreign
from saas.ledger.models import AMOUNT
from saas.statements import rules

_PERSON, _WHEN = "people.id", sa.DateTime(timezone=True)
_MONTHS, _LINES, _ACTS = "statement_months", "statement_lines", "statement_acts"


class Month(TenantModel):
    """A month as the bank tells it, by its first day. It takes up what the month before it left,
    and one alone can follow.
    """

    __tablename__ = _MONTHS
    __table_args__ = (
        sa.CheckConstraint("extract(day FROM month) = 1", name="first_day"),
        sa.CheckConstraint(
            "before_month IS NULL OR before_month + interval '1 month' = month", name="follows"
        ),
        sa.CheckConstraint("lines >= 0", name="lines"),
        sa.UniqueConstraint("before_month", name=f"uq_{_MONTHS}_before",
                            postgresql_nulls_not_distinct=True),
        sa.UniqueConstraint("month", "closing", name=f"uq_{_MONTHS}_chain"),
        sa.UniqueConstraint("month", "opening", "lines", name=f"uq_{_MONTHS}_lines"),
        sa.UniqueConstraint("month", "opening", "closing", "lines", name=f"uq_{_MONTHS}_whole"),
        sa.UniqueConstraint("month", "by_id", name=f"uq_{_MONTHS}_by"),
        foreign(_MONTHS, "chain", ("before_month", "opening"), _MONTHS, ("month", "closing")),
        APPEND_ONLY,
    )  # fmt: skip

    month: Mapped[date] = mapped_column(unique=True)
    before_month: Mapped[date | None]
    opening: Mapped[Any] = mapped_column(AMOUNT)
    closing: Mapped[Any] = mapped_column(AMOUNT)
    lines: Mapped[int]
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    sample: Mapped[bool] = mapped_column(server_default=sa.false())


class Line(TenantModel):
    """A line: ``amount`` came in, or went out where it is negative; ``after`` is the balance."""

    __tablename__ = _LINES
    __table_args__ = (
        *ledger.chain(_LINES, "month", first="opening"),
        sa.CheckConstraint("number <= lines", name="lines"),
        sa.CheckConstraint("amount <> 0", name="something"),
        sa.CheckConstraint('"on" >= month AND "on" < month + interval \'1 month\'', name="day"),
        sa.UniqueConstraint("id", "month", "amount", name=f"uq_{_LINES}_amount"),
        foreign(_LINES, "month", ("month", "opening", "lines"), _MONTHS,
                ("month", "opening", "lines")),
        APPEND_ONLY,
    )  # fmt: skip

    month: Mapped[date]
    opening: Mapped[Any] = mapped_column(AMOUNT)
    lines: Mapped[int]
    number: Mapped[int]
    before_number: Mapped[int | None]
    before: Mapped[Any] = mapped_column(AMOUNT)
    amount: Mapped[Any] = mapped_column(AMOUNT)
    after: Mapped[Any] = mapped_column(AMOUNT)
    on: Mapped[date]
    reference: Mapped[str | None] = mapped_column(sa.String(60), unique=True)


class Party(TenantModel):
    """What the bank writes of the other side of a line: sealed, read at that line alone."""

    __tablename__ = "statement_parties"

    line_id: Mapped[int] = mapped_column(sa.ForeignKey(f"{_LINES}.id"), unique=True)
    words: Mapped[str] = mapped_column(Sealed)


_THING: Final = (
    "CASE kind WHEN 'slip' THEN 'slip:' || slip WHEN 'payout' THEN 'payout:' || payout_id::text"
    " WHEN 'gift' THEN 'gift:' || gift_id::text WHEN 'refund' THEN 'refund:' || gift_id::text"
    " ELSE 'line:' || line_id::text END"
)


def _turns(owner: str) -> tuple[Any, ...]:
    """What is said of a line or a thing: a match, taken back, a match … each follows the last."""
    number, before = f"{owner}_number", f"{owner}_before"
    whose = "line_id" if owner == "line" else "thing"
    return (
        sa.CheckConstraint(
            f"CASE WHEN {number} IS NULL THEN {before} IS NULL ELSE {number} >= 1"
            f" AND (mod({number}, 2) = 1) = (verb = 'match')"
            f" AND coalesce({before}, 0) = {number} - 1 END",
            name=f"{owner}_turn",
        ),
        sa.UniqueConstraint(whose, number, name=f"uq_{_ACTS}_{owner}"),
        foreign(_ACTS, owner, (whose, before), _ACTS, (whose, number)),
    )


class Act(TenantModel):
    """What somebody said: a line is this thing (match), is not (back), a thing of the book is on
    its way (wait), the month is closed. Acts of a month are one chain that counts how many lines
    are explained; nothing follows a close.
    """

    __tablename__ = _ACTS
    __table_args__ = (
        *ledger.chain(
            _ACTS, "month", step="CASE verb WHEN 'match' THEN 1 WHEN 'back' THEN -1 ELSE 0 END"
        ),
        sa.CheckConstraint(sa.column("verb").in_(rules.VERBS), name="verb"),
        sa.CheckConstraint(sa.column("kind").in_(rules.KINDS), name="kind"),
        sa.CheckConstraint(
            "CASE verb WHEN 'close' THEN num_nonnulls(kind, line_id, line_number, thing_number) = 0"
            " WHEN 'wait' THEN num_nonnulls(line_id, line_number, thing_number) = 0"
            " AND kind IN ('slip', 'gift', 'payout', 'refund') AND note <> ''"
            " ELSE num_nonnulls(kind, line_id, amount, line_number, thing_number) = 5 END",
            name="says",
        ),
        sa.CheckConstraint(
            "(coalesce(kind, '') = 'slip') = (slip IS NOT NULL)"
            " AND (coalesce(kind, '') IN ('gift', 'refund')) = (gift_id IS NOT NULL)"
            " AND (coalesce(kind, '') = 'payout') = (payout_id IS NOT NULL)",
            name="what",
        ),
        sa.CheckConstraint(
            "amount IS NULL OR kind = 'other' OR (amount > 0) = (kind IN ('slip', 'gift',"
            " 'interest'))",
            name="way",
        ),
        sa.CheckConstraint(
            "note <> '' OR NOT (verb = 'back' OR verb = 'match' AND kind = 'other')", name="why"
        ),
        sa.CheckConstraint(
            "verb <> 'close' OR by_id <> imported_by AND by_id IS DISTINCT FROM before_by",
            name="two_people",
        ),
        *_turns("line"),
        *_turns("thing"),
        sa.UniqueConstraint("month", "number", "is_open", name=f"uq_{_ACTS}_open"),
        sa.UniqueConstraint("month", "number", "by_id", name=f"uq_{_ACTS}_by"),
        sa.UniqueConstraint("line_id", "line_number", "thing", name=f"uq_{_ACTS}_said"),
        sa.Index(f"uq_{_ACTS}_wait", "month", "thing", unique=True,
                 postgresql_where=sa.text("verb = 'wait'")),
        foreign(_ACTS, "open", ("month", "before_number", "before_open"), _ACTS,
                ("month", "number", "is_open")),
        foreign(_ACTS, "before_by", ("month", "before_number", "before_by"), _ACTS,
                ("month", "number", "by_id")),
        foreign(_ACTS, "imported_by", ("month", "imported_by"), _MONTHS, ("month", "by_id")),
        foreign(_ACTS, "amount", ("line_id", "month", "amount"), _LINES, ("id", "month", "amount")),
        foreign(_ACTS, "back", ("line_id", "line_before", "taken"), _ACTS,
                ("line_id", "line_number", "thing")),
        foreign(_ACTS, "gift_amount", ("gift_id", "gift_amount"), "fund_gifts", ("id", "amount")),
        foreign(_ACTS, "gift_state", ("gift_id", "needs"), "fund_gift_acts", ("gift_id", "state")),
        foreign(_ACTS, "payout_amount", ("payout_id", "paid"), "fund_payouts", ("id", "amount")),
        foreign(_ACTS, "posting", ("payout_id",), "fund_postings", ("payout_id",)),
        APPEND_ONLY,
    )  # fmt: skip

    month: Mapped[date]
    number: Mapped[int]
    before_number: Mapped[int | None]
    before: Mapped[int]
    after: Mapped[int]
    verb: Mapped[str] = mapped_column(sa.String(10))
    kind: Mapped[str | None] = mapped_column(sa.String(10))
    line_id: Mapped[int | None]
    amount: Mapped[Any | None] = mapped_column(AMOUNT)
    slip: Mapped[str | None] = mapped_column(sa.String(40))
    gift_id: Mapped[int | None]
    payout_id: Mapped[int | None]
    thing: Mapped[str | None] = mapped_column(sa.Text, sa.Computed(_THING, persisted=True))
    line_number: Mapped[int | None]
    line_before: Mapped[int | None]
    thing_number: Mapped[int | None]
    thing_before: Mapped[int | None]
    note: Mapped[str] = mapped_column(sa.String(300), server_default="")
    at: Mapped[datetime] = mapped_column(_WHEN)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey(_PERSON))
    before_by: Mapped[int | None]
    imported_by: Mapped[int]
    is_open: Mapped[bool] = mapped_column(
        sa.Boolean, sa.Computed("verb <> 'close'", persisted=True)
    )
    before_open: Mapped[bool] = mapped_column(
        sa.Boolean, sa.Computed("before_number IS NOT NULL", persisted=True)
    )
    taken: Mapped[str | None] = mapped_column(
        sa.Text, sa.Computed(f"CASE WHEN verb = 'back' THEN {_THING} END", persisted=True)
    )
    gift_amount: Mapped[Any | None] = mapped_column(
        AMOUNT, sa.Computed("CASE kind WHEN 'refund' THEN -amount ELSE amount END", persisted=True)
    )
    needs: Mapped[str | None] = mapped_column(
        sa.String(10),
        sa.Computed("CASE kind WHEN 'refund' THEN 'reversed' ELSE 'banked' END", persisted=True),
    )
    paid: Mapped[Any | None] = mapped_column(AMOUNT, sa.Computed("-amount", persisted=True))


class Closing(TenantModel):
    """A month that is closed: every line explained, the last balance as stated, and one sum that
    leaves nothing: what the book says, what the bank took and gave, what is not booked, what is on
    its way, what differed before the first statement.
    """

    __tablename__ = "statement_closings"
    __table_args__ = (
        sa.CheckConstraint("book + own + unbooked - on_way + begin = closing", name="sum"),
        sa.CheckConstraint("begin = 0 OR begin_words <> ''", name="begin"),
        sa.CheckConstraint("lines > 0 OR opening = closing", name="empty"),
        sa.CheckConstraint("NOT is_open", name="act"),
        sa.CheckConstraint(
            "before_month IS NULL OR before_month + interval '1 month' = month", name="follows"
        ),
        sa.UniqueConstraint("before_month", name="uq_statement_closings_before",
                            postgresql_nulls_not_distinct=True),
        *(
            foreign("statement_closings", name, own, table, theirs)
            for name, own, table, theirs in (
                ("before", ("before_month",), "statement_closings", ("month",)),
                ("month", ("month", "opening", "closing", "lines"), _MONTHS,
                 ("month", "opening", "closing", "lines")),
                ("last", ("month", "last", "closing"), _LINES, ("month", "number", "after")),
                ("act", ("month", "number", "is_open"), _ACTS, ("month", "number", "is_open")),
                ("explained", ("month", "number", "lines"), _ACTS, ("month", "number", "after")),
            )
        ),
        APPEND_ONLY,
    )  # fmt: skip

    month: Mapped[date] = mapped_column(unique=True)
    before_month: Mapped[date | None]
    number: Mapped[int]
    is_open: Mapped[bool]
    opening: Mapped[Any] = mapped_column(AMOUNT)
    closing: Mapped[Any] = mapped_column(AMOUNT)
    lines: Mapped[int]
    last: Mapped[int | None] = mapped_column(
        sa.BigInteger, sa.Computed("nullif(lines, 0)", persisted=True)
    )
    book: Mapped[Any] = mapped_column(AMOUNT)
    own: Mapped[Any] = mapped_column(AMOUNT)
    unbooked: Mapped[Any] = mapped_column(AMOUNT)
    on_way: Mapped[Any] = mapped_column(AMOUNT)
    begin: Mapped[Any] = mapped_column(AMOUNT)
    begin_words: Mapped[str] = mapped_column(sa.String(300), server_default="")
    at: Mapped[datetime] = mapped_column(_WHEN)

"""The statement of a month as the bank gives it: read whole, every fault at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from saas import sheets
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.workbooks import Cell, CellFault
from saas.sheets import Column, Given, Planned, Row, Table, text
from saas.sheets.columns import Wrong
from saas.statements import commands, queries, rules, words
from saas.statements.models import Month
from saas.statements.rules import BankLine

#: More lines than this are no month of a community's fund.
MOST: Final = 1000


def _day(cell: Cell, written: str, given: Given) -> date:
    """A day, whatever time the bank writes behind it."""
    bare = written.split()[0] if isinstance(cell, str) else cell
    return sheets.past_day(bare, written, given)


def _amount(cell: Cell, written: str, given: Given) -> Decimal:
    """An amount above nothing; banks write 0.00 into the other column."""
    if written.startswith(("-", "−")):
        raise Wrong("negative")
    found = rules.balance(written)
    if found is None:
        raise Wrong("no_amount")
    return found


TABLE: Final = Table("bank_statement", _l("The host's bank statement"), (
    Column("on", _l("Day"), 14, _l("The day at the bank, like 2026-06-15."), _day, needed=True,
           also=(_l("Date of the transaction"),)),
    Column("came", _l("Money in"), 14, _l("In yuan; empty where something went out."), _amount,
           also=(_l("Credit amount"),)),
    Column("went", _l("Money out"), 14, _l("In yuan; empty where something came in."), _amount,
           also=(_l("Debit amount"),)),
    Column("after", _l("Balance"), 14, _l("What lies there after this line."), _amount,
           needed=True, also=(_l("Balance of the account"),)),
    Column("reference", _l("Reference"), 24, _l("The bank's own number of this line, or the number"
           " of the slip."), text(60), also=(_l("Serial number of the transaction"),)),
    Column("words", _l("Other side"), 34, _l("Who paid or was paid, and what for; kept sealed."),
           text(200), personal=True, also=(_l("Name of the other account"),)),
))  # fmt: skip


def book() -> bytes:
    """The empty workbook."""
    page = sheets.page_of(TABLE, {})
    return sheets.book_of([page], _l("How to fill it in"), sheets.guide_of([page]), _l("Lists"))


def _line_of(row: Mapping[str, Any]) -> BankLine:
    came, went = row.get("came") or rules.NOTHING, row.get("went") or rules.NOTHING
    return BankLine(on=row["on"], amount=came - went, after=row["after"],
                    reference=row.get("reference", ""), words=row.get("words", ""))  # fmt: skip


def looked_at(
    rows: Sequence[Row], actor: Actor, *, month: date, opening: Decimal, closing: Decimal
) -> tuple[list[Planned], list[CellFault]]:
    """Every line as it would be stored, and every fault at its cell. Raises `Invalid` at what was
    asked with the file.
    """
    if wrong := commands.month_faults(month, opening, queries.last_month()):
        raise Invalid(wrong)
    given, faults, lines = Given(clock.today()), list[CellFault](), list[BankLine]()
    for row in rows:
        values, found = row.values(given)
        if not found and bool(values.get("came")) == bool(values.get("went")):
            found = [row.fault("came" if row.get("came") else "", "one_way")]
        faults += found
        lines += [] if found else [_line_of(values)]
    if faults:
        return [], faults
    order = rules.in_order(lines, opening)
    told, placed = [lines[place] for place in order], [rows[place] for place in order]
    known = queries.known_references([one.reference for one in told if one.reference])
    for place, name, key, other in rules.misfits(
        told, month=month, opening=opening, closing=closing, today=clock.today(), known=known
    ):
        if place is not None:
            clash = placed[other] if other is not None else None
            faults.append(placed[place].fault(name, key, clash))
        elif not faults:
            raise Invalid({name: [words.CELL[key]]})
    planned = [Planned(row, "add", f"{line.on} · {line.amount:+,.2f}", (),
                       [f"{TABLE.column('after').heading} {line.after:,.2f}", line.reference])
               for row, line in zip(placed, told, strict=True)]  # fmt: skip
    return planned, faults


def take_over(
    texts: Sequence[Mapping[str, str]], *, month: str, opening: str, closing: str, actor: Actor
) -> Month:
    """Store what was looked at. A second time it is there, and refused."""
    lines = [
        _line_of({
            **row, "on": sheets.past_day(row["on"].split()[0], row["on"], Given(clock.today())),
            **{name: rules.balance(row.get(name, "")) for name in ("came", "went", "after")},
        })
        for row in texts
    ]  # fmt: skip
    return commands.take_in(date.fromisoformat(month), lines, opening=Decimal(opening),
                            closing=Decimal(closing), actor=actor)  # fmt: skip

"""The statements that a demo's host gave of its fund: every month reconciled, but for the last."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Final

from saas.kernel import clock
from saas.showcase.campaigns import Office, on
from saas.showcase.package.funds import DemoFunds
from saas.statements import commands, queries, rules
from saas.statements.rules import BankLine

#: What is banked from this day of the month on, the bank has in the next one; on this day of it.
_LATE, _NEXT = 29, 2
#: So many months were read; what was before lies in the first balance.
_MONTHS: Final = 6
#: Interest comes on this day of the last month.
_INTEREST_DAY: Final = 21
_INTEREST: Final = Decimal("1.25")


def read_statements(demo: DemoFunds, office: Office) -> None:
    """Read a statement for each of the last months of the book, match its lines, close all but the
    last.
    """
    told, late = _told()
    months = [rules.next_month(max(told), n) for n in range(1 - _MONTHS, 1)]
    balance = sum((amount for month, lines in told.items() for _day, amount, _called in lines
                   if month < months[0]), Decimal())  # fmt: skip
    for month in months:
        lines, opening = list[BankLine](), balance
        for day, amount, reference in sorted(told[month]):
            balance += amount
            lines.append(BankLine(on=day, amount=amount, after=balance, reference=reference,
                                  words=demo.other_side))  # fmt: skip
        with on(rules.next_month(month).replace(day=5)):
            read = commands.take_in(month, lines, opening=opening, closing=balance, sample=True,
                                    actor=office.writes)  # fmt: skip
            if month != months[-1]:
                commands.match_sure(read, actor=office.writes)
                if things := late.get(month):
                    commands.wait(read, things=things, words_=demo.on_way, actor=office.writes)
                commands.close(read, actor=office.checks)


def _told() -> tuple[dict[date, list[tuple[date, Decimal, str]]], dict[date, list[str]]]:
    """What went through the account, by month: day, amount, reference; and what came late."""
    found, late = defaultdict[date, list[tuple[date, Decimal, str]]](list), dict[date, list[str]]()
    this = rules.first_of(clock.today())
    for thing in queries.things():
        day = thing.last
        if day >= this:  # a guest's own: that month is not over
            continue
        if thing.kind == "slip" and day.day >= _LATE:
            late.setdefault(rules.first_of(day), []).append(thing.thing)
            day = rules.next_month(rules.first_of(day)).replace(day=_NEXT)
        found[rules.first_of(day)].append((day, thing.amount, thing.called))
    last = max(found)
    found[last].append((last.replace(day=_INTEREST_DAY), _INTEREST, ""))
    return found, late

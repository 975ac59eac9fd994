"""Statements, and what of the book their lines are, as tests need them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from saas.funds import commands as funds
from saas.funds import queries as book
from saas.funds.models import Gift, Payout
from saas.kernel import clock
from saas.kernel.db import scoping, session
from saas.statements import commands, queries
from saas.statements.models import Closing, Line, Month
from saas.statements.rules import BankLine
from tests.funds.making import given, held, posted
from tests.support import District

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
#: A line: the day of the month, the amount, the reference of the bank.
Told = tuple[int, str, str]


def lines_of(month: date, told: Sequence[Told], opening: str = "0", words: str = "") -> Any:
    """Lines that follow from the first balance, and the last balance."""
    after, found = Decimal(opening), []
    for day, amount, reference in told:
        after += Decimal(amount)
        found.append(BankLine(on=month.replace(day=day), amount=Decimal(amount), after=after,
                              reference=reference, words=words))  # fmt: skip
    return found, after


def read(
    district: District, *told: Told, month: date = JUNE, opening: str = "0", who: str = "street",
    words: str = "",
) -> Month:  # fmt: skip
    """A statement is read."""
    lines, closing = lines_of(month, told, opening, words)
    return commands.take_in(month, lines, opening=Decimal(opening), closing=closing,
                            actor=district.actor(who))  # fmt: skip


def by_bank(district: District, amount: str, day: int, month: date = JUNE, **more: Any) -> Gift:
    """A gift that went to the bank by itself, and that the host has not seen."""
    told = given(amount, **{"way": "bank", "received_on": month.replace(day=day), **more})
    return funds.receive(district.unit("street"), told, actor=district.actor("street"))


def banked(district: District, slip: str, *amounts: str, day: int = 5, month: date = JUNE) -> None:
    """Cash of the keeper went to the bank, on one slip."""
    on = month.replace(day=day)
    for amount in amounts:
        held(district, amount, received_on=on)
    total = sum(map(Decimal, amounts))
    funds.bank(slip, on, amount=Decimal(total), actor=district.actor("keeper"))


def paid(district: District, amount: str, day: int, month: date = JUNE, **more: Any) -> Payout:
    """A payout that was posted on a day; what covers it was confirmed before."""
    with on(month.replace(day=day)):
        return posted(district, amount, **more)


@contextmanager
def on(day: date) -> Iterator[None]:
    """Live on another day, at noon."""
    with clock.turned(datetime.combine(day, time(12), clock.zone()) - clock.now()):
        yield


def line(month: Month, number: int) -> Line:
    """One of its lines."""
    return queries.line_of(month, number)


def match(district: District, month: Month, number: int, who: str = "street", **more: Any) -> None:
    """A line is something."""
    commands.match(line(month, number), month, **more, actor=district.actor(who))


def sure(district: District, month: Month, who: str = "street") -> int:
    """Everything that is clear."""
    return commands.match_sure(month, actor=district.actor(who))


def closed(district: District, month: Month, who: str = "admin", **more: Any) -> Closing:
    """Another person closes it."""
    return commands.close(month, **more, actor=district.actor(who))


def left() -> set[str]:
    """What of the book no line is."""
    return {one.thing for one in queries.things()}


def confirmed_sum() -> Decimal:
    """What lies in the fund."""
    lies = book.money().lies
    return sum((amount for code, amount in lies.items() if code[:5] == "fund:"), Decimal())


def refusal(statement: str, **values: object) -> str:
    """The constraint by which the database refuses it, or what it says; "" where it takes it."""
    try:
        with session.begin_nested():
            session.execute(sa.text(statement), values)
            with scoping(session.connection()):
                session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
    except DBAPIError as error:
        told = error.orig.diag  # type: ignore[union-attr]
        return str(told.constraint_name or told.message_primary)
    return ""

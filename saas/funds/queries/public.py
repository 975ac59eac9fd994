"""Public money, and the sheets that are published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from saas import ledger
from saas.funds.books import LEDGER
from saas.funds.models import (
    Account,
    BudgetLine,
    Disclosure,
    Entry,
    Payout,
    Source,
    Story,
)
from saas.funds.queries.common import every, got
from saas.funds.queries.payouts import stories
from saas.kernel.db import session
from saas.kernel.shortcodes import read_code


def sources() -> Sequence[Source]:
    """Public money, by its end."""
    return every(sa.select(Source).order_by(Source.until, Source.id))


def lines() -> Sequence[BudgetLine]:
    """What sources are divided into."""
    return every(sa.select(BudgetLine).order_by(BudgetLine.until, BudgetLine.id))


def promises(line: BudgetLine) -> list[tuple[str, str, Decimal]]:
    """What a line is promised to: (account of the promise, what, how much is still reserved)."""
    query = sa.select(Account, Entry.reason).join(Entry, Entry.account_id == Account.id)
    first = query.where(Account.code.startswith(f"held:{line.id}:"), Entry.number == 1)
    return [(one.code, what, ledger.balance(LEDGER, one.code))
            for one, what in session.execute(first.order_by(Account.id))]  # fmt: skip


def disclosures() -> Sequence[Disclosure]:
    """Every sheet, the newest first."""
    return every(sa.select(Disclosure).order_by(Disclosure.number.desc()))


def disclosure(code: str) -> Disclosure:
    """A sheet by its code, or by its digest; else `NotFound`."""
    known = Disclosure.code == (read_code(code) or ""), Disclosure.digest == code.strip().lower()
    return got(session.scalar(sa.select(Disclosure).where(sa.or_(*known)).limit(1)))


def told_between(first: date, last: date) -> Sequence[Story]:
    """What payouts that were posted in these days did, in the last words about each."""
    found = every(sa.select(Payout.id).where(Payout.posted_on.between(first, last)))
    return sorted(stories(found).values(), key=lambda one: one.id)

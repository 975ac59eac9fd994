"""Ledgers: a craft for what may never come from nowhere or be spent twice: money, points, stock.

A domain has two tables: accounts, and entries, which may only grow. A transfer is two entries of
one ``key``, each the mirror of the other; each entry follows the one before it in its account and
says what was there before and after. The database refuses every row that does not fit, by checks
and foreign keys alone: no trigger, and the runtime has SELECT and INSERT. The same chain (`chain`)
keeps whatever else is used up step by step; `numbered` counts without gaps.
"""

from saas.ledger.models import (
    AccountColumns,
    EntryColumns,
    account_args,
    chain,
    entry_args,
    foreign,
    numbered,
)
from saas.ledger.posting import Short, Transfer, lock, open_account, post, post_all, reverse
from saas.ledger.reading import Books, balance, balances, broken, comma_separated, entries_of
from saas.ledger.rules import Lot, capitals, consume, yuan
from saas.ledger.schemas import Yuan

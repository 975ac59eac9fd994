"""The ledger of points, and what of them is sealed."""

from __future__ import annotations

from typing import Any, Final, cast

import sqlalchemy as sa

from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger import Books
from saas.points.models import Account, Entry, Grant, Handed
from saas.seals.declared import Book

LEDGER: Final = Books(Account, Entry)


def _book(model: Any, words: object, *columns: str) -> Book:
    table = cast(sa.Table, model.__table__)
    return Book(table.name, table, ("id", *columns), words)


SEALED: Final = (
    _book(Entry, _l("Entries of points"), "key", "kind", "book", "account_id", "other_id", "number",
          "before_number", "before", "amount", "after", "opposite", "may_overdraw", "reverses",
          "reason", "on", "at", "actor_kind", "actor_id"),
    _book(Grant, _l("Points earned"), "account_id", "mark_id", "service_id", "points", "on", "at",
          "person_id", "by_id"),
    _book(Handed, _l("Rewards handed out"), "code", "submission", "reward_id", "account_id",
          "person_id", "price", "on", "at", "by_id"),
)  # fmt: skip

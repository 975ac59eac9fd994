"""What of goods is sealed: gifts, what was asked, what became of them."""

from __future__ import annotations

from typing import Any, Final, cast

import sqlalchemy as sa

from saas.goods.models import Asked, Goods, Move
from saas.kernel.i18n import lazy_gettext as _l
from saas.seals.declared import Book


def _book(model: Any, words: object, *columns: str) -> Book:
    table = cast(sa.Table, model.__table__)
    return Book(table.name, table, ("id", *columns), words)


SEALED: Final = (
    _book(Goods, _l("Gifts of goods"), "number", "before_number", "code", "submission", "unit_id",
          "what", "kind", "quantity", "unit", "condition", "best_before", "worth", "source",
          "place", "purpose_id", "shown_as", "shown", "received_on", "at", "by_id", "sample"),
    _book(Asked, _l("Goods asked to be written off"), "goods_id", "quantity", "why", "words", "at",
          "by_id"),
    _book(Move, _l("What became of goods"), "goods_id", "number", "before_number", "before",
          "amount", "after", "verb", "words", "heads", "heads_as", "asked_id", "asked_by",
          "given_before", "given_after", "at", "by_id", "came", "lost", "is_open", "before_open"),
)  # fmt: skip

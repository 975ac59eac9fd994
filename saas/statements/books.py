"""What of statements is sealed: months, lines, what was said of them, closings."""

from __future__ import annotations

from typing import Any, Final, cast

import sqlalchemy as sa

from saas.kernel.i18n import lazy_gettext as _l
from saas.seals.declared import Book
from saas.statements.models import Act, Closing, Line, Month


def _book(code: str, model: Any, words: object, *columns: str) -> Book:
    return Book(code, cast(sa.Table, model.__table__), ("id", *columns), words)


SEALED: Final = (
    _book("statement_months", Month, _l("Statements of the host"), "month", "before_month",
          "opening", "closing", "lines", "at", "by_id", "sample"),
    _book("statement_lines", Line, _l("Lines of statements"), "month", "opening", "lines", "number",
          "before_number", "before", "amount", "after", "on", "reference"),
    _book("statement_acts", Act, _l("What lines of statements are"), "month", "number",
          "before_number", "before", "after", "verb", "kind", "line_id", "amount", "slip",
          "gift_id", "payout_id", "thing", "line_number", "line_before", "thing_number",
          "thing_before", "note", "at", "by_id", "before_by", "imported_by", "is_open",
          "before_open", "taken", "gift_amount", "needs", "paid"),
    _book("statement_closings", Closing, _l("Months of statements that were closed"), "month",
          "before_month", "number", "is_open", "opening", "closing", "lines", "last", "book",
          "own", "unbooked", "on_way", "begin", "begin_words", "at"),
)  # fmt: skip

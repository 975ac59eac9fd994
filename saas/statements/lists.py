"""Months of the host's statement as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import url_for

from saas.funds.views import yuan
from saas.funds.words import BESIDE
from saas.kernel.i18n import lazy_gettext as _l
from saas.listing.declared import Cell, Choice, Column, Filter, Listing, Search
from saas.statements import queries, words
from saas.statements.models import Month


class Row(NamedTuple):
    """A month, how many of its lines are explained, and whether it is closed."""

    month: Month
    explained: int
    state: str

    @property
    def name(self) -> str:
        """As 2026-06."""
        return f"{self.month.month:%Y-%m}"


def rows_of(found: Sequence[Month], actor: Any = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    months = [one.month for one in found]
    explained, closed = queries.explained(months), queries.closed_of(months)
    return [Row(one, explained.get(one.month, 0), "closed" if one.month in closed else "open")
            for one in found]  # fmt: skip


def _state(row: Row) -> Cell:
    tone, word = words.STATE[row.state]
    return Cell(str(word), tone=tone)


STATEMENTS = Listing[Row](
    endpoint="statements.months",
    words=_l("Statements of the host"),
    query=lambda actor: sa.select(Month),
    rows=rows_of,
    order=(Month.month.desc(),),
    search=Search(_l("A month like 2026-06, or a reference of the bank"), queries.called),
    filters=(
        Filter("state", _l("State"),
               lambda state: queries.is_closed() if state == "closed" else ~queries.is_closed(),
               lambda actor, values: [
                   Choice(code, word) for code, (_tone, word) in words.STATE.items()]),
    ),
    columns=(
        Column("month", _l("Month"), lambda row: Cell(
            row.name, url=url_for("statements.month", month=row.name)), Month.month),
        Column("opening", _l("First balance"), lambda row: yuan(row.month.opening), narrow=True),
        Column("closing", _l("Last balance"), lambda row: yuan(row.month.closing), narrow=True),
        Column("lines", _l("Lines explained"),
               lambda row: f"{row.explained} / {row.month.lines}", narrow=True),
        Column("state", _l("State"), _state),
        Column("beside", _l("What this file is"), lambda row: str(BESIDE), drawn=False),
    ),
    key=lambda row: row.name,
)  # fmt: skip

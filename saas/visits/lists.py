"""Visits as a list, for the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for

from saas.kernel import clock
from saas.kernel.context import Actor, Label
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import shown_code
from saas.listing.declared import Cell, Choice, Column, Filter, Listing, Search, Values, day_in
from saas.territory import queries as territory
from saas.visits import queries, views, words
from saas.visits.models import Visit


@dataclass(frozen=True, slots=True)
class Row:
    """A visit in a list, with the street that receives it."""

    visit: Visit
    street: Label


def rows_of(found: Sequence[Visit], actor: Actor | None = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    streets = territory.units_by_id({one.unit_id for one in found}) if found else {}
    return [Row(one, streets[one.unit_id].name) for one in found]


def _from(day: date) -> sa.ColumnElement[bool]:
    return Visit.starts_at >= clock.begin_of(day)


def _to(day: date) -> sa.ColumnElement[bool]:
    return Visit.starts_at < clock.begin_of(day + timedelta(days=1))


def _states(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(code, word) for code, (_tone, word) in words.STATE.items()]


def _levels(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(code, word) for code, word in words.LEVEL.items()]


def _were_here(text: str) -> sa.ColumnElement[bool]:
    return Visit.state.in_(("held", "followed"))


VISITS = Listing[Row](
    endpoint="visits.listing",
    words=_l("Visits"),
    query=queries.within_reach,
    rows=rows_of,
    order=(Visit.starts_at.desc(), Visit.id.desc()),
    search=Search(_l("Who comes, or the code of a slip"), queries.called),
    filters=(
        Filter("state", _l("State"), lambda state: Visit.state == state, _states),
        Filter("level", _l("Kind of visit"), lambda level: Visit.level == level, _levels,
               kind="select", every=_l("every kind")),
        Filter("here", _l("Were here"), _were_here, kind="hidden", read=lambda text: text or None),
        Filter("from", _l("From day"), _from, read=day_in, kind="day"),
        Filter("to", _l("To day"), _to, read=day_in, kind="day"),
    ),
    columns=(
        Column("who", _l("They come from"), lambda row: Cell(
            row.visit.from_org, note=str(words.LEVEL[row.visit.level]),
            url=url_for("visits.show", code=row.visit.code))),
        Column("when", _l("When"), lambda row: views.when(row.visit), Visit.starts_at),
        Column("people", _l("People"), lambda row: str(row.visit.guests_n), narrow=True),
        Column("street", _l("Street"), lambda row: say(row.street)),
        Column("letter", _l("Letter"), lambda row: row.visit.letter_no or ""),
        Column("state", _l("State"), lambda row: Cell(
            str(words.STATE[row.visit.state][1]), tone=words.STATE[row.visit.state][0])),
        Column("code", _l("Code"), lambda row: shown_code(row.visit.code), narrow=True,
               drawn=False),
    ),
    key=lambda row: row.visit.code,
)  # fmt: skip

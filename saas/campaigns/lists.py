"""Campaigns, cards and pledges as lists."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import url_for

from saas.campaigns import queries, words
from saas.campaigns.models import Campaign, Pledge
from saas.funds import queries as funds
from saas.funds.views import yuan
from saas.funds.words import BESIDE
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.shortcodes import read_code, shown_code
from saas.listing.declared import Cell, Choice, Column, Filter, Listing, Search

#: Stands in every file, as on every page.
_BESIDE: Column[Any] = Column("beside", _l("What this file is"), lambda row: str(BESIDE),
                              drawn=False)  # fmt: skip


class Row(NamedTuple):
    """A campaign in a list, with its sums."""

    one: Campaign
    sums: funds.Sum


def rows_of(found: Any, actor: Any = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    sums = funds.sums_by("campaign", [one.code for one in found])
    return [Row(one, sums[one.code]) for one in found]


def _pledges(found: Any, actor: Any) -> list[Any]:
    standing = queries.standing_of(found)
    return [(one, *standing[one.id]) for one in found]


def _overdue(yes: str) -> sa.ColumnElement[bool]:
    return Pledge.id.in_(queries.overdue())


CAMPAIGNS = Listing[Row](
    endpoint="campaigns.every",
    words=_l("Campaigns"),
    query=lambda actor: sa.select(Campaign),
    rows=rows_of,
    order=(Campaign.since.desc(), Campaign.id.desc()),
    search=Search(_l("Name or code of a campaign"), queries.called),
    filters=(
        Filter("state", _l("State"), lambda state: Campaign.state == state, lambda actor, values: [
            Choice(code, word) for code, (_tone, word) in words.STATE.items()]),
    ),
    columns=(
        Column("name", _l("Name"), lambda row: Cell(
            say(row.one.name), note=say(row.one.basis["name"]),
            url=url_for("campaigns.record", code=row.one.code))),
        Column("since", _l("From day"), lambda row: row.one.since.isoformat(), Campaign.since,
               narrow=True),
        Column("until", _l("To day"), lambda row: row.one.until.isoformat(), Campaign.until,
               narrow=True),
        Column("raised", _l("Received in all"), lambda row: yuan(row.sums.raised), narrow=True),
        Column("used", _l("Used"), lambda row: yuan(row.sums.used), narrow=True),
        Column("left", _l("Still there"), lambda row: yuan(row.sums.left), narrow=True),
        Column("state", _l("State"), lambda row: Cell(
            str(words.STATE[row.one.state][1]), tone=words.STATE[row.one.state][0])),
        _BESIDE,
    ),
    key=lambda row: row.one.code,
)  # fmt: skip
PLEDGES = Listing[Any](
    endpoint="campaigns.pledges",
    words=_l("Pledges"),
    query=lambda actor: sa.select(Pledge),
    rows=_pledges,
    order=(Pledge.since.desc(), Pledge.id.desc()),
    search=Search(_l("Code of a pledge"), lambda text: Pledge.code == (read_code(text) or "")),
    filters=(
        Filter("kind", _l("Kind"), lambda kind: Pledge.kind == kind, lambda actor, values: [
            Choice(code, word) for code, word in words.PLEDGE.items()]),
        Filter("overdue", _l("Less came than was due"), _overdue, kind="hidden",
               read=lambda text: text or None),
    ),
    columns=(
        Column("name", _l("Who promises it"), lambda row: Cell(
            row[0].name, note=shown_code(row[0].code),
            url=url_for("campaigns.pledge", code=row[0].code))),
        Column("kind", _l("Kind"), lambda row: str(words.PLEDGE[row[0].kind])),
        Column("due", _l("Due until today"), lambda row: yuan(row[1]), narrow=True),
        Column("came", _l("What came"), lambda row: yuan(row[2]), narrow=True),
        _BESIDE,
    ),
    key=lambda row: row[0].code,
)  # fmt: skip

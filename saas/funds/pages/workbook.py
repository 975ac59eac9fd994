"""Gifts, and seats of the committee, from a workbook: every fault at its cell, a look before it."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate

from saas.funds import seats as committee
from saas.funds import workbook as gifts
from saas.funds.pages.blueprint import pages
from saas.funds.pages.desk import place
from saas.funds.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.sheets.pages import Register, confirmed, look
from saas.web.files import XLSX, download


class WhereIn(Schema):
    """Where the money of the rows is: never a silent answer."""

    where = fields.String(required=True, validate=validate.OneOf([*gifts.WHERE]))


_LABELS = {"where": _l("Where is the money?"), "file": _l("Workbook")}
_GIFTS = Register(
    gifts.TABLE, gifts.FILE, gifts.CELL, gifts.MOST, gifts.looked_at,
    {"here": "funds.workbook", "file": "funds.workbook_file", "confirm": "funds.confirm_workbook",
     "done": "funds.gifts"}, asks=WhereIn,
)  # fmt: skip


@pages.page("/console/funds/workbook", needs=MANAGE, methods=("GET", "POST"))
def workbook(actor: Actor) -> ResponseReturnValue:
    """Send it, look at what would be done, take it over: nothing is stored before."""
    return look(_GIFTS, "funds/workbook.html", actor, labels=_LABELS, where=gifts.WHERE)


@pages.page("/console/funds/workbook/file", needs=MANAGE)
def workbook_file(actor: Actor) -> ResponseReturnValue:
    """The gifts as they are, to fill in and send back."""
    return download(gifts.book(), "gifts.xlsx", XLSX)


@pages.page("/console/funds/workbook/confirm", needs=MANAGE, methods=("POST",))
def confirm_workbook(actor: Actor) -> ResponseReturnValue:
    """Do what was looked at; a second time it is there already."""

    def take_over(texts: Any, sealed: str, **told: str) -> int:
        return gifts.take_over(texts, sealed, place(), **told, actor=actor)

    return confirmed(_GIFTS, take_over, actor)


_SEATS = Register(
    committee.TABLE, committee.FILE, committee.CELL, committee.MOST, committee.looked_at,
    {"here": "funds.seats", "file": "funds.seats_file", "confirm": "funds.confirm_seats",
     "done": "funds.committee"},
)  # fmt: skip


@pages.page("/console/funds/seats", needs=MANAGE, methods=("GET", "POST"))
def seats(actor: Actor) -> ResponseReturnValue:
    """Send it, look at what would be done, take it over: nothing is stored before."""
    return look(_SEATS, "funds/seats.html", actor)


@pages.page("/console/funds/seats/file", needs=MANAGE)
def seats_file(actor: Actor) -> ResponseReturnValue:
    """The committee as it is and was, to fill in and send back."""
    return download(committee.book(), "committee.xlsx", XLSX)


@pages.page("/console/funds/seats/confirm", needs=MANAGE, methods=("POST",))
def confirm_seats(actor: Actor) -> ResponseReturnValue:
    """Do what was looked at; a second time it is there already."""
    return confirmed(_SEATS, lambda texts, _sealed: committee.take_over(texts, actor=actor), actor)

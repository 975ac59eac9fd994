"""Statements as JSON; who stands on the other side of a line is not said."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from saas.api.routes import Routes
from saas.funds.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger import Yuan
from saas.statements import lists, queries, views

routes = Routes("statements_api", __name__, title=_l("Statements of the host"))


class MonthOut(Schema):
    """A month."""

    month, state = fields.String(attribute="name"), fields.String()
    opening, closing = Yuan(attribute="month.opening"), Yuan(attribute="month.closing")
    lines = fields.Integer(attribute="month.lines")
    explained = fields.Integer()


class MonthsOut(Schema):
    """Every month that was read."""

    items = fields.List(fields.Nested(MonthOut))


class LineOut(Schema):
    """A line, and what it is said to be."""

    number, on = fields.Integer(attribute="line.number"), fields.Date(attribute="line.on")
    amount, after = Yuan(attribute="line.amount"), Yuan(attribute="line.after")
    reference = fields.String(attribute="line.reference", allow_none=True)
    kind = fields.String(allow_none=True)


class LinesOut(Schema):
    """The lines of a month."""

    items = fields.List(fields.Nested(LineOut))


@routes.get("/funds/statements", needs=MANAGE, summary=_l("Statements of the host"),
            answer=MonthsOut)  # fmt: skip
def months(actor: Actor) -> Any:
    """The newest first."""
    return {"items": lists.rows_of(queries.months())}


@routes.get("/funds/statements/<month>", needs=MANAGE, summary=_l("Lines of a statement"),
            answer=LinesOut)  # fmt: skip
def lines(actor: Actor, month: str) -> Any:
    """In the order of the bank."""
    return {"items": views.lines_of(queries.month_of(month))}

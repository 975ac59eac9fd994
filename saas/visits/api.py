"""Visits as JSON, for who works on them: who comes when, and how it stands; never who it is."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.listing.asking import asked_of
from saas.listing.reading import page_of
from saas.visits import lists, queries, rules
from saas.visits.lists import VISITS
from saas.visits.permissions import HANDLE

routes = Routes("visits_api", __name__, title=_l("Visits"))


class VisitOut(Schema):
    """A visit; its guests and who speaks for them are not said here."""

    code = fields.String(attribute="visit.code")
    from_org = fields.String(attribute="visit.from_org")
    level = fields.String(attribute="visit.level")
    purpose = fields.String(attribute="visit.purpose")
    letter_no = fields.String(attribute="visit.letter_no", allow_none=True)
    street = LabelOut()
    start = fields.AwareDateTime(attribute="visit.starts_at")
    end = fields.AwareDateTime(attribute="visit.ends_at")
    guests = fields.Integer(attribute="visit.guests_n")
    state = fields.String(attribute="visit.state")
    pledge = fields.String(attribute="visit.pledge", allow_none=True)
    acts = fields.Integer(attribute="visit.acts")


class VisitsAsked(Schema):
    """Which visits."""

    state = fields.String(load_default="", validate=validate.OneOf(("", *rules.STATES)))
    level = fields.String(load_default="", validate=validate.OneOf(("", *rules.LEVELS)))


@routes.get("/visits", needs=HANDLE, summary=_l("Visits"), query=VisitsAsked, items=VisitOut)
def listing(actor: Actor, state: str, level: str, page: int, page_size: int) -> tuple[Any, int]:
    """What lies in the reach of the token, the latest day first."""
    asked = asked_of(VISITS, {"state": state, "level": level}, actor)
    return page_of(VISITS, asked, actor, page, page_size)


@routes.get("/visits/<code>", needs=HANDLE, summary=_l("One visit"), answer=VisitOut,
            parts={"code": _l("Code of the visit.")})  # fmt: skip
def show(actor: Actor, code: str) -> Any:
    """For who works on it."""
    return lists.rows_of([queries.access_visit(code, actor=actor, office=True)])[0]

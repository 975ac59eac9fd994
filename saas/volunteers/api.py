"""Help that is wanted as JSON, for whoever shows it elsewhere."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.volunteers import queries, views
from saas.web.pages import PUBLIC

routes = Routes("volunteers_api", __name__, title=_l("Volunteers"))


class WantedOut(Schema):
    """A shift that is still to come, and how many are missing."""

    code = fields.String(attribute="shift.code")
    work = LabelOut(attribute="shift.work")
    activity = LabelOut(attribute="scene.activity.title")
    session = fields.String(attribute="scene.session.code")
    where = LabelOut(attribute="scene.where")
    starts_at = fields.AwareDateTime(attribute="shift.starts_at")
    ends_at = fields.AwareDateTime(attribute="shift.ends_at")
    need = fields.Integer(attribute="shift.need")
    free = fields.Integer()


class WantedListOut(Schema):
    """Every shift that is still to come."""

    items = fields.List(fields.Nested(WantedOut))


@routes.get("/shifts", needs=PUBLIC, summary=_l("Help that is wanted"), answer=WantedListOut)
def wanted(actor: Actor) -> Any:
    """By time; who helps is not said."""
    return {"items": views.wanted_of(queries.wanted(), None)}

"""Units as JSON, for the same people and by the same queries as the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.territory import queries
from saas.territory.permissions import VIEW
from saas.territory.queries import Unit
from saas.territory.schemas import UnitOut

routes = Routes("territory_api", __name__, title=_l("Units"))
_CODE = {"code": _l("Code of the unit.")}


class UnitsAsked(Schema):
    """Which units."""

    q = fields.String(
        load_default="",
        validate=validate.Length(max=60),
        metadata={"description": _l("Part of the name, the code or the official code.")},
    )
    kind = fields.String(
        load_default="",
        validate=validate.Length(max=40),
        metadata={"description": _l("Code of a kind of unit.")},
    )


class UnitDetailOut(UnitOut):
    """A unit, the one above it and how many of each kind lie beneath."""

    parent = fields.String(allow_none=True, metadata={"description": _l("Code of the unit above.")})
    beneath = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": _l("Kind to how many of it lie beneath.")},
    )


class KindOut(Schema):
    """A kind of unit; ``under`` are the kinds it may stand in."""

    code = fields.String()
    name = LabelOut()
    under = fields.List(fields.String())


class KindsOut(Schema):
    """Every kind of unit that this district has."""

    kinds = fields.List(fields.Nested(KindOut))


@routes.get("/units", needs=VIEW, summary=_l("Units in reach"), query=UnitsAsked, items=UnitOut)
def units(actor: Actor, q: str, kind: str, page: int, page_size: int) -> tuple[Sequence[Unit], int]:
    """Living units, in tree order."""
    return queries.list_units(
        actor.reach(VIEW), words=q.strip(), kind=kind, number=page, size=page_size
    )


@routes.get("/units/<code>", needs=VIEW, summary=_l("One unit"), answer=UnitDetailOut, parts=_CODE)
def unit(actor: Actor, code: str) -> dict[str, Any]:
    """A unit with how many of each kind lie beneath it."""
    found = queries.access_unit(code, VIEW, actor=actor)
    above = queries.find_unit(found.parent_id)
    facts = {name: getattr(found, name) for name in UnitOut().fields}
    return {
        **facts,
        "parent": above.code if above else None,
        "beneath": queries.count_by_kind(found.path),
    }


@routes.get("/unit-kinds", needs=VIEW, summary=_l("Kinds of units"), answer=KindsOut)
def kinds(actor: Actor) -> dict[str, Any]:
    """From the root down, with the district's own words."""
    names = queries.kind_names()
    return {
        "kinds": [
            {"code": kind.code, "name": names[kind.code], "under": kind.under}
            for kind in queries.kinds()
        ]
    }

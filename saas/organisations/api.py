"""Organisations as JSON: read as far as the pages show, written to by who keeps the register."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut, filled
from saas.listing.asking import asked_of
from saas.listing.reading import page_of
from saas.organisations import commands, lists, queries, rules
from saas.organisations.lists import REGISTER
from saas.organisations.permissions import EDIT, VIEW
from saas.web.pages import PUBLIC

routes = Routes("organisations_api", __name__, title=_l("Organisations"))
_CODE = {"code": _l("Code of the organisation.")}


class GroupOut(Schema):
    """An organisation as everybody may see it."""

    code = fields.String(attribute="group.code")
    name = LabelOut(attribute="group.name")
    purpose = fields.String(attribute="group.purpose")
    type = fields.String(attribute="group.type")
    stage = fields.String(attribute="group.stage", allow_none=True)
    state = fields.String(attribute="group.state")
    home = LabelOut(attribute="unit")
    last_sign_on = fields.Date(attribute="seen_on", allow_none=True)


class RecordOut(GroupOut):
    """The same at work."""

    uscc = fields.String(attribute="group.uscc", allow_none=True)
    acts = fields.Integer(attribute="group.acts")
    waits_for = fields.String(attribute="group.asked", allow_none=True)


class GroupsAsked(Schema):
    """Which organisations."""

    type = fields.String(load_default="", validate=validate.Length(max=40))
    q = fields.String(load_default="", validate=validate.Length(max=60))


class SignIn(Schema):
    """A sign of life."""

    words = fields.String(required=True, validate=filled(300))
    kind = fields.String(load_default="activity", validate=validate.OneOf(rules.SIGNS))
    people = fields.Integer(load_default=0, validate=validate.Range(0, 10_000))
    on = fields.Date(load_default=None, allow_none=True)


class SeenOut(Schema):
    """That it was written down."""

    code = fields.String()
    next_look_at = fields.AwareDateTime(attribute="next_at", allow_none=True)


@routes.get("/groups", needs=PUBLIC, summary=_l("Groups that can be joined"), query=GroupsAsked,
            items=GroupOut)  # fmt: skip
def groups(actor: Actor, type: str, q: str, page: int, page_size: int) -> tuple[list[Any], int]:
    """Those that are active."""
    found, total = queries.found_near(None, words=q, kind=type, number=page, size=page_size)
    return lists.rows_of(found), total


@routes.get("/organisations", needs=VIEW, summary=_l("The register"), query=GroupsAsked,
            items=RecordOut)  # fmt: skip
def register(actor: Actor, type: str, q: str, page: int, page_size: int) -> tuple[Any, int]:
    """What lies in the reach of the token, in the list's own order."""
    asked = asked_of(REGISTER, {"type": type, "q": q}, actor)
    return page_of(REGISTER, asked, actor, page, page_size)


@routes.get("/organisations/<code>", needs=VIEW, summary=_l("One organisation"), answer=RecordOut,
            parts=_CODE)  # fmt: skip
def organisation(actor: Actor, code: str) -> Any:
    """For who may see its page of work."""
    return lists.rows_of([queries.access_group(code, actor=actor)])[0]


@routes.post("/organisations/<code>/signs", needs=EDIT, summary=_l("Write down a sign of life"),
             body=SignIn, answer=SeenOut, parts=_CODE)  # fmt: skip
def sign(actor: Actor, code: str, **given: Any) -> Any:
    """What a system of the organisation or of its community has seen."""
    group = queries.access_group(code, actor=actor, lock=True)
    commands.add_sign(group, actor=actor, **given)
    return group

"""Activities as JSON: what happens, for everybody; signing up and leaving, for who works there."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from saas.activities import commands, forms, queries, views
from saas.activities.commands import Answer, Coming
from saas.activities.permissions import HANDLE
from saas.api.routes import Routes
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut
from saas.territory import queries as territory
from saas.web.pages import PUBLIC

routes = Routes("activities_api", __name__, title=_l("Activities"))
_CODE, _SIGNUP = {"code": _l("Code of the session.")}, {"code": _l("Code of the sign-up.")}


class SessionOut(Schema):
    """A session; who comes is not said here."""

    code = fields.String(attribute="scene.session.code")
    activity = fields.String(attribute="scene.activity.code")
    title = LabelOut(attribute="scene.activity.title")
    text = LabelOut(attribute="scene.activity.text")
    audience = LabelOut(attribute="scene.activity.audience")
    kind = fields.String(attribute="scene.activity.kind")
    tag = fields.String(attribute="scene.activity.tag", allow_none=True)
    street = LabelOut(attribute="scene.street.name")
    where = LabelOut(attribute="scene.where")
    start = fields.AwareDateTime(attribute="scene.session.start")
    end = fields.AwareDateTime(attribute="scene.session.end")
    state = fields.String(attribute="scene.session.state")
    sequence = fields.Integer(attribute="scene.session.sequence")
    places = fields.Integer(attribute="places.total", allow_none=True)
    free = fields.Integer(attribute="places.free")
    waiting = fields.Integer(attribute="places.waiting")
    resident_fen = fields.Integer(attribute="scene.activity.resident_fen", allow_none=True)
    market_fen = fields.Integer(attribute="scene.activity.market_fen", allow_none=True)
    concession_fen = fields.Integer(attribute="scene.activity.concession_fen", allow_none=True)


class SessionsAsked(Schema):
    """Of which street and kind."""

    street = fields.String(load_default="", validate=validate.Length(max=40))
    kind = fields.String(load_default="", validate=validate.Length(max=40))


class SignUpOut(Schema):
    """A sign-up; who it is is not said here."""

    code = fields.String()
    state = fields.String()
    party = fields.Integer()
    photo_consent = fields.String()
    offered_until = fields.AwareDateTime(attribute="next_at", allow_none=True)
    acts = fields.Integer()


@routes.get("/sessions", needs=PUBLIC, summary=_l("What happens from now on"),
            query=SessionsAsked, items=SessionOut)  # fmt: skip
def listing(
    actor: Actor, street: str, kind: str, page: int, page_size: int
) -> tuple[list[Any], int]:
    """In the order of time, of the sixty days to come."""
    unit = territory.unit_by_code(street) if street else None
    found = [one for one in queries.coming(unit) if kind in ("", one.activity.kind)]
    first = (page - 1) * page_size
    return views.rows_with_places(found[first : first + page_size]), len(found)


@routes.get("/sessions/<code>", needs=PUBLIC, summary=_l("One session"), answer=SessionOut,
            parts=_CODE)  # fmt: skip
def show(actor: Actor, code: str) -> Any:
    """One that is published, also when it was cancelled."""
    return views.rows_with_places([queries.public_session(code, actor=actor)])[0]


@routes.post("/sessions/<code>/sign-ups", needs=HANDLE, summary=_l("Sign somebody up"),
             body=forms.EnterIn, answer=SignUpOut, parts=_CODE)  # fmt: skip
def sign_up(actor: Actor, code: str, submission: str | None, **given: Any) -> Any:
    """A guest with name and number; whoever finds no place is on the waiting list."""
    scene = queries.access_session(code, actor=actor)
    return commands.sign_up(scene, Coming(**given), submission=submission, actor=actor)


@routes.get("/sign-ups/<code>", needs=HANDLE, summary=_l("One sign-up"), answer=SignUpOut,
            parts=_SIGNUP)  # fmt: skip
def signed(actor: Actor, code: str) -> Any:
    """How it stands."""
    return queries.access_signup(code, actor=actor)[0]


@routes.post("/sign-ups/<code>/acts", needs=HANDLE, summary=_l("Act on a sign-up"),
             body=forms.AnswerIn, answer=SignUpOut, parts=_SIGNUP)  # fmt: skip
def act(actor: Actor, code: str, seen: int | None, **given: Any) -> Any:
    """Accept, decline, take off the list."""
    signup, scene = queries.access_signup(code, actor=actor, lock=True)
    commands.answer(signup, Answer(**given), scene, seen=seen, actor=actor)
    return signup

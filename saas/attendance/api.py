"""Attendance as JSON, for who works there: how many came, counting, marking by a slip."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from saas.activities import queries as sessions
from saas.activities.permissions import HANDLE
from saas.api.routes import Routes
from saas.attendance import commands, forms, queries
from saas.attendance.commands import Came
from saas.attendance.queries import Counts
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l

routes = Routes("attendance_api", __name__, title=_l("Attendance"))
_CODE = {"code": _l("Code of the session.")}


class CountsOut(Schema):
    """How many came, named and counted beside each other; who they are is not said here."""

    total = fields.Integer()
    named = fields.Integer()
    counted = fields.Integer()
    bands = fields.Dict(keys=fields.String(), values=fields.Integer())


def _counts(scene: sessions.Scene) -> Counts:
    return queries.counts_of([scene.session.id])[scene.session.id]


@routes.get("/sessions/<code>/attendance", needs=HANDLE, summary=_l("How many came"),
            answer=CountsOut, parts=_CODE)  # fmt: skip
def show(actor: Actor, code: str) -> Any:
    """What was taken back does not count."""
    return _counts(sessions.access_session(code, actor=actor))


@routes.post("/sessions/<code>/attendance/tallies", needs=HANDLE,
             summary=_l("Count people without a name"), body=forms.TallyIn, answer=CountsOut,
             parts=_CODE)  # fmt: skip
def tally(actor: Actor, code: str, submission: str, **given: Any) -> Any:
    """The same submission counts once. After it was closed a cause is needed."""
    scene = sessions.access_session(code, actor=actor)
    commands.tally(scene, key=submission, **given, actor=actor)
    return _counts(scene)


@routes.post("/sessions/<code>/attendance/marks", needs=HANDLE,
             summary=_l("Mark who shows a slip"), body=forms.CameIn, answer=CountsOut,
             parts=_CODE)  # fmt: skip
def mark(
    actor: Actor, code: str, slip: str, n: int | None, submission: str, cause: str, *, found: bool
) -> Any:
    """By the code of the slip; the same submission marks once."""
    scene = sessions.access_session(code, actor=actor)
    signup = sessions.find_by_slip(slip)
    if signup is None:
        raise Invalid({"slip": [_l("There is no slip with this code. Look at it once more.")]})
    who = Came(signup=signup, n=n or signup.party, how="found" if found else "shown")
    commands.come(scene, who, key=submission, cause=cause, actor=actor)
    return _counts(scene)

"""Every read of feedback."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from saas.activities import queries as sessions
from saas.activities.queries import Scene
from saas.attendance import queries as attendance
from saas.attendance.queries import Mark
from saas.feedback import rules
from saas.feedback.models import Answer, Asked
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session


def open_mark(scene: Scene, actor: Actor) -> Mark | None:
    """The reader's mark at a session about which they have not been asked; None where they were
    not there, were asked already, or it is too long ago.
    """
    one = scene.session
    if not rules.is_asked(one.state, one.end, clock.now()):
        return None
    mark = attendance.own_mark(one.id, actor)
    mine = sessions.own_living(one.pool_id, actor) if mark is None else None
    if mine is not None:
        mark = attendance.marks_for(one.id, [mine.id]).get(mine.id)
    asked = sa.select(Asked.id).where(Asked.mark_id == mark.id) if mark else None
    return None if asked is None or session.scalar(asked) else mark


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a session: how many, by grade, and the wishes, in no order that says who."""

    total: int
    grades: dict[str, int]
    wishes: list[str]

    @property
    def is_shown(self) -> bool:
        """Of fewer everybody would know who it was."""
        return self.total >= rules.LEAST


def said_of(session_id: int) -> Said:
    """All that was said of a session."""
    query = sa.select(Answer.grade, Answer.wish).where(Answer.session_id == session_id)
    found = session.execute(query.order_by(Answer.token_hash)).all()
    grades = {grade: sum(one == grade for one, _ in found) for grade in rules.GRADES}
    return Said(len(found), grades, [wish for _, wish in found if wish])

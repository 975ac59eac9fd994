"""Every read of feedback."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from saas.activities import queries as sessions
from saas.activities.queries import Scene
from saas.attendance import queries as attendance
from saas.attendance.queries import Mark
from saas.feedback import rules
from saas.feedback.models import Answer, Asked, Objection, Picture
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.naming import Named

#: How attachments and the audit call a picture.
THING: Final = "session_picture"


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


# Pictures ----------------------------------------------------------------------------------------


def pictures_of(session_id: int, states: Collection[str] = ("shown",)) -> Sequence[Picture]:
    """The pictures of a session, the first one first."""
    query = sa.select(Picture).where(Picture.session_id == session_id, Picture.state.in_(states))
    return session.scalars(query.order_by(Picture.id)).all()


def access_picture(
    scene: Scene, code: str, states: Collection[str], *, lock: bool = False
) -> Picture:
    """A picture of this session in one of these states, else `NotFound`."""
    query = sa.select(Picture).where(
        Picture.code == code, Picture.session_id == scene.session.id, Picture.state.in_(states)
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def open_objections(ids: Collection[int]) -> dict[int, Objection]:
    """What is to be decided about these pictures, by their ids."""
    query = sa.select(Objection).where(
        Objection.picture_id.in_(ids), Objection.decided_at.is_(None)
    )  # fmt: skip
    return {one.picture_id: one for one in session.scalars(query)}


def picture_names(ids: Collection[int]) -> Mapping[int, Named]:
    """Pictures by their ids: the session that they are of."""
    query = sa.select(Picture.id, Picture.session_id).where(Picture.id.in_(ids))
    found = session.execute(query).all()
    known = sessions.names({one for _, one in found})
    return {key: known[one] for key, one in found}

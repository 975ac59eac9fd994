"""Reading inboxes."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.kernel.context import Actor
from saas.kernel.db import Prepared, session
from saas.kernel.errors import NotFound
from saas.kernel.paging import cut
from saas.notices import words
from saas.notices.models import Notice, Reach

#: The count at the bell goes no further than that; what is beyond is "many".
BELL_LIMIT = 100
LISTS = ("all", "unread", "todo")
_UNREAD = (Notice.read_at.is_(None), Notice.done_at.is_(None))
_BELL = Prepared(
    sa.select(sa.func.count()).select_from(
        sa.select(sa.literal(1))
        .where(Notice.person_id == sa.bindparam("person_id"), *_UNREAD)
        .limit(BELL_LIMIT)
        .subquery()
    )
)


def unread_count(person_id: int) -> int:
    """How many notices call for the person's attention, `BELL_LIMIT` at most."""
    return int(_BELL.rows({"person_id": person_id})[0][0])


def _of(which: str) -> list[ColumnElement[bool]]:
    asking = [kind.name for kind in words.KINDS.values() if kind.asks]
    lists: dict[str, list[ColumnElement[bool]]] = {
        "unread": list(_UNREAD),
        "todo": [Notice.kind.in_(asking), Notice.done_at.is_(None)],
    }
    return lists.get(which, [])


def inbox(
    which: str, *, actor: Actor, number: int = 1, size: int = 30
) -> tuple[Sequence[Notice], dict[str, int]]:
    """One page of a list of the actor's inbox, newest first, and how many are in each list."""
    own = Notice.person_id == actor.id
    counts = session.execute(
        sa.select(*(sa.func.count().filter(sa.and_(sa.true(), *_of(key))) for key in LISTS)).where(
            own
        )
    ).one()
    page = sa.select(Notice).where(own, *_of(which)).order_by(Notice.at.desc(), Notice.id.desc())
    rows = session.scalars(cut(page, number, size)).all()
    return rows, dict(zip(LISTS, counts, strict=True))


def access_notice(notice_id: int, *, actor: Actor) -> Notice:
    """A notice of the actor's own inbox, else `NotFound`."""
    query = sa.select(Notice).where(Notice.id == notice_id, Notice.person_id == actor.id)
    notice = session.scalar(query)
    if notice is None:
        raise NotFound
    return notice


def reach_of(person_id: int) -> Reach | None:
    """How a person is reached outside the inbox, where the person said so."""
    return session.scalar(sa.select(Reach).where(Reach.person_id == person_id))

"""Who gets the mail of the day."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from saas.accounts.queries import Person
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.notices import words
from saas.notices.models import Delivery, Notice, Reach


def gather(hour: int, *, now: datetime) -> list[int]:
    """A delivery for each reader of this hour with something new and unread; their ids.

    What was in an earlier digest does not make a new one, but stands in it while it is unread.
    """
    found = session.execute(
        sa.select(Reach.id, Reach.person_id, sa.func.max(Notice.id))
        .join(Person, sa.and_(Person.id == Reach.person_id, Person.disabled_at.is_(None)))
        .join(Notice, sa.and_(Notice.person_id == Reach.person_id, Notice.id > Reach.digested_id))
        .where(
            Reach.wants_mail == "digest",
            Reach.digest_hour == hour,
            Notice.read_at.is_(None),
            Notice.done_at.is_(None),
        )
        .group_by(Reach.id)
        .order_by(Reach.id)
    ).all()
    if not found:
        return []
    newest = [{"id": reach_id, "digested_id": last} for reach_id, _, last in found]
    session.execute(sa.update(Reach), newest)
    rows = [_row(person_id, now) for _, person_id, _ in found]
    return list(session.scalars(sa.insert(Delivery).returning(Delivery.id), rows))


def _row(person_id: int, now: datetime) -> dict[str, object]:
    return {
        "key": new_token(),
        "channel": "mail",
        "event": words.DIGEST.name,
        "person_id": person_id,
        "state": "waiting",
        "next_try_at": now,
        "at": now,
    }

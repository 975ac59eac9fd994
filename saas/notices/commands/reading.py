"""What readers do with their own inbox. Nothing of it is a deed that an audit would ask for."""

from __future__ import annotations

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.notices.models import Notice


def mark_read(notice: Notice) -> None:
    """The reader has seen it; the first time counts."""
    notice.read_at = notice.read_at or clock.now()


def mark_unread(notice: Notice) -> None:
    """The reader wants to come back to it."""
    notice.read_at = None


def mark_all_read(*, actor: Actor) -> None:
    """The whole inbox of ``actor`` has been seen."""
    session.execute(
        sa.update(Notice)
        .where(Notice.person_id == actor.id, Notice.read_at.is_(None))
        .values(read_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )

"""What readers do with their own inbox. Nothing of it is a deed that an audit would ask for."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.notices import chain, words
from saas.notices.events import person_reached
from saas.notices.models import Notice


def mark_read(notice: Notice) -> None:
    """The reader has seen it; the first time counts."""
    if notice.read_at is None:
        notice.read_at = clock.now()
        _reached([notice])


def _reached(notices: Sequence[Notice]) -> None:
    """Who has read what a telephone would say is called about it no more."""
    for notice in notices:
        if notice.about and words.kind_of(notice.kind).short:
            chain.close_calls([notice.about], [notice.kind], now=clock.now())
            person_reached.send(notice.about, kind=notice.kind)


def mark_unread(notice: Notice) -> None:
    """The reader wants to come back to it."""
    notice.read_at = None


def mark_all_read(*, actor: Actor) -> None:
    """The whole inbox of ``actor`` has been seen."""
    short = [kind.name for kind in words.KINDS.values() if kind.short]
    unread = (Notice.person_id == actor.id, Notice.read_at.is_(None))
    _reached(session.scalars(sa.select(Notice).where(*unread, Notice.kind.in_(short))).all())
    session.execute(
        sa.update(Notice)
        .where(*unread)
        .values(read_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )

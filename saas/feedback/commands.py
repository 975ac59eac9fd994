"""Asking somebody who came, and taking what is said."""

from __future__ import annotations

import sqlalchemy as sa

from saas.activities import queries as sessions
from saas.activities.queries import Scene
from saas.feedback import queries, rules, words
from saas.feedback.models import Answer, Asked
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import token_hash
from saas.kernel.db import session
from saas.kernel.errors import Conflict


def ask(scene: Scene, *, actor: Actor) -> None:
    """Note that the actor has been asked; what they say carries none of it.

    Raises `Conflict` for who was not there, or was asked before.
    """
    mark = queries.open_mark(scene, actor)
    if mark is None:
        raise Conflict(words.NOT_ASKED)
    session.add(Asked(mark_id=mark.id))
    session.flush()


def answer(code: str, ticket: str, *, grade: str, wish: str = "") -> None:
    """Take what was said with a ticket of the session ``code``; the ticket is used up.

    Raises `Conflict` where it was, or it is too late.
    """
    one = sessions.by_code(code)
    if one is None or not rules.is_asked(one.state, one.end, clock.now()):
        raise Conflict(words.TOO_LATE)
    made = Answer(session_id=one.id, token_hash=token_hash(ticket), grade=grade,
                  wish=wish.strip()[:300] or None, on=clock.today())  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except sa.exc.IntegrityError:
        raise Conflict(words.USED) from None

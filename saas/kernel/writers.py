"""Those who add to what may only grow, and the one who waits until all of them are done.

Numbers of rows are given out before the rows are stored, so the highest number that can be seen
says nothing of lower ones that are still on their way. Whoever writes shares a lock from the
beginning of its transaction to its end; who has the lock for himself knows that there is nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from saas.kernel.context import NoScope, current_scope
from saas.kernel.db import scoping, session, writers_key

#: How long the one waits before others are let past, in milliseconds. New writers stand behind it
#: meanwhile; below a second it is gone before the server looks for a deadlock.
PATIENCE: Sequence[int] = (100, 300, 800)
_JOIN = sa.text("SELECT pg_advisory_xact_lock_shared(:key)")
_ALONE = sa.text("SELECT pg_advisory_xact_lock(:key)")
_WAIT = "SELECT pg_catalog.set_config('lock_timeout', %s, true)"


class Busy(Exception):
    """Somebody writes for long: nobody could be alone in this moment."""


def join() -> None:
    """Make sure that the running transaction is among the writers. In a unit of work it is."""
    own = session()
    if own.info.get("joined") is None or own.info["joined"] is not own.get_transaction():
        session.execute(_JOIN, {"key": _key()})


def be_alone() -> None:
    """Be for the rest of this transaction the only one who could write; raises `Busy`.

    To be called at the beginning of a transaction that writes nothing.
    """
    for patience in PATIENCE:
        try:
            connection = session.connection()
            with scoping(connection):
                connection.exec_driver_sql(_WAIT, (f"{patience}ms",))
            session.execute(_ALONE, {"key": _key()})
            return
        except OperationalError as error:
            session.rollback()
            if getattr(error.orig, "sqlstate", None) != "55P03":
                raise
    raise Busy


def in_turn(what: str) -> None:
    """Of all who do ``what`` in this scope be the only one, until the transaction ends."""
    session.execute(_ALONE, {"key": _key(f"/{what}")})


def _key(what: str = "") -> int:
    scope = current_scope()
    if scope is None:
        raise NoScope("writers are those of one scope")
    return writers_key(scope.key + what)

"""One use case, one transaction: return commits, raise rolls back.

What must leave the process (a message, a cache to refresh) waits until the commit succeeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from saas.kernel.db import session


def after_commit(action: Callable[[], None]) -> None:
    """Do ``action`` once the running unit of work is safely stored; never if it is not."""
    session.info.setdefault("after_commit", []).append(action)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what happens inside, or nothing of it."""
    try:
        yield
        session.commit()
    except BaseException:
        session.info.pop("after_commit", None)
        session.rollback()
        raise
    for action in session.info.pop("after_commit", []):
        action()


@contextmanager
def reading() -> Iterator[None]:
    """A unit that never writes: whatever was changed inside by mistake is thrown away."""
    try:
        yield
    finally:
        session.rollback()

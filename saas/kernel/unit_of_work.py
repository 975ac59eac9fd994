"""One use case, one transaction: return commits, raise rolls back.

What must leave the process (a message, a cache to refresh) waits until the commit succeeded.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from saas.kernel.db import constraint_of, session
from saas.kernel.errors import Conflict

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
#: So often something is tried while others store the same.
_LOOKS = 5


def after_commit(action: Callable[[], None]) -> None:
    """Do ``action`` once the running unit of work is safely stored; never if it is not."""
    session.info.setdefault("after_commit", []).append(action)


def when_undone(action: Callable[[], None]) -> None:
    """Do ``action`` if what is being done now is not stored, in whole or in this part of it."""
    session.info.setdefault("when_undone", []).append(action)


def _waiting() -> tuple[int, int]:
    return len(session.info.get("after_commit", ())), len(session.info.get("when_undone", ()))


def _strike_off(since: tuple[int, int] = (0, 0)) -> None:
    """What was to be done after the commit is not done, what was to be done otherwise is."""
    after, undoing = since
    session.info["after_commit"] = session.info.get("after_commit", [])[:after]
    actions: list[Callable[[], None]] = session.info.get("when_undone", [])
    session.info["when_undone"] = actions[:undoing]
    for action in actions[undoing:]:
        action()


def once(key: str, make: Callable[[], _Result]) -> _Result:
    """What ``make`` gave when it was first asked for ``key`` in this transaction.

    What was read inside a part that is undone is not true after it, and is made anew.
    """
    kept: tuple[object, _Result] | None = session.info.get(("once", key))
    if kept is not None and kept[0] in _running():
        return kept[1]
    made = make()
    session.info["once", key] = (next(_running(), None), made)
    return made


def forget(key: str) -> None:
    """Ask anew when ``key`` is next needed: this unit of work has changed what it stands on."""
    session.info.pop(("once", key), None)


def _running() -> Iterator[object]:
    """The transaction that is open, innermost part first; nothing where none has begun."""
    own = session()
    part = own.get_nested_transaction() or own.get_transaction()
    while part is not None:
        yield part
        part = part.parent


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what happens inside, or nothing of it."""
    session.info["writes"] = True
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        _strike_off()
        raise
    finally:
        session.info.pop("writes", None)
    session.info.pop("when_undone", None)
    for action in session.info.pop("after_commit", []):
        action()


@contextmanager
def reading() -> Iterator[None]:
    """A unit that never writes: whatever was changed inside by mistake is thrown away."""
    try:
        yield
    finally:
        session.rollback()
        _strike_off()


@contextmanager
def undone() -> Iterator[None]:
    """Do something to see what comes of it: at the end it is all undone, whatever happens.

    Jobs are rows of the same transaction and go with it; what was to be done after the commit is
    struck off.
    """
    since = _waiting()
    point = session.begin_nested()
    try:
        yield
    finally:
        point.rollback()
        _strike_off(since)


def insist(work: Callable[[], _Result]) -> _Result:
    """Do ``work`` in a savepoint. When somebody else stored the same in this very moment, do it
    once more: its own checks see that now and say so, or find that it is done already.

    Raises what ``work`` raises, with all undone that it began; `Conflict` when others were
    quicker each time.
    """
    for _ in range(_LOOKS):
        since = _waiting()
        try:
            with session.begin_nested():
                return work()
        except IntegrityError as error:
            clash = error
            _strike_off(since)
        except BaseException:
            _strike_off(since)
            raise
    _log.warning("others were quicker each time: %s", constraint_of(clash))
    raise Conflict

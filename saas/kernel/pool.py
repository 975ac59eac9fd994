"""The pool of connections, which gives a district the connection that knows it.

A server process keeps what it has learnt of each district's tables, about 1.4 MB; the first visit
costs as much as a page. Were connections given out in turn, each would learn all districts.
"""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlalchemy.util import queue

from saas.kernel import context

#: Where a connection notes the keys of the scopes that it has visited.
VISITED = "saas_visited"


def visited(record: ConnectionPoolEntry) -> Set[str]:
    """Keys of the scopes that a connection knows."""
    found: Set[str] = record.info.get(VISITED, frozenset())
    return found


class _Idle(queue.Queue[ConnectionPoolEntry]):
    """Connections at rest; it gives out who knows the scope at work, else who knows fewest."""

    def best(self) -> ConnectionPoolEntry | None:
        """The one that it would give out now."""
        with self.mutex:
            return self.queue[self._place()] if self.queue else None

    def _get(self) -> ConnectionPoolEntry:
        place = self._place()
        found = self.queue[place]
        del self.queue[place]
        return found

    def _place(self) -> int:
        key = _key()
        ranks = [(key not in visited(one), len(visited(one))) for one in self.queue]
        return ranks.index(min(ranks))


class _Pool(QueuePool):
    """Makes another connection, while it may, instead of teaching one that has learnt enough."""

    _queue_class = _Idle
    _pool: _Idle
    #: Scopes that a connection learns before another is made.
    room = 0

    def _do_get(self) -> ConnectionPoolEntry:
        best = self._pool.best()
        if best is not None and not self._fits(best) and self._inc_overflow():
            try:
                return self._create_connection()
            except BaseException:
                self._dec_overflow()
                raise
        return super()._do_get()

    def _fits(self, record: ConnectionPoolEntry) -> bool:
        known = visited(record)
        return _key() in known or len(known) < self.room


def _key() -> str | None:
    scope = context.current_scope()
    return scope.key if scope else None


def pool_with_room_for(room: int) -> type[QueuePool]:
    """A pool whose connections learn so many scopes before another is made."""
    return type("Pool", (_Pool,), {"room": room})

"""The pool of connections, which gives a district the connection that knows it.

A server process keeps what it has learnt of each district's tables, about 1.4 MB; the first visit
costs as much as a page. Were connections given out in turn, each would learn all districts.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

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
    """Connections at rest."""

    #: Scopes that a connection may learn; while the pool may grow, one more is made instead.
    room = 0

    def get(self, block: bool = True, timeout: float | None = None) -> ConnectionPoolEntry:
        """Raises `queue.Empty` where the pool does better to make another connection."""
        with self.mutex:
            if not block and self.queue and not self._fits(self.queue[self._best()]):
                raise queue.Empty
            return super().get(block, timeout)

    def _get(self) -> ConnectionPoolEntry:
        place = self._best()
        found = self.queue[place]
        del self.queue[place]
        return found

    def _fits(self, record: ConnectionPoolEntry) -> bool:
        known = visited(record)
        return _key() in known or len(known) < self.room

    def _best(self) -> int:
        """Who knows this scope; else who knows fewest."""
        key = _key()
        ranks = [(key not in visited(one), len(visited(one))) for one in self.queue]
        return ranks.index(min(ranks))


def _key() -> str | None:
    scope = context.current_scope()
    return scope.key if scope else None


def pool_with_room_for(room: int) -> type[QueuePool]:
    """A pool whose connections learn so many scopes before another is made."""
    idle: Any = type("Idle", (_Idle,), {"room": room})
    return type("Pool", (QueuePool,), {"_queue_class": idle})

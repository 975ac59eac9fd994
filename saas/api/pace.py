"""How fast a token may go.

Every call is counted in this process alone, in a bucket that leaks: no write, no round trip. With
several processes a token can go that many times as fast, which is still a bound. What changes
something is rare, holds locks and makes jobs, so it is counted in the database as well, for all
processes together; there it costs one more row in a transaction that writes anyway.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Hashable
from datetime import timedelta

from saas.kernel import throttle
from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import TooMany
from saas.kernel.i18n import lazy_gettext as _l

_TOO_FAST = _l("This token calls too often. Wait for the time in Retry-After.")
#: Changes that a token may make in one window.
CHANGES, CHANGES_WINDOW = 120, timedelta(minutes=1)
_DOOR = "api"


class Bucket:
    """Lets through ``burst`` calls of a key at once and ``per_second`` in the long run."""

    def __init__(self, *, burst: float, per_second: float, remembered: int = 10_000) -> None:
        self.burst, self.per_second = burst, per_second
        self._remembered = remembered
        self._levels: dict[Hashable, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, key: Hashable, now: float) -> float:
        """Count a call at ``now`` (seconds): 0 when it may go on, else the seconds to wait."""
        with self._lock:
            level, at = self._levels.get(key, (0.0, now))
            level = max(0.0, level - max(0.0, now - at) * self.per_second)
            if level + 1 > self.burst:
                return (level + 1 - self.burst) / self.per_second
            if len(self._levels) >= self._remembered and key not in self._levels:
                self._levels.clear()  # who was slowed down begins afresh: once in a great while
            self._levels[key] = (level + 1, now)
            return 0.0


BUCKET = Bucket(burst=100, per_second=20)


def ensure_slow_enough(token: Actor) -> None:
    """Count a call of this token. Raises `TooMany` with the seconds to wait."""
    wait = BUCKET.take((current_tenant().key, token.id), time.monotonic())
    if wait:
        raise TooMany(_TOO_FAST, retry_after=math.ceil(wait))


def ensure_few_changes(actor: Actor) -> None:
    """Before a change: raises `TooMany` when this token has made its share in this window."""
    if actor.kind != "token":
        return
    try:
        throttle.ensure_calm(_DOOR, str(actor.id), limit=CHANGES)
    except TooMany as error:
        seconds = int(CHANGES_WINDOW.total_seconds())
        raise TooMany(_TOO_FAST, retry_after=seconds) from error


def count_change(actor: Actor) -> None:
    """After a change, last in its transaction: others of the same token wait for no longer."""
    if actor.kind == "token":
        throttle.count_try(_DOOR, str(actor.id), window=CHANGES_WINDOW)

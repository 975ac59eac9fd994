"""How fast somebody may go on: a bound on load, so that nobody keeps a district from its people.

Counted in this process alone, in buckets that leak; guessing is counted in the database, by
`saas.kernel.throttle`.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Hashable

from flask import current_app

from saas.kernel.errors import TooMany
from saas.kernel.runtime import settings
from saas.web.address import caller_address


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


def ensure_calm() -> None:
    """Count an answer to somebody who is not signed in, by address. Raises `TooMany` with the
    seconds to wait.
    """
    bucket: Bucket | None = current_app.extensions.get("saas_pace")
    if bucket is None:
        most = settings().public_per_minute
        bucket = current_app.extensions["saas_pace"] = Bucket(burst=most, per_second=most / 60)
    wait = bucket.take(caller_address(), time.monotonic())
    if wait:
        raise TooMany(retry_after=math.ceil(wait))

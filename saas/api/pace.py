"""How fast a token may go.

Every call is counted in this process alone, in a bucket that leaks: no write, no round trip. With
several processes a token can go that many times as fast, which is still a bound. What changes
something is rare, holds locks and makes jobs, so it is counted in the database as well, for all
processes together; there it costs one more row in a transaction that writes anyway.
"""

from __future__ import annotations

import math
import time
from datetime import timedelta

from saas.kernel import throttle
from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import TooMany
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pace import Bucket

_TOO_FAST = _l("This token calls too often. Wait for the time in Retry-After.")
#: Changes that a token may make in one window.
CHANGES, CHANGES_WINDOW = 120, timedelta(minutes=1)
_DOOR = "api"
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

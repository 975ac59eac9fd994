"""Whether background work lives, what waits, what broke: read from the queue itself.

The pulse is anybody's to read, since it names no district. Kinds, troubles and what may be done
about them are the hub's alone.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from saas.kernel.db import session

#: A worker writes its heartbeat every ten seconds.
_LATE = 60.0
#: A job that is due and not begun for so long waits for somebody.
_LONG = 300.0
#: How long a process goes by what it read last, in seconds.
_FRESH = 10.0


@dataclass(frozen=True, slots=True)
class Pulse:
    """``workers`` that are signed on; ``beat``, the age of the youngest heartbeat, and ``due``, how
    long the oldest due job has waited, in seconds; None when there is none.
    """

    workers: int
    beat: float | None
    due: float | None

    @property
    def state(self) -> str:
        """``ok``; ``stopped``: no worker is heard; ``behind``: one is and does not keep up."""
        if self.beat is None or self.beat > _LATE:
            return "stopped"
        return "behind" if self.due is not None and self.due > _LONG else "ok"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A job that broke: ``failed``, or ``todo`` while it is tried ``again`` by itself."""

    id: int
    kind: str
    scope: str | None
    state: str
    attempts: int
    again: datetime | None
    at: datetime | None
    reason: str | None


_PULSE = sa.text("SELECT workers, beat, due FROM jobs.pulse()")
_KINDS = sa.text("SELECT kind, state, number FROM jobs.kinds()")
_TROUBLED = sa.text(
    "SELECT id, kind, scope, state, attempts, again, at, reason FROM jobs.troubled(:most)"
)
_AGAIN = sa.text("SELECT kind, scope FROM jobs.again(:job)")
_GIVE_UP = sa.text("SELECT kind, scope FROM jobs.give_up(:job)")


def pulse() -> Pulse:
    """As it is now. Any scope."""
    return Pulse(*session.execute(_PULSE).one())


def recent_pulse() -> Pulse:
    """As this process read it less than ten seconds ago: for what every page asks."""
    known: tuple[float, Pulse] | None = current_app.extensions.get("saas_pulse")
    if known is None or time.monotonic() - known[0] > _FRESH:
        known = current_app.extensions["saas_pulse"] = (time.monotonic(), pulse())
    return known[1]


def by_kind() -> dict[str, dict[str, int]]:
    """How many jobs of each kind are ``later``, ``todo``, ``doing``, ``failed``. Hub alone."""
    found: dict[str, dict[str, int]] = {}
    for kind, state, number in session.execute(_KINDS):
        found.setdefault(kind, {})[state] = number
    return found


def troubles(most: int = 200) -> Sequence[Trouble]:
    """What broke, those that nobody tries any more first. Hub alone."""
    return [Trouble(*row) for row in session.execute(_TROUBLED, {"most": most})]


def again(job: int) -> tuple[str, str] | None:
    """Queue a failed job as if for the first time; its kind and scope, None if it is gone."""
    row = session.execute(_AGAIN, {"job": job}).one_or_none()
    return (row.kind, row.scope) if row else None


def give_up(job: int) -> tuple[str, str] | None:
    """Take a failed job out of the queue; its kind and scope, None if it is gone."""
    row = session.execute(_GIVE_UP, {"job": job}).one_or_none()
    return (row.kind, row.scope) if row else None

"""Declaring jobs and putting them in the queue."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import NoScope, current_scope
from saas.kernel.db import session

_ENQUEUE = sa.text(
    "SELECT jobs.enqueue(:task, :scope, CAST(:args AS jsonb), CAST(:run_at AS timestamptz),"
    " :lock, :once)"
)


@dataclass(frozen=True, slots=True)
class Job:
    """A function that the worker may call. ``plane`` says which scope it runs in.

    ``nightly`` ones are queued for every living district once a night; a hub's job with ``cron``
    (in UTC) is run by the clock.
    """

    name: str
    plane: str
    run: Callable[..., None]
    own_transactions: bool = False
    nightly: bool = False
    cron: str | None = None

    def enqueue(
        self,
        *,
        at: datetime | None = None,
        lock: str | None = None,
        once: str | None = None,
        **args: Any,
    ) -> int | None:
        """Queue a run in the current transaction and return its id. ``at`` is a moment on the clock
        of the scope, which in a demo district may stand ahead of the world's.

        ``lock``: runs with the same lock come one after the other. ``once``: while such a run
        waits, another is not queued (returns None). ``args`` are JSON values; ids, not people.
        """
        scope = current_scope()
        if scope is None:
            raise NoScope(f"job {self.name} was queued without a scope")
        prefix = f"{scope.key}:"
        values = {
            "task": self.name,
            "scope": scope.role,
            "args": json.dumps({"scope": scope.key, **args}),
            # What should have run before waits from now on: so how long it waits says how the
            # worker keeps up, and not how long ago a story takes place that is told here.
            "run_at": max(clock.to_world(at), datetime.now(UTC)) if at else None,
            "lock": prefix + lock if lock else None,
            "once": prefix + once if once else None,
        }
        return session.execute(_ENQUEUE, values).scalar()


JOBS: dict[str, Job] = {}


def job(
    name: str,
    *,
    plane: str,
    own_transactions: bool = False,
    nightly: bool = False,
    cron: str | None = None,
) -> Callable[[Callable[..., None]], Job]:
    """Declare a job: ``@job("tenancy.provision", plane="hub")``. Done at import, once a name.

    Its arguments arrive as keywords. It runs in one unit of work unless ``own_transactions``.
    """

    def declare(run: Callable[..., None]) -> Job:
        if name in JOBS:
            raise ValueError(f"job {name} is declared twice")
        JOBS[name] = Job(name, plane, run, own_transactions, nightly, cron)
        return JOBS[name]

    return declare

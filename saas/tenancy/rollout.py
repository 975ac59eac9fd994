"""Taking every district that is behind to the newest revision, ring by ring.

Each district is one transaction, so that one which fails is reported, stays as it was and does not
stop the others; running again goes on with what is left. The rings grow: should a revision break
more than a few, the run ends before it has tried them all.

Most revisions send the same statements whatever is in the tables. Those are written down at the
first district and sent again for all others at the same revision, several at a time: Alembic, which
works at one district at a time, is asked once.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from saas.tenancy import migrating
from saas.tenancy.schema import ensure_ours

_log = logging.getLogger(__name__)
#: By what a ring is larger than the one before it; the first is one district.
_GROWTH = 3
#: Failures that a run bears, and the share of those tried that it bears beside them.
_BORNE, _BORNE_SHARE = 2, 0.02
#: How often a district is tried whose tables somebody holds (PostgreSQL: lock_not_available).
_TRIES, _HELD = 3, "55P03"

#: Code, schema, present revision.
Late = tuple[str, str, str | None]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one district in a run; ``error`` is the kind of error, without data."""

    code: str
    before: str | None
    after: str | None
    error: str | None = None


@dataclass
class _Tape:
    """The statements of a migration, and in whose schema they were sent.

    ``answered`` when one of them asked the tables something: then another district may need others.
    """

    schema: str
    sent: list[tuple[str, Any]] = field(default_factory=list)
    answered: bool = False
    running: bool = False
    begun: str | None = None

    def start(self, revision: str | None) -> None:
        """From here on what is sent is the migration's own; it begins at this revision."""
        self.running, self.begun = True, revision

    def hear(self, _: Any, cursor: Any, statement: str, values: Any, *__: Any) -> None:
        """Called by the engine after each statement."""
        if self.running:
            self.sent.append((statement, values))
            self.answered |= cursor.description is not None

    def replay(self, connection: sa.Connection, schema: str) -> None:
        """Send the same for another district."""
        migrating.prepare(connection, schema)
        for statement, values in self.sent:
            connection.exec_driver_sql(statement.replace(self.schema, schema), values or None)


@dataclass
class _Run:
    """One run over the fleet: what was written down for districts at which revision."""

    engine: sa.Engine
    tapes: dict[str | None, _Tape] = field(default_factory=dict)

    def bring(self, late: Late) -> Outcome:
        """Take one district along; never raises."""
        code, _, before = late
        try:
            self._patiently(late)
        except Exception as error:  # noqa: BLE001 - one district must not stop the others
            _log.exception("migrating %s failed", code)
            return Outcome(code, before, before, type(error).__name__)
        return Outcome(code, before, migrating.head("tenant"))

    def _patiently(self, late: Late) -> None:
        for left in reversed(range(_TRIES)):
            try:
                return self._once(*late)
            except sa.exc.DBAPIError as error:
                if not left or getattr(error.orig, "sqlstate", None) != _HELD:
                    raise
                time.sleep(random.uniform(0.1, 1.0))  # noqa: S311 - so that two do not meet again
        return None

    def _once(self, code: str, schema: str, before: str | None) -> None:
        tape = self.tapes.get(before)
        made = _Tape(ensure_ours(schema))
        with self.engine.begin() as connection:
            right = tape is not None and _stamp(connection, made.schema) == before
            if tape is not None and right and not tape.answered:
                tape.replay(connection, made.schema)
            else:
                with _recording(connection, made):
                    migrating.upgrade(connection, "tenant", schema, begins=made.start)
            connection.execute(
                sa.text("UPDATE hub.tenants SET revision = :head WHERE schema_name = :schema"),
                {"head": migrating.head("tenant"), "schema": schema},
            )
        if tape is None and made.running and made.begun == before:
            self.tapes[before] = made


def _stamp(connection: sa.Connection, schema: str) -> str | None:
    """Where a district stands, as it says itself: the hub may come out of an older backup."""
    stamps = sa.table("alembic_version", sa.column("version_num", sa.String), schema=schema)
    return connection.scalar(sa.select(stamps.c.version_num))


@contextmanager
def _recording(connection: sa.Connection, tape: _Tape) -> Iterator[None]:
    sa.event.listen(connection, "after_cursor_execute", tape.hear)
    try:
        yield
    finally:
        sa.event.remove(connection, "after_cursor_execute", tape.hear)


def rings(plan: list[Late]) -> Iterator[list[Late]]:
    """The plan in pieces of 1, 3, 9, … districts."""
    size = 1
    while plan:
        yield plan[:size]
        plan, size = plan[size:], size * _GROWTH


def upgrade_tenants(
    engine: sa.Engine, *, workers: int = 4, only: str | None = None, say: Say = lambda _: None
) -> list[Outcome]:
    """Take every district that is behind (or the one called ``only``) to the newest revision.

    Returns what became of each; those that were not tried any more carry the error ``NotTried``.
    """
    plan = [late for late in migrating.behind(engine) if only in (None, late[0])]
    run = _Run(engine)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for number, ring in enumerate(rings(plan), 1):
            if too_many(outcomes):
                outcomes += [Outcome(late[0], late[2], late[2], "NotTried") for late in ring]
                continue
            outcomes += pool.map(run.bring, ring)
            say(f"ring {number}: {len(outcomes)} of {len(plan)}, {len(failures(outcomes))} failed")
    return outcomes


def too_many(outcomes: list[Outcome]) -> bool:
    """Whether so many failed that the others are better left alone."""
    return len(failures(outcomes)) > _BORNE + _BORNE_SHARE * len(outcomes)


def failures(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those that did not arrive."""
    return [outcome for outcome in outcomes if outcome.error]

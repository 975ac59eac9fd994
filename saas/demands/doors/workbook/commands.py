"""Taking over a workbook: kept sealed until it is confirmed, then done in the background.

A row is known again by its own number at its place, or by all that it says, so that the same file
twice makes nothing twice, however far the first time came.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.accounts import queries as people
from saas.demands.case import queries as cases
from saas.demands.doors.workbook import queries
from saas.demands.doors.workbook.models import Import
from saas.demands.doors.workbook.rules import WorkbookRow, identity_of
from saas.demands.intake.commands import Intake, file_demand
from saas.jobs.queue import JOBS
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash, new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, NotFound

#: So long a workbook waits to be confirmed, and so many rows are one transaction.
WAITS = timedelta(hours=2)
PORTION = 50
_KEPT = timedelta(days=1)


def submission_of(row: WorkbookRow) -> str:
    """The key by which a row makes one demand; it tells nothing of what the row says."""
    return f"wb-{lookup_hash(chr(31).join(identity_of(row)))[:37]}"


def count_fresh(rows: Sequence[WorkbookRow]) -> int:
    """How many rows have not made a demand yet."""
    keys = {submission_of(row) for row in rows}
    return len(keys - queries.already_filed(keys))


def keep_import(rows: Sequence[WorkbookRow], *, actor: Actor) -> str:
    """Keep clean rows until they are confirmed, in place of what the person had before."""
    held = queries.import_of(actor.id, lock=True)
    if held is not None and held.state == "running":
        raise Conflict
    now, token = clock.now(), new_token()
    values = {
        "token": token,
        "rows": json.dumps([asdict(row) for row in rows], default=str),
        "state": "checked",
        "total": len(rows),
        "done": 0,
        "made": 0,
        "at": now,
        "expires_at": now + WAITS,
    }
    fresh = insert(Import).values(person_id=actor.id, **values)
    session.execute(fresh.on_conflict_do_update(index_elements=["person_id"], set_=values))
    return token


def start_import(token: str, *, actor: Actor) -> Import:
    """Confirm what was looked at. Pressed again it goes on where it stopped; twice is once.

    `NotFound` when its time is over.
    """
    found = queries.import_of(actor.id, lock=True)
    if found is None or found.token != token:
        raise NotFound
    if found.state == "checked":
        found.state, found.expires_at = "running", clock.now() + _KEPT
        audit.record("demands.import", "import", found.id, actor=actor, rows=found.total)
    if found.state == "running":
        mark = f"import-{token}"
        JOBS["demands.take_over"].enqueue(token=token, lock=mark, once=mark)
    return found


def drop_import(*, actor: Actor) -> None:
    """Forget a workbook that was not confirmed."""
    session.execute(
        sa.delete(Import).where(Import.person_id == actor.id, Import.state != "running")
    )


def import_portion(token: str) -> bool:
    """The next rows; whether there are more. What has been taken over meanwhile is passed over."""
    found = queries.import_by_token(token)
    if found is None or found.state != "running":
        return False
    actor = people.load_actor(found.person_id)
    rows = queries.rows_of_import(found)[found.done : found.done + PORTION]
    known = queries.already_filed(submission_of(row) for row in rows)
    for row in rows:
        if actor is not None and submission_of(row) not in known:
            _take_over(row, actor)
            found.made += 1
        found.done += 1
    if found.done >= found.total or actor is None:
        found.state, found.rows = ("done" if actor else "stopped"), None
    return found.state == "running"


def _take_over(row: WorkbookRow, actor: Actor) -> None:
    unit = cases.find_place(row.unit)
    if unit is None:
        raise NotFound
    file_demand(
        category=row.category,
        unit=unit,
        words=row.words,
        submission=submission_of(row),
        intake=Intake(
            channel="workbook",
            caller_name=row.name,
            caller_phone=row.phone,
            anonymous=row.anonymous,
            spot=row.spot,
            received_on=row.received_on,
        ),
        actor=actor,
    )


def stop_import(token: str) -> None:
    """A row can no longer be taken over; those before it are, and the file may come again."""
    found = queries.import_by_token(token)
    if found is not None and found.state == "running":
        found.state, found.rows = "stopped", None


def forget_imports() -> None:
    """What nobody confirmed in time, or was taken over a day ago, is deleted."""
    session.execute(sa.delete(Import).where(Import.expires_at <= clock.now()))

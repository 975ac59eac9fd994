"""Taking over a workbook: kept sealed until it is confirmed, then done in the background.

A row is known again by its own number at its place, or by all that it says, so that the same file
twice makes nothing twice, however far the first time came.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from saas.accounts import queries as people
from saas.demands.case import queries as cases
from saas.demands.doors.workbook import queries
from saas.demands.doors.workbook.models import Import
from saas.demands.doors.workbook.queries import submission_of
from saas.demands.doors.workbook.rules import WorkbookRow
from saas.demands.intake.commands import Intake, file_demand
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.sheets.keeping import Shelf

#: So many rows are one transaction.
PORTION = 50
#: Where the clean rows of everybody's latest workbook wait to be confirmed.
IMPORTS = Shelf(
    model=Import,
    job="demands.take_over",
    content="rows",
    waits=timedelta(hours=2),
    fresh={"made": 0},
)


def count_fresh(rows: Sequence[WorkbookRow]) -> int:
    """How many rows have not made a demand yet."""
    keys = {submission_of(row) for row in rows}
    return len(keys - queries.already_filed(keys))


def keep_import(rows: Sequence[WorkbookRow], *, actor: Actor) -> str:
    """Keep clean rows until they are confirmed, in place of what the person had before."""
    text = json.dumps([asdict(row) for row in rows], default=str)
    return IMPORTS.keep(text, state="checked", total=len(rows), actor=actor)


def start_import(token: str, *, actor: Actor) -> Import:
    """Confirm what was looked at. Pressed again it goes on where it stopped; twice is once.

    `NotFound` when its time is over.
    """

    def begun(held: Import) -> None:
        audit.record("demands.import", "import", held.id, actor=actor, rows=held.total)

    return IMPORTS.start(token, actor=actor, begun=begun)


def import_portion(token: str) -> bool:
    """The next rows; whether there are more. What has been taken over meanwhile is passed over."""
    found = IMPORTS.named(token, lock=True)
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
        IMPORTS.close(found, "done" if actor else "stopped")
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

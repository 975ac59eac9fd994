"""A file on its way in: read, checked whole, kept sealed until it is taken over or forgotten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas import sheets
from saas.accounts import permissions as people
from saas.jobs.queue import JOBS
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, NotFound
from saas.kernel.workbooks import CellFault
from saas.onboarding.workbook import queries, words
from saas.onboarding.workbook.models import SetupImport
from saas.onboarding.workbook.rules import resolve
from saas.onboarding.workbook.rules.plan import Plan
from saas.rooms import permissions as rooms
from saas.sheets import Draft, Sheet, headed, read_sheets
from saas.territory import permissions as territory
from saas.territory import queries as units

#: So long a file waits, and so long it is told what became of it.
KEPT = timedelta(days=1)
_NEEDED = (people.SETTINGS, people.MANAGE, territory.EDIT, rooms.CONFIGURE)


def ensure_imports(actor: Actor) -> None:
    """Raise unless ``actor`` may change everything that a workbook can change, everywhere."""
    root = units.root()
    if root is None or not all(actor.may(name, root.path) for name in _NEEDED):
        raise Forbidden


def check_workbook(stream: IO[bytes], *, actor: Actor) -> None:
    """Read all of it and keep it: with what is wrong in it, or ready to be confirmed.

    Raises `Invalid` at ``file`` for what is no workbook of ours.
    """
    ensure_imports(actor)
    sent, draft = sheets.receive(stream, words.TABLES, words.FILE)
    plan = resolve(draft, queries.world_for(draft))
    state = "faulty" if plan.faults else "checked"
    kept = sent if plan.faults else _without_identities(sent, draft)
    meant = {place.sheet for place in draft.places}
    content = [[sheet.name, sheet.grid, _told(sheet)] for sheet in kept if sheet.name in meant]
    keep("workbook", content, state=state, total=plan.to_do, actor=actor)


def _without_identities(sent: Sequence[Sheet], draft: Draft) -> list[Sheet]:
    """Identity numbers were checked: they are not kept, not even until the import is done."""
    places = {place.sheet: place for place in draft.places if "identity" in place.columns}
    kept = []
    for sheet in sent:
        place = places.get(sheet.name)
        at = place.columns["identity"] if place else -1
        top = place.top if place else 0
        grid = [
            [None if column == at and row > top else cell for column, cell in enumerate(cells)]
            for row, cells in enumerate(sheet.grid)
        ]
        kept.append(Sheet(sheet.name, grid, sheet.merged))
    return kept


def _told(sheet: Sheet) -> list[list[Any]]:
    return [[fault.row, fault.column, fault.cell] for fault in sheet.merged]


def keep(kind: str, content: Any, *, state: str, total: int, actor: Actor) -> str:
    """Keep a file in place of what the person had before. Raises `Conflict` while one runs."""
    held = queries.import_of(actor.id, kind, lock=True)
    if held is not None and held.state == "running":
        raise Conflict
    now, token = clock.now(), new_token()
    values = {
        "token": token,
        "content": json.dumps(content, default=sheets.marked),
        "state": state,
        "total": total,
        "done": 0,
        "outcome": {},
        "at": now,
        "expires_at": now + KEPT,
    }
    row = insert(SetupImport).values(person_id=actor.id, kind=kind, **values)
    session.execute(
        row.on_conflict_do_update(index_elements=["person_id", "kind"], set_=values),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()
    return token


def sheets_of(held: SetupImport) -> list[Sheet]:
    """The sheets of a workbook that waits."""
    content = json.loads(held.content or "[]", object_hook=sheets.unmarked)
    return [
        Sheet(
            name,
            grid,
            [CellFault(name, row, column, "merged", cell=cell) for row, column, cell in merged],
        )
        for name, grid, merged in content
    ]


def plan_of(held: SetupImport) -> Plan:
    """What a workbook that waits would do to the district as it stands now."""
    draft = read_sheets(sheets_of(held), headed(words.TABLES))
    return resolve(draft, queries.world_for(draft))


def give_out(*, actor: Actor) -> None:
    """Write down that somebody takes the present state along as a workbook."""
    ensure_imports(actor)
    audit.record("onboarding.export", "setup", None, actor=actor)


def start_import(token: str, *, actor: Actor) -> None:
    """Take a clean workbook over in the background; pressed again, it is not begun twice."""
    ensure_imports(actor)
    held = queries.import_of(actor.id, "workbook", lock=True)
    if held is None or held.token != token or held.state not in {"checked", "running"}:
        raise NotFound
    held.state = "running"
    mark = f"setup-import-{token}"
    JOBS["onboarding.take_over"].enqueue(token=token, lock=mark, once=mark)


def drop_import(kind: str, *, actor: Actor) -> None:
    """Forget a file that was not taken over."""
    session.execute(
        sa.delete(SetupImport).where(
            SetupImport.person_id == actor.id,
            SetupImport.kind == kind,
            SetupImport.state != "running",
        )
    )


def forget_imports() -> None:
    """What was not taken over within a day is deleted, and what is told of the others."""
    session.execute(sa.delete(SetupImport).where(SetupImport.expires_at <= clock.now()))

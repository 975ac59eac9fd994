"""A file on its way in: read, checked whole, kept sealed until it is taken over or forgotten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any

from saas import sheets
from saas.accounts import permissions as people
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden
from saas.kernel.workbooks import CellFault
from saas.onboarding.workbook import queries, words
from saas.onboarding.workbook.models import SetupImport
from saas.onboarding.workbook.rules import resolve
from saas.onboarding.workbook.rules.plan import Plan
from saas.rooms import permissions as rooms
from saas.sheets import Draft, Sheet, headed, read_sheets
from saas.sheets.keeping import Shelf
from saas.territory import permissions as territory
from saas.territory import queries as units

#: Where everybody's latest workbook and official list wait.
IMPORTS = Shelf(
    model=SetupImport,
    job="onboarding.take_over",
    content="content",
    within=("kind",),
    fresh={"outcome": {}},
)
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


def keep(kind: str, content: Any, *, state: str, total: int, actor: Actor) -> None:
    """Keep a file in place of what the person had before. Raises `Conflict` while one runs."""
    text = json.dumps(content, default=sheets.marked)
    IMPORTS.keep(text, state=state, total=total, actor=actor, kind=kind)


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
    IMPORTS.start(token, actor=actor, kind="workbook")

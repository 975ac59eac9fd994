"""Workbooks that wait, and what they may speak of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from saas.demands.case import permissions
from saas.demands.case.models import Demand
from saas.demands.case.queries import ground
from saas.demands.doors.workbook.models import Import
from saas.demands.doors.workbook.rules import WorkbookRow, identity_of, is_another
from saas.kernel.context import Actor, Label
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.territory import queries as territory
from saas.territory.queries import Unit, within


def rows_of_import(found: Import) -> list[WorkbookRow]:
    """Its rows as they were read."""
    rows = json.loads(found.rows or "[]")
    days = (row["received_on"] and date.fromisoformat(row["received_on"]) for row in rows)
    return [WorkbookRow(**{**row, "received_on": d}) for row, d in zip(rows, days, strict=True)]


def submission_of(row: WorkbookRow) -> str:
    """The key by which a row makes one demand; it tells nothing of what the row says."""
    return f"wb-{lookup_hash(chr(31).join(identity_of(row)))[:37]}"


def already_filed(submissions: Iterable[str]) -> set[str]:
    """Which of these keys have made a demand."""
    query = sa.select(Demand.submission).where(Demand.submission.in_(set(submissions)))
    return set(session.scalars(query))


def numbers_of_others(rows: Sequence[WorkbookRow]) -> list[WorkbookRow]:
    """Rows whose number stands at a demand already that is about something else."""
    keyed = {submission_of(row): row for row in rows if row.reference}
    query = sa.select(Demand).where(Demand.submission.in_(keyed))
    found = {demand.submission: demand for demand in session.scalars(query)}
    return [
        row
        for key, row in keyed.items()
        if (known := found.get(key))
        and is_another(row, known.words, known.spot or "", known.caller_phone or "")
    ]


def places_in_reach(actor: Actor) -> list[tuple[Unit, list[Unit]]]:
    """The places for which somebody may enter demands, each with what stands above it."""
    query = sa.select(Unit).where(
        within(actor.reach(permissions.FILE)),
        Unit.kind != territory.DEPARTMENT,
        Unit.retired_at.is_(None),
    )
    units: Sequence[Unit] = session.scalars(query.order_by(Unit.path)).all()
    ladder = ground()
    ladder.load(units)
    return [(unit, ladder.line_above(unit)) for unit in units if ladder.chain(unit)]


def names_of(codes: set[str]) -> dict[str, Label]:
    """Unit code to name."""
    query = sa.select(Unit.code, Unit.name).where(Unit.code.in_(codes))
    return {code: name for code, name in session.execute(query)}

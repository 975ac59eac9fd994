"""Workbooks of setting up, as people would send them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
import xlsxwriter

from saas.kernel.context import entering
from saas.kernel.db import session
from saas.onboarding.workbook import words
from saas.onboarding.workbook.jobs import take_over
from saas.onboarding.workbook.models import SetupImport
from tests.support import District, Visitor

#: Section → the English names of its columns in the order of the template.
HEADS = {
    "units": ["Unit code", "Kind of unit", "Name in Chinese", "Name in English", "Stands in",
              "Official division code"],
    "people": ["Full name", "Login", "Phone", "Identity number", "Unit of the post", "Role",
               "Name of the post", "In the post since"],
    "rooms": ["Street office", "Function room", "Its own name here", "Keeper", "Opening hours",
              "Where the room is", "Contact", "To be open now", "Venue of the room"],
    "venues": ["Street office", "Venue code", "Name of the venue", "Floor space in m²",
               "What is to be known of it", "Closed"],
    "deadlines": ["Level", "Working hours to accept", "Working hours to resolve"],
}  # fmt: skip
assert {key: len(value) for key, value in HEADS.items()} == {
    table.key: len(table.columns) for table in words.TABLES
}
Rows = Sequence[Sequence[Any]]


def book(sheets: Mapping[str, Rows], more: Callable[[str, Any], None] | None = None) -> bytes:
    """A workbook with these sections, a sheet for each, called after it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as written:
        day = written.add_format({"num_format": "yyyy-mm-dd"})
        for section, rows in sheets.items():
            page = written.add_worksheet(section)
            for number, cells in enumerate([HEADS[section], *rows]):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        page.write_datetime(number, column, cell, day)
                    else:
                        page.write(number, column, cell)
            if more:
                more(section, page)
    return out.getvalue()


def send(visitor: Visitor, data: bytes) -> Any:
    """Upload it."""
    return visitor.post("/setup/import", file=(io.BytesIO(data), "setup.xlsx"))


def take(district: District, visitor: Visitor) -> None:
    """Confirm what waits, and let the background do it."""
    with district.work():
        token = session.scalars(sa.select(SetupImport.token)).one()
    assert visitor.post("/setup/import/confirm", token=token).status_code == 302
    with district.app.test_request_context(), entering(district.tenant):
        take_over.run(token=token)


def state(district: District) -> str | None:
    """How the import stands."""
    with district.work():
        return session.scalar(sa.select(SetupImport.state))

"""Sessions that were, from a workbook: template, every fault at its cell, a look before it."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from saas.activities.permissions import HANDLE
from saas.attendance import workbook as past
from saas.attendance.pages.blueprint import pages
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.sheets.pages import Register, confirmed, look
from saas.web.files import XLSX, download

_PAST = Register(
    past.TABLE, past.FILE, past.CELL, past.MOST, past.looked_at,
    {"here": "attendance.workbook", "file": "attendance.workbook_file",
     "confirm": "attendance.confirm_workbook", "done": "activities.sessions"},
)  # fmt: skip


@pages.page("/console/activities/workbook", needs=HANDLE, methods=("GET", "POST"))
def workbook(actor: Actor) -> ResponseReturnValue:
    """Send it, look at what would be done, take it over: nothing is stored before."""
    return look(_PAST, "attendance/workbook.html", actor)


@pages.page("/console/activities/workbook/file", needs=HANDLE)
def workbook_file(actor: Actor) -> ResponseReturnValue:
    """The sessions as they are, to fill in and send back."""
    return download(past.book(actor), "sessions.xlsx", XLSX)


@pages.page("/console/activities/workbook/confirm", needs=HANDLE, methods=("POST",))
def confirm_workbook(actor: Actor) -> ResponseReturnValue:
    """Do what was looked at; a second time it is there already."""

    def take_over(texts: Any, _sealed: str) -> int:
        done = past.take_over(texts, actor=actor)
        audit.record("attendance.import", "session", None, actor=actor, rows=done)
        return done

    return confirmed(_PAST, take_over, actor)

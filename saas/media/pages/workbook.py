"""The ledger from a workbook: template, every fault at its cell, a look before and after."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from saas.kernel import audit
from saas.kernel.context import Actor
from saas.media import workbook as ledger
from saas.media.pages.blueprint import pages
from saas.media.permissions import KEEP
from saas.sheets.pages import Register, confirmed, look
from saas.web.files import XLSX, download

_LEDGER = Register(
    ledger.TABLE, ledger.FILE, ledger.CELL, ledger.MOST, ledger.looked_at,
    {"here": "media.workbook", "file": "media.workbook_file",
     "confirm": "media.confirm_workbook", "done": "media.listing"},
)  # fmt: skip


@pages.page("/console/media/workbook", needs=KEEP, methods=("GET", "POST"))
def workbook(actor: Actor) -> ResponseReturnValue:
    """Send it, look at what would be done, take it over: nothing is stored before."""
    return look(_LEDGER, "media/workbook.html", actor)


@pages.page("/console/media/workbook/file", needs=KEEP)
def workbook_file(actor: Actor) -> ResponseReturnValue:
    """The ledger as it is, to fill in and send back."""
    return download(ledger.book(actor), "media.xlsx", XLSX)


@pages.page("/console/media/workbook/confirm", needs=KEEP, methods=("POST",))
def confirm_workbook(actor: Actor) -> ResponseReturnValue:
    """Do what was looked at; a second time its addresses are there already."""

    def take_over(texts: Any, _sealed: str) -> int:
        done = ledger.take_over(texts, actor=actor)
        audit.record("media.import", "coverage", None, actor=actor, rows=done)
        return done

    return confirmed(_LEDGER, take_over, actor)

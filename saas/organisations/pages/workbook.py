"""The register from a workbook: template, every fault at its cell, a look before and after."""

from __future__ import annotations

import hashlib
from typing import Any

from flask.typing import ResponseReturnValue

from saas.kernel import audit
from saas.kernel.context import Actor
from saas.organisations import workbook as register_book
from saas.organisations.pages.blueprint import pages
from saas.organisations.permissions import EDIT
from saas.sheets.pages import Register, confirmed, look
from saas.web.files import XLSX, download

_REGISTER = Register(
    register_book.TABLE, register_book.FILE, register_book.CELL, register_book.MOST,
    register_book.looked_at,
    {"here": "organisations.workbook", "file": "organisations.workbook_file",
     "confirm": "organisations.confirm_workbook", "done": "organisations.register"},
)  # fmt: skip


@pages.page("/organisations/workbook", needs=EDIT, methods=("GET", "POST"))
def workbook(actor: Actor) -> ResponseReturnValue:
    """Send it, look at what would be done, take it over: nothing is stored before."""
    return look(_REGISTER, "organisations/workbook.html", actor)


@pages.page("/organisations/workbook/file", needs=EDIT)
def workbook_file(actor: Actor) -> ResponseReturnValue:
    """The register as it is, to fill in and send back."""
    return download(register_book.book(actor), "organisations.xlsx", XLSX)


@pages.page("/organisations/workbook/confirm", needs=EDIT, methods=("POST",))
def confirm_workbook(actor: Actor) -> ResponseReturnValue:
    """Do what was looked at."""

    def take_over(texts: Any, sealed: str) -> int:
        once = hashlib.sha256(sealed.encode()).hexdigest()
        done = register_book.take_over(texts, once=once, actor=actor)
        audit.record("organisations.import", "organisation", None, actor=actor, rows=done)
        return done

    return confirmed(_REGISTER, take_over, actor)

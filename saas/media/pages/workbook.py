"""The ledger from a workbook: template, every fault at its cell, a look before and after."""

from __future__ import annotations

import json
from typing import Any

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from marshmallow import Schema, fields

from saas import sheets
from saas.kernel import audit
from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Upload
from saas.media import workbook as ledger
from saas.media.pages.blueprint import pages
from saas.media.permissions import KEEP
from saas.web.files import XLSX, download
from saas.web.forms import Form
from saas.web.pages import render

_HOURS = 2 * 60 * 60
_SHOWN = 50


class BookIn(Schema):
    """A workbook."""

    file = Upload(required=True)


class ConfirmIn(Schema):
    """What was looked at, sealed by us."""

    rows = fields.String(required=True)


def _seal(actor: Actor) -> URLSafeTimedSerializer:
    salt = f"media:{current_tenant().key}:{actor.id}"
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=salt)


@pages.page("/console/media/workbook", needs=KEEP, methods=("GET", "POST"))
def workbook(actor: Actor) -> ResponseReturnValue:
    """Send it, look at what would be done, take it over: nothing is stored before."""
    shown: dict[str, Any] = {"faults": None, "preview": None, "rows": ""}
    form = Form(BookIn)
    if form.accepts(lambda file: _look(file, shown, actor)) and shown["faults"] is None:
        form.values = {}
    status = 422 if shown["faults"] else form.status
    return render("media/workbook.html", status, form=form, **shown)


def _look(file: Any, shown: dict[str, Any], actor: Actor) -> None:
    if file is None:
        raise Invalid({"file": [_l("Choose a file.")]})
    _sheets, draft = sheets.receive(file.stream, [ledger.TABLE], ledger.FILE)
    planned, faults = ledger.looked_at(draft.rows["coverages"], actor)
    changing = [one for one in planned if one.state != "same"]
    if len(changing) > ledger.MOST:
        raise Invalid({"file": [ledger.FILE["rows"]]})
    faults += draft.faults
    if faults:
        shown["faults"] = sheets.faults_of(faults, ledger.CELL, _SHOWN)
        return
    shown["preview"] = sheets.preview_of(ledger.TABLE, planned, _SHOWN)
    texts = [dict(one.row.texts) for one in changing]
    shown["rows"] = _seal(actor).dumps(json.dumps(texts)) if texts else ""


@pages.page("/console/media/workbook/file", needs=KEEP)
def workbook_file(actor: Actor) -> ResponseReturnValue:
    """The ledger as it is, to fill in and send back."""
    return download(ledger.book(actor), "media.xlsx", XLSX)


@pages.page("/console/media/workbook/confirm", needs=KEEP, methods=("POST",))
def confirm_workbook(actor: Actor) -> ResponseReturnValue:
    """Do what was looked at; a second time its addresses are there already."""

    def do(rows: str) -> int:
        try:
            texts = json.loads(_seal(actor).loads(rows, max_age=_HOURS))
        except BadData:
            raise Conflict(_l("This has waited too long. Send the workbook again.")) from None
        done = ledger.take_over(texts, actor=actor)
        audit.record("media.import", "coverage", None, actor=actor, rows=done)
        return done

    form = Form(ConfirmIn)
    if form.accepts(do):
        flash(_("Taken over: %(number)s.", number=form.result), "done")
        return redirect(url_for("media.listing"))
    for texts in form.errors.values():
        flash(str(texts[0]), "error")
    return redirect(url_for("media.workbook"))

"""The register from a workbook: template, every fault at its cell, a look before and after."""

from __future__ import annotations

import hashlib
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
from saas.organisations import workbook as register_book
from saas.organisations.pages.blueprint import pages
from saas.organisations.permissions import EDIT
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
    salt = f"organisations:{current_tenant().key}:{actor.id}"
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=salt)


@pages.page("/organisations/workbook", needs=EDIT, methods=("GET", "POST"))
def workbook(actor: Actor) -> ResponseReturnValue:
    """Send it, look at what would be done, take it over: nothing is stored before."""
    shown: dict[str, Any] = {"faults": None, "preview": None, "rows": ""}
    form = Form(BookIn)
    if form.accepts(lambda file: _look(file, shown, actor)) and shown["faults"] is None:
        form.values = {}
    status = 422 if shown["faults"] else form.status
    return render("organisations/workbook.html", status, form=form, **shown)


def _look(file: Any, shown: dict[str, Any], actor: Actor) -> None:
    if file is None:
        raise Invalid({"file": [_l("Choose a file.")]})
    _sheets, draft = sheets.receive(file.stream, [register_book.TABLE], register_book.FILE)
    rows = draft.rows["organisations"]
    planned, faults = register_book.looked_at(rows, actor)
    changing = [one for one in planned if one.state != "same"]
    if len(changing) > register_book.MOST:
        raise Invalid({"file": [register_book.FILE["rows"]]})
    faults += draft.faults
    if faults:
        shown["faults"] = sheets.faults_of(faults, register_book.CELL, _SHOWN)
        return
    shown["preview"] = sheets.preview_of(register_book.TABLE, planned, _SHOWN)
    texts = [dict(one.row.texts) for one in changing]
    shown["rows"] = _seal(actor).dumps(json.dumps(texts)) if texts else ""


@pages.page("/organisations/workbook/file", needs=EDIT)
def workbook_file(actor: Actor) -> ResponseReturnValue:
    """The register as it is, to fill in and send back."""
    return download(register_book.book(actor), "organisations.xlsx", XLSX)


@pages.page("/organisations/workbook/confirm", needs=EDIT, methods=("POST",))
def confirm_workbook(actor: Actor) -> ResponseReturnValue:
    """Do what was looked at."""

    def do(rows: str) -> int:
        try:
            texts = json.loads(_seal(actor).loads(rows, max_age=_HOURS))
        except BadData:
            raise Conflict(_l("This has waited too long. Send the workbook again.")) from None
        once = hashlib.sha256(rows.encode()).hexdigest()
        done = register_book.take_over(texts, once=once, actor=actor)
        audit.record("organisations.import", "organisation", None, actor=actor, rows=done)
        return done

    form = Form(ConfirmIn)
    if form.accepts(do):
        flash(_("Taken over: %(number)s.", number=form.result), "done")
        return redirect(url_for("organisations.register"))
    for texts in form.errors.values():
        flash(str(texts[0]), "error")
    return redirect(url_for("organisations.workbook"))

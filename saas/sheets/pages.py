"""The pages of a register that comes as a workbook: look first, then take over what was looked at.

A domain has the three routes, with its own permission, and calls `look` and `confirmed`; its
template extends ``sheets/workbook.html`` and says what the register is called.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from marshmallow import Schema, fields

from saas import sheets
from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Upload
from saas.kernel.workbooks import CellFault
from saas.sheets import Planned, Table
from saas.web.forms import Form
from saas.web.pages import render

#: Seconds for which what was looked at may still be taken over.
_GOOD_FOR: Final = 2 * 60 * 60
_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Register:
    """``looked_at`` says of the rows what would be done and what is wrong. ``file`` and ``cell``
    are the words of faults; at most ``most`` rows that change something come at once. ``urls``:
    the endpoints of the page itself (``here``), of the workbook as it is (``file``), of taking over
    (``confirm``) and of the list (``done``). ``asks``: what is asked with the file, given by name
    to ``looked_at`` and, as text, to who takes over; ``plainly``: texts between commas will do.
    """

    table: Table
    file: Mapping[str, Any]
    cell: Mapping[str, Any]
    most: int
    looked_at: Callable[..., tuple[list[Planned], list[CellFault]]]
    urls: Mapping[str, str]
    asks: type[Schema] = Schema
    plainly: bool = False


class _BookIn(Schema):
    """A workbook."""

    file = Upload(required=True)


class _ConfirmIn(Schema):
    """What was looked at, sealed by us."""

    rows = fields.String(required=True)


def _seal(register: Register, actor: Actor) -> URLSafeTimedSerializer:
    salt = f"{register.urls['here']}:{current_tenant().key}:{actor.id}"
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=salt)


def look(register: Register, template: str, actor: Actor, **values: Any) -> ResponseReturnValue:
    """Take a workbook; show every fault at its cell, or what would be done. Nothing is stored.
    ``values`` are for the template: ``labels`` of all fields, where more is asked.
    """
    shown: dict[str, Any] = {"faults": None, "preview": None, "rows": "", "labels": None}
    form = Form(type("BookIn", (_BookIn, register.asks), {}))

    def looked(file: Any, **given: Any) -> None:
        _look(register, file, given, shown, actor)

    if form.accepts(looked) and shown["faults"] is None:
        form.values = {}
    urls = {name: url_for(endpoint) for name, endpoint in register.urls.items()}
    status = 422 if shown["faults"] else form.status
    return render(template, status, form=form, urls=urls, **shown | values)


def _look(
    register: Register, file: Any, given: Mapping[str, Any], shown: dict[str, Any], actor: Actor
) -> None:
    if file is None:
        raise Invalid({"file": [_l("Choose a file.")]})
    _sheets, draft = sheets.receive(
        file.stream, [register.table], register.file, plainly=register.plainly
    )
    planned, faults = register.looked_at(draft.rows[register.table.key], actor, **given)
    changing = [one for one in planned if one.state != "same"]
    if len(changing) > register.most:
        raise Invalid({"file": [register.file["rows"]]})
    faults += draft.faults
    if faults:
        shown["faults"] = sheets.faults_of(faults, register.cell, _SHOWN)
        return
    shown["preview"] = sheets.preview_of(register.table, planned, _SHOWN)
    texts = [dict(one.row.texts) for one in changing]
    told = {name: str(value) for name, value in given.items()}
    shown["rows"] = _seal(register, actor).dumps(json.dumps([texts, told])) if texts else ""


def confirmed(
    register: Register, take_over: Callable[..., int], actor: Actor
) -> ResponseReturnValue:
    """Do what was looked at. ``take_over`` gets the texts of the rows, the sealed text itself and
    what was asked with the file, and returns how many there were.
    """

    def do(rows: str) -> int:
        try:
            texts, told = json.loads(_seal(register, actor).loads(rows, max_age=_GOOD_FOR))
        except BadData:
            raise Conflict(_l("This has waited too long. Send the workbook again.")) from None
        return take_over(texts, rows, **told)

    form = Form(_ConfirmIn)
    if form.accepts(do):
        flash(_("Taken over: %(number)s.", number=form.result), "done")
        return redirect(url_for(register.urls["done"]))
    for texts in form.errors.values():
        flash(str(texts[0]), "error")
    return redirect(url_for(register.urls["here"]))

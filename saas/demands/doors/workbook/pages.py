"""A workbook of demands: template, upload, every fault at once, a look at what will be, confirm."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import sheets
from saas.demands.blueprint import pages
from saas.demands.case import permissions
from saas.demands.doors.workbook import commands, queries, views, words
from saas.demands.doors.workbook.rules import read_rows
from saas.demands.doors.workbook.schemas import ConfirmIn, WorkbookIn
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.workbooks import CellFault
from saas.web import files
from saas.web.forms import Form
from saas.web.pages import render

_FILE_NAME = "demands.xlsx"


@pages.page("/demands/import", needs=permissions.VIEW, methods=("GET", "POST"))
def import_workbook(actor: Actor) -> ResponseReturnValue:
    """Send a workbook. Nothing of it is stored as demands before it is clean and confirmed."""
    _ensure_enters(actor)
    faults: list[CellFault] = []
    form = Form(WorkbookIn)
    if form.accepts(lambda file: _check(file.stream, faults, actor)) and not faults:
        return redirect(url_for("demands.import_workbook"))
    status = 422 if faults else form.status
    return render("demands/import.html", status, form=form, **_shown(faults, actor))


def _ensure_enters(actor: Actor) -> None:
    if not actor.reach(permissions.FILE):
        raise Forbidden


def _shown(faults: list[CellFault], actor: Actor) -> dict[str, Any]:
    held = None if faults else commands.IMPORTS.held(actor)
    rows = queries.rows_of_import(held) if held and held.state == "checked" else []
    return {
        "held": held,
        "faults": views.faults_of(faults),
        "preview": views.preview_of(rows, commands.count_fresh(rows)) if rows else None,
    }


def _check(stream: Any, faults: list[CellFault], actor: Actor) -> None:
    """Read it all; clean, it is kept to be looked at; else ``faults`` says what to mend."""
    _, draft = sheets.receive(stream, [words.ROWS], words.FILE)
    rows, wrong = read_rows(draft.rows["rows"], views.given_for(actor))
    by_place = {(row.place.sheet, row.row): row for row in draft.rows["rows"]}
    others = [by_place[one.sheet, one.row] for one in queries.numbers_of_others(rows)]
    faults += [*draft.faults, *wrong, *(row.fault("reference", "number_used") for row in others)]
    if not faults:
        commands.keep_import(rows, actor=actor)


@pages.page("/demands/import/template", needs=permissions.VIEW)
def import_template(actor: Actor) -> ResponseReturnValue:
    """An empty workbook with the categories and places to choose from."""
    _ensure_enters(actor)
    return files.download(views.template_for(actor), _FILE_NAME, files.XLSX)


@pages.page("/demands/import/confirm", needs=permissions.VIEW, methods=("POST",))
def confirm_import(actor: Actor) -> ResponseReturnValue:
    """Take it over in the background, or forget it. Pressed again, it goes on where it stopped."""
    _ensure_enters(actor)
    if request.form.get("drop"):
        commands.IMPORTS.drop(actor=actor)
        flash(_("Forgotten. Nothing of it was stored."), "done")
        return redirect(url_for("demands.import_workbook"))
    form = Form(ConfirmIn)
    if not form.accepts(lambda token: commands.start_import(token, actor=actor)):
        raise NotFound
    return redirect(url_for("demands.import_workbook"))


@pages.page("/demands/import/progress", needs=permissions.VIEW)
def import_progress(actor: Actor) -> ResponseReturnValue:
    """How far it is, asked for by the page itself while it runs."""
    return render("demands/_progress.html", held=commands.IMPORTS.held(actor))

"""Setting up by files: workbook and official list, each looked at before anything is written."""

from __future__ import annotations

import re
from typing import Any, Final

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import slips
from saas.accounts.permissions import SETTINGS
from saas.kernel.clock import today
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.onboarding.workbook import commands, views, words
from saas.onboarding.workbook.commands import DivisionStep
from saas.onboarding.workbook.rules.divisions import LineFault
from saas.onboarding.workbook.schemas import ConfirmIn, DivisionsIn, TicksIn, WorkbookIn
from saas.territory import queries as territory
from saas.web import files
from saas.web.forms import Form
from saas.web.pages import Pages, render

_Steps = list[DivisionStep]
pages = Pages("setup_import", __name__, plane="tenant")
#: Where a form may lead back to: another page of setting up that includes this one's content.
_BACK: Final = re.compile(r"/setup(?:/[a-z]{1,30}){0,2}")


@pages.page("/setup/import", needs=SETTINGS, methods=("GET", "POST"))
def workbook(actor: Actor) -> ResponseReturnValue:
    """Send a workbook; then what is wrong in it, or what it would do."""
    commands.ensure_imports(actor)
    form = Form(WorkbookIn)
    if form.accepts(lambda file: commands.check_workbook(file.stream, actor=actor)):
        return _back()
    return render("setup_import/page.html", form.status, **shown(actor, form))


def shown(actor: Actor, form: Form | None = None) -> dict[str, Any]:
    """What `setup_import/_import.html` needs, for this page and for any that includes it."""
    held = commands.IMPORTS.held(actor, kind="workbook")
    waits = held is not None and held.state in {"faulty", "checked"}
    plan = commands.plan_of(held) if held is not None and waits else None
    return {
        "form": form or Form(WorkbookIn),
        "held": held,
        "faults": views.faults_of(plan) if plan and plan.faults else None,
        "preview": views.preview_of(plan) if plan and not plan.faults else None,
        "plan": plan,
        "has_sample": views.has_sample(),
        "back": request.path,
    }


def _back() -> ResponseReturnValue:
    """To the page whose form it was."""
    wanted = request.form.get("back", "")
    if _BACK.fullmatch(wanted):
        return redirect(request.script_root + wanted)
    return redirect(url_for("setup_import.workbook"))


@pages.page("/setup/import/template", needs=SETTINGS)
def template(actor: Actor) -> ResponseReturnValue:
    """The workbook of the district's model, empty."""
    return _download(views.template_book(sample=False), "setup.xlsx")


@pages.page("/setup/import/sample", needs=SETTINGS)
def sample(actor: Actor) -> ResponseReturnValue:
    """The same filled in with an invented place."""
    if not views.has_sample():
        raise NotFound
    return _download(views.template_book(sample=True), "sample.xlsx")


@pages.page("/setup/import/present", needs=SETTINGS, methods=("POST",))
def present(actor: Actor) -> ResponseReturnValue:
    """What is there now, to be changed and sent back; written down, as it names people."""
    commands.give_out(actor=actor)
    return _download(views.present_book(), "present.xlsx")


@pages.page("/setup/import/marked", needs=SETTINGS)
def marked(actor: Actor) -> ResponseReturnValue:
    """The workbook as it came, its faulty cells coloured."""
    held = commands.IMPORTS.held(actor, kind="workbook")
    if held is None or held.state != "faulty":
        raise NotFound
    return _download(
        views.marked_book(commands.sheets_of(held), commands.plan_of(held)), "marked.xlsx"
    )


def _download(data: bytes, name: str) -> Response:
    return files.download(data, name, files.XLSX)


@pages.page("/setup/import/confirm", needs=SETTINGS, methods=("POST",))
def confirm(actor: Actor) -> ResponseReturnValue:
    """Take it over in the background, or forget it."""
    commands.ensure_imports(actor)
    if request.form.get("drop"):
        commands.IMPORTS.drop(actor=actor, kind="workbook")
        return _back()
    form = Form(ConfirmIn)
    if not form.accepts(lambda token: commands.start_import(token, actor=actor)):
        raise NotFound
    return _back()


@pages.page("/setup/import/progress", needs=SETTINGS)
def progress(actor: Actor) -> ResponseReturnValue:
    """How far it is, asked for by the page itself while it runs."""
    held = commands.IMPORTS.held(actor, kind="workbook")
    return render("setup_import/_progress.html", held=held, back=_back_of(request.args))


def _back_of(sent: Any) -> str:
    wanted = str(sent.get("back", ""))
    return wanted if _BACK.fullmatch(wanted) else "/setup/import"


@pages.page("/setup/import/invitations", needs=SETTINGS, methods=("POST",))
def invitations(actor: Actor) -> ResponseReturnValue:
    """Slips for everybody who is new, shown in this one answer and never again; to be printed."""
    made = slips.slips_of(commands.invite_new(actor=actor))
    return render("setup_import/invitations.html", slips=made, table=slips.table_of(made))


@pages.page("/setup/import/divisions", needs=SETTINGS, methods=("GET", "POST"))
def divisions(actor: Actor) -> ResponseReturnValue:
    """Send the official list; its lines of this district wait to be ticked."""
    commands.ensure_imports(actor)
    faults: list[LineFault] = []
    form = Form(DivisionsIn, suggested=_start())
    if form.accepts(lambda **sent: faults.extend(_check(sent, actor))) and not faults:
        return redirect(url_for("setup_import.choose"))
    told = [(fault.line, words.line_fault(fault.key, fault.other), fault.found) for fault in faults]
    return render(
        "setup_import/divisions.html",
        422 if faults else form.status,
        form=form,
        faults=told,
        sources=[(key, str(name)) for key, name in words.SOURCES.items()],
        waiting=commands.kept_list(actor) is not None,
    )


def _start() -> dict[str, Any]:
    root = territory.root()
    code = (root.official_code or "")[:6] if root else ""
    return {"district": code, "day": today().isoformat(), "source": next(iter(words.SOURCES))}


def _check(sent: dict[str, Any], actor: Actor) -> list[LineFault]:
    return commands.check_divisions(sent.pop("file").stream, actor=actor, **sent)


@pages.page("/setup/import/divisions/choose", needs=SETTINGS, methods=("GET", "POST"))
def choose(actor: Actor) -> ResponseReturnValue:
    """Tick lines, see what they would do, take them over."""
    commands.ensure_imports(actor)
    found = commands.kept_list(actor)
    if found is None:
        return redirect(url_for("setup_import.divisions"))
    streets, communities = _kinds()
    form, steps = Form(TicksIn, suggested={"bare": "1"}), _Steps()
    if form.accepts(lambda **sent: _take(sent, steps, actor)) and form.result:
        flash(_told(form.result), "done")
        return redirect(url_for("territory.tree"))
    return render(
        "setup_import/choose.html",
        form.status,
        form=form,
        found=found,
        steps=steps,
        kinds=(streets, communities),
        ticked=set(form.values.get("codes") or ()),
    )


def _kinds() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What a street and what a community can be taken as."""
    root = territory.root()
    places = [kind for kind in territory.kinds() if kind.code != territory.DEPARTMENT]
    streets = [kind for kind in places if root is not None and root.kind in kind.under]
    codes = {kind.code for kind in streets}
    below = [kind for kind in places if codes & set(kind.under)]
    return [(k.code, say(k.name)) for k in streets], [(k.code, say(k.name)) for k in below]


def _take(sent: dict[str, Any], steps: _Steps, actor: Actor) -> dict[str, int] | None:
    """Taken over when it was confirmed; else ``steps`` says what would be done."""
    codes, confirmed = sent.pop("codes"), sent.pop("take")
    if confirmed:
        return commands.take_divisions(codes, actor=actor, **sent)
    found = commands.kept_list(actor)
    if found is not None:
        steps += commands.plan_divisions(found, codes, **sent)
    return None


def _told(counts: dict[str, int]) -> str:
    return _(
        "%(add)s added, %(change)s given their official code, %(same)s were as they are.", **counts
    )

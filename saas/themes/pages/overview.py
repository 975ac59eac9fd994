"""The district's culture at a glance: what is on show, the draft, every edition; and its acts."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.unit_of_work import insist
from saas.themes import commands, queries
from saas.themes import views as about
from saas.themes.editor import views, words
from saas.themes.pages.blueprint import editor
from saas.themes.permissions import EDIT
from saas.themes.schemas import Fault, Pack
from saas.themes.schemas.editor import NoteIn, SectionsIn, SourceIn
from saas.web import files
from saas.web.forms import Form
from saas.web.pages import render

_LARGEST = 5_000_000


def titles() -> dict[str, str]:
    """The shipped packs by name, in the reader's language."""
    return {pack.code: say(pack.title) for pack in queries.packs()}


@editor.page("/culture/edit", needs=EDIT)
def overview(actor: Actor) -> ResponseReturnValue:
    """What is on show, the draft, the editions."""
    named, draft = titles(), queries.draft()
    return render(
        "culture/overview.html",
        shown=queries.current_pack(),
        draft=draft,
        faults=queries.draft_faults() if draft else [],
        editions=queries.editions(),
        choices=queries.choices(),
        titles=named,
        packs=queries.packs(),
        source_word=lambda based_on: views.source_word(based_on, named),
        tabs=words.TABS,
    )


@editor.page("/culture/edit/begin", needs=EDIT, methods=("POST",))
def begin(actor: Actor) -> ResponseReturnValue:
    """Start a draft."""
    form = Form(SourceIn)
    if not form.accepts(lambda source: commands.begin(source, actor=actor)):
        raise Conflict(next(texts[0] for texts in form.errors.values()))
    return redirect(url_for("culture_editor.tab", tab="colours"))


@editor.page("/culture/edit/discard", needs=EDIT, methods=("GET", "POST"))
def discard(actor: Actor) -> ResponseReturnValue:
    """Give the draft up, after a question."""
    draft = queries.draft()
    if request.method == "POST":
        commands.discard(actor=actor)
        flash(_l("The draft is discarded. What is on show has not changed."), "done")
    if draft is None or request.method == "POST":
        return redirect(url_for("culture_editor.overview"))
    base, after = queries.as_taken(draft.based_on), queries.drafted()
    return render("culture/discard.html", lost=len(queries.difference(base, after)))


@editor.page("/culture/edit/apply", needs=EDIT, methods=("POST",))
def apply(actor: Actor) -> ResponseReturnValue:
    """Put an edition or a shipped pack on show; or say every reason why not."""
    form = Form(SourceIn)
    done = form.accepts(lambda source: _apply(source, actor))
    if form.result:
        return refusal(form.result)
    if not done:
        raise Conflict(next(texts[0] for texts in form.errors.values()))
    flash(_l("It is on show now, on every page."), "done")
    return redirect(url_for("culture_editor.overview"))


@editor.page("/culture/edit/sections", needs=EDIT, methods=("GET", "POST"))
def sections(actor: Actor) -> ResponseReturnValue:
    """Which parts that speak of its own place come along with the shipped pack on show."""
    form, shown = Form(SectionsIn), queries.current_pack()
    if shown.edition or not shown.bound:
        return redirect(url_for("culture_editor.overview"))
    if form.accepts(lambda look, sections: _take(look, sections, actor)):
        flash(_l("It is on show now, on every page."), "done")
        return redirect(url_for("culture_editor.overview"))
    return render("culture/sections.html", form.status, form=form, **about.sections_shown())


def _take(look: str, sections: list[str], actor: Actor) -> None:
    if look != queries.current_pack().code:
        raise Conflict(_l("Another look is on show by now. See what it tells first."))
    commands.apply_shipped(look, sections, actor=actor)


def _apply(source: str, actor: Actor) -> list[Fault] | None:
    """Apply; what a pack is refused for is an answer of its own."""
    try:
        if source.startswith("#"):
            commands.apply(int(source[1:]), actor=actor)
        else:
            commands.apply_shipped(source, actor=actor)
    except commands.Refused as refused:
        return refused.faults
    return None


def refusal(faults: list[Fault]) -> Response:
    """Everything that is wrong with a pack, and that nothing has changed."""
    lines = [views.fault_line(fault) for fault in faults]
    return render("culture/refused.html", 422, lines=lines)


@editor.page("/culture/edit/publish", needs=EDIT, methods=("GET", "POST"))
def publish(actor: Actor) -> ResponseReturnValue:
    """Make an edition of the draft: what has changed, what is still wrong, a note."""
    draft = queries.draft()
    if draft is None:
        return no_draft()
    faults, form = queries.draft_faults(), Form(NoteIn, suggested={"at_once": True})
    if request.method == "POST" and faults:
        return refusal(faults)
    if form.accepts(lambda note, at_once: _publish(note, at_once, actor)):
        flash(_l("Edition %(number)s is kept.", number=form.result), "done")
        return redirect(url_for("culture_editor.overview"))
    base, after = queries.as_taken(draft.based_on), queries.drafted()
    return render(
        "culture/publish.html",
        form.status,
        form=form,
        tabs=tab_items("", faults),
        faults=[(fault, views.fault_line(fault), views.tab_of(fault)) for fault in faults],
        differences=views.differences(queries.difference(base, after)),
        base=views.source_word(draft.based_on, titles()),
    )


def _publish(note: str, at_once: bool, actor: Actor) -> int:
    made = commands.publish(note, actor=actor)
    if at_once:
        commands.apply(made.number, actor=actor)
    return made.number


def no_draft() -> ResponseReturnValue:
    """Where a draft was expected and there is none: the page on which one is begun."""
    flash(_l("There is no draft. Begin one here."), "warn")
    return redirect(url_for("culture_editor.overview"))


def tab_items(active: str, faults: list[Fault]) -> list[tuple[object, str, bool, int | None]]:
    """The tabs of the editor with how much is wrong on each."""
    counts = views.tab_counts(faults)
    return [
        (word, url_for("culture_editor.tab", tab=tab), tab == active, counts[tab] or None)
        for tab, word in words.TAB.items()
    ]


# Editions --------------------------------------------------------------------------------------


@editor.page("/culture/edit/editions/<int:number>", needs=EDIT)
def edition(actor: Actor, number: int) -> ResponseReturnValue:
    """One edition, and how it differs from another pack."""
    row = queries.access_edition(number)
    pack, named = queries.read_edition(row), titles()
    other = _other(request.args.get("with", "") or _before(row.based_on, row.number))
    return render(
        "culture/edition.html",
        row=row,
        pack=pack,
        shown=queries.current_pack(),
        base=views.source_word(row.based_on, named),
        other=other,
        choices=[
            *((f"#{e.number}", e.number, e.note) for e in queries.editions() if e.number != number)
        ],
        titles=named,
        differences=views.differences(queries.difference(other, pack)),
        may_begin=queries.draft() is None,
    )


def _before(based_on: str, number: int) -> str:
    return f"#{number - 1}" if number > 1 else based_on


def _other(asked: str) -> Pack:
    try:
        return queries.as_taken(asked)
    except NotFound:
        return queries.pack(queries.DEFAULT)


@editor.page("/culture/edit/editions/<int:number>/file", needs=EDIT)
def download(actor: Actor, number: int) -> ResponseReturnValue:
    """An edition as a zip, in the folder form of tenants/cultures."""
    pack = queries.read_edition(queries.access_edition(number))
    return files.download(queries.archive_of(pack), f"{pack.code}-{number}.zip", files.ZIP)


@editor.page("/culture/edit/import", needs=EDIT, methods=("GET", "POST"))
def take_in(actor: Actor) -> ResponseReturnValue:
    """Make an edition of a pack from a file."""
    form = Form(NoteIn)
    file = request.files.get("file")
    if request.method == "POST" and (file is None or not file.filename):
        form.errors = {"file": [_l("Choose a file.")]}
    elif file is not None and request.method == "POST":
        raw = file.stream.read(_LARGEST)
        try:
            made = insist(lambda: commands.take_in(raw, _note(), actor=actor))
        except commands.Refused as refused:
            return refusal(refused.faults)
        flash(_l("Edition %(number)s is kept. It is not on show yet.", number=made.number), "done")
        return redirect(url_for("culture_editor.edition", number=made.number))
    return render("culture/import.html", form.status, form=form)


def _note() -> str:
    return request.form.get("note", "").replace("\x00", "").strip()[:200]

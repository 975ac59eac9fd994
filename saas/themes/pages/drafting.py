"""Writing the draft: one page for each tab, the drawings, and how all of it will look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.themes import commands, queries
from saas.themes.editor import fields, typed, views, words
from saas.themes.models import CultureDraft
from saas.themes.pages.blueprint import editor
from saas.themes.pages.overview import no_draft, tab_items
from saas.themes.permissions import EDIT
from saas.themes.rules.cleaning import LARGEST_UPLOAD, Cleaned
from saas.themes.schemas import COLOURS, MOTIFS, SLOTS, TIERS, Pack, Palette
from saas.themes.schemas.editor import NothingIn, SeenIn
from saas.web import security
from saas.web.forms import Form
from saas.web.pages import render

_SAVED = _l("Saved in the draft. Nobody else sees it before it is published and applied.")


@editor.page("/culture/edit/draft/<tab>", needs=EDIT, methods=("GET", "POST"))
def tab(actor: Actor, tab: str) -> ResponseReturnValue:
    """One tab of the editor."""
    if tab not in words.TABS:
        raise NotFound
    draft = queries.draft()
    if draft is None:
        return no_draft()
    if tab == "colours":
        return _colours(draft, actor)
    if tab == "drawings":
        return _drawings(draft, actor)
    return _rows(tab, draft, actor)


def _frame(tab: str, draft: CultureDraft) -> dict[str, Any]:
    """What every tab shows around its fields."""
    faults = queries.draft_faults()
    return {
        "tab": tab,
        "tabs": tab_items(tab, faults),
        "faults": [views.fault_line(one) for one in faults if views.tab_of(one) == tab],
        "seen": queries.section_mark(draft.content, words.TABS[tab]),
        "words": words,
    }


def _save(form: Form, tab: str, values: Mapping[str, Any], actor: Actor) -> bool:
    """Keep the sections of a tab; refusals come to stand at their fields."""
    saved = form.accepts(lambda seen: commands.change(values, seen=seen, actor=actor))
    form.errors = typed.at_fields(form.errors, form.values)
    if saved:
        flash(_SAVED, "done")
    return saved


# Rows ------------------------------------------------------------------------------------------


def _rows(tab: str, draft: CultureDraft, actor: Actor) -> ResponseReturnValue:
    sections = [section for section in words.TABS[tab] if section in fields.FIELDS]
    labels = [section for section in words.TABS[tab] if section not in fields.FIELDS]
    # What was unticked is not sent: nothing of before may stand in for it.
    start = _start(draft.content, sections, labels) if request.method == "GET" else {}
    form = Form(SeenIn, suggested=start)
    if act := request.form.get("act", ""):
        form.values = typed.acted(act, form.values)
    elif request.method == "POST" and _save(form, tab, _values(form, sections, labels), actor):
        return redirect(url_for("culture_editor.tab", tab=tab))
    pack = queries.drafted()
    frame = _frame(tab, draft)
    frame["seen"] = form.values.get("seen") or frame["seen"]
    return render(
        "culture/rows.html",
        form.status,
        form=form,
        sections=[(one, fields.FIELDS[one]) for one in sections],
        labels=labels,
        listed=lambda prefix: typed.listed(prefix, form.values),
        options=lambda section, key: fields.options(section, key, pack),
        faulty=lambda row: any(f"{at}-".startswith(f"{row}-") for at in form.errors),
        **frame,
    )


def _start(content: Mapping[str, Any], sections: list[str], labels: list[str]) -> dict[str, Any]:
    start: dict[str, Any] = {}
    for section in sections:
        start |= typed.spelled(section, fields.FIELDS[section], content.get(section, ()))
    for label in labels:
        said = content.get(label) or {}
        start |= {f"{label}-{lang}": said.get(lang, "") for lang in ("zh", "en")}
    return start


def _values(form: Form, sections: list[str], labels: list[str]) -> dict[str, Any]:
    """What the form says of each section; of one that it does not hold, nothing."""
    held = [one for one in sections if f"{one}-rows" in form.values]
    values: dict[str, Any] = {one: typed.rows_of(one, form.values) for one in held}
    for label in labels:
        said = {lang: str(form.values.get(f"{label}-{lang}", "")) for lang in ("zh", "en")}
        values[label] = said if any(said.values()) or label != "place" else None
    return values


# Colours ---------------------------------------------------------------------------------------


def _colours(draft: CultureDraft, actor: Actor) -> ResponseReturnValue:
    start = {f"palette-{k}": v for k, v in draft.content["palette"].items()}
    form = Form(SeenIn, suggested=start)
    act = request.form.get("act", "").split(":")
    if len(act) == 3 and act[0] == "take" and act[1] in COLOURS:
        form.values[f"palette-{act[1]}"] = act[2][:7]
    elif request.method == "POST":
        values = {name: str(form.values.get(f"palette-{name}", "")) for name in COLOURS}
        if _save(form, "colours", {"palette": values}, actor):
            return redirect(url_for("culture_editor.tab", tab="colours"))
    palette = _palette(form.values, draft)
    frame = _frame("colours", draft)
    frame["seen"] = form.values.get("seen") or frame["seen"]
    page = render(
        "culture/colours.html",
        form.status,
        form=form,
        colours=COLOURS,
        pairs=views.pairs(palette),
        suggestions=views.suggestions(palette),
        table=views.table(),
        **frame,
    )
    return security.may_frame(page)


def _palette(values: Mapping[str, Any], draft: CultureDraft) -> Palette:
    """The colours as they stand in the form, as far as they are colours."""
    kept = dict(draft.content["palette"])
    given = {name: str(values.get(f"palette-{name}", "")) for name in COLOURS}
    bad = queries.section_faults({"palette": given}).get("palette", {})
    return Palette(**kept | {name: value for name, value in given.items() if name not in bad})


# Seals and drawings ----------------------------------------------------------------------------


def _drawings(draft: CultureDraft, actor: Actor) -> ResponseReturnValue:
    form = Form(NothingIn)
    chosen = {tier: str(form.values.get(tier) or "") for tier in TIERS}
    taken = {tier: code for tier, code in chosen.items() if code}
    if form.accepts(lambda: commands.set_frames(taken, actor=actor)):
        flash(_SAVED, "done")
        return redirect(url_for("culture_editor.tab", tab="drawings"))
    pack, base = queries.drafted(), queries.source(draft.based_on)
    return render(
        "culture/drawings.html",
        form.status,
        form=form,
        draft=pack,
        packs=queries.packs(),
        tiers=TIERS,
        slots=views.slots(pack, base, MOTIFS),
        **_frame("drawings", draft),
    )


@editor.page("/culture/edit/drawing/<slot>", needs=EDIT, methods=("GET", "POST"))
def drawing(actor: Actor, slot: str) -> ResponseReturnValue:
    """One drawing: replace it by an SVG, go back to the first one, leave the place empty."""
    if slot not in SLOTS:
        raise NotFound
    draft = queries.draft()
    if draft is None:
        return no_draft()
    form = Form(NothingIn)
    if form.accepts(lambda: _drawn(slot, request.form.get("act", ""), actor)):
        for sentence in form.result.taken if form.result else ():
            flash(sentence, "warn")
        flash(_SAVED, "done")
        return redirect(url_for("culture_editor.drawing", slot=slot))
    pack, base = queries.drafted(), queries.source(draft.based_on)
    view = next(one for one in views.slots(pack, base, MOTIFS) if one.slot == slot)
    return render(
        "culture/drawing.html",
        form.status,
        form=form,
        view=view,
        base=base.motif(slot),
        **_frame("drawings", draft),
    )


def _drawn(slot: str, act: str, actor: Actor) -> Cleaned | None:
    if act == "reset":
        commands.reset_drawing(slot, actor=actor)
        return None
    if act == "empty":
        commands.empty_slot(slot, actor=actor)
        return None
    file = request.files.get("drawing")
    if file is None or not file.filename:
        raise Conflict(_l("Choose a file."))
    raw = file.stream.read(LARGEST_UPLOAD + 1)
    return commands.draw(slot, raw.decode("utf-8-sig", errors="replace"), actor=actor)


# How it will look ------------------------------------------------------------------------------


@editor.page("/culture/preview/<face>", needs=EDIT)
def preview(actor: Actor, face: str) -> ResponseReturnValue:
    """A sample page of one face in the look and the words of the draft."""
    if face not in words.FACE:
        raise NotFound
    draft = queries.drafted()
    with queries.showing(draft):
        return security.may_be_framed(_sample(face, draft))


def _sample(face: str, draft: Pack) -> Response:
    rooms = list(draft.rooms.values())[:4]
    return render(
        f"culture/preview/{face}.html",
        draft=draft,
        rooms=rooms,
        festival=draft.calendar[0] if draft.calendar else None,
        story=draft.stories[0] if draft.stories else None,
        honours=draft.honours[:3],
    )

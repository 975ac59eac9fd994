"""Public pages for everybody, and the desk where they are written."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.attachments import answers
from saas.catalogue.pages import do
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.publishing import blocks, commands, forms, queries, rules, views, words
from saas.publishing.commands import Deed
from saas.publishing.permissions import KEEP
from saas.web.forms import Form
from saas.web.pages import PUBLIC, Pages, render
from saas.web.shell import layout_of

pages = Pages("publishing", __name__.rpartition(".pages")[0], plane="tenant")


@pages.page("/pages", needs=PUBLIC)
def listing(actor: Actor) -> ResponseReturnValue:
    """Every page that everybody can read."""
    return render("publishing/listing.html", editions=queries.live(), codes=queries.codes(),
                  writes=actor.may(KEEP), layout=layout_of(actor))  # fmt: skip


@pages.page("/pages/<code>", needs=PUBLIC)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """A page, its records as they are at this moment."""
    page, edition = queries.live_page(code)
    return _read(actor, page, edition, None)


def _read(actor: Actor, page: Any, edition: Any, number: int | None) -> ResponseReturnValue:
    return render(
        "publishing/show.html", page=page, edition=edition, shown=views.read(page, edition),
        words=words, writes=actor.may(KEEP), old=number, layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/pages/<code>/pictures/<int:number>", needs=PUBLIC)
def picture(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """A picture of what everybody reads; those of a draft for who writes it."""
    found = None
    try:
        page, edition = queries.live_page(code)
        places = {blocks.place_of(one["key"]) for one in edition.blocks}
        found = attachments.one("public_page", page.id, number)
    except NotFound:
        places = set()
    if found is None or found.place not in places:
        page = queries.access_page(code, actor=actor)
        found = attachments.one("public_page", page.id, number)
    return answers.answer(found, small=bool(request.args.get("small")))


@pages.page("/console/pages", needs=KEEP)
def desk(actor: Actor) -> ResponseReturnValue:
    """All pages, how each stands."""
    return render("publishing/desk.html", every=queries.every(), words=words)


@pages.page("/console/pages/new", needs=KEEP, methods=("GET", "POST"))
def add(actor: Actor) -> ResponseReturnValue:
    """Begin a page."""
    form = Form(schema_of(forms.PAGE))
    if form.accepts(partial(commands.start, actor=actor)):
        flash(_("Now add what it is to show."), "done")
        return redirect(url_for("publishing.edit", code=form.result.code))
    return _form(form, forms.PAGE, _("Write a page"), url_for("publishing.add"), None)


def _form(form: Form, shape: Any, title: str, url: str, page: Any) -> ResponseReturnValue:
    back = url_for("publishing.edit", code=page.code) if page else url_for("publishing.desk")
    return render("publishing/form.html", form.status, form=form, shape=shape, title=title, url=url,
                  labels=labels_of(shape), page=page, back=back)  # fmt: skip


@pages.page("/console/pages/<code>", needs=KEEP, methods=("GET", "POST"))
def edit(actor: Actor, code: str) -> ResponseReturnValue:
    """A page being written: its blocks, who looked at it, every edition."""
    page = queries.access_page(code, actor=actor, lock=request.method == "POST")
    form = Form(forms.ActIn)

    def act(seen: int | None, **given: Any) -> None:
        commands.act(page, Deed(**given), seen=seen, actor=actor)

    if form.accepts(act):
        flash(_("%(did)s.", did=words.VERBS[form.values["verb"]].done), "done")
        return redirect(url_for("publishing.edit", code=code))
    return render("publishing/edit.html", form.status, form=form, desk=views.desk_of(page, actor),
                  words=words, most=rules.MOST_BLOCKS)  # fmt: skip


@pages.page("/console/pages/<code>/words", needs=KEEP, methods=("GET", "POST"))
def change(actor: Actor, code: str) -> ResponseReturnValue:
    """Title and lead."""
    page = queries.access_page(code, actor=actor, lock=request.method == "POST")
    form = Form(schema_of(forms.PAGE, new=False), stored(forms.PAGE, page),
                thing=("public_page", page.id, "publishing.change"))  # fmt: skip
    if form.accepts(partial(commands.change, page, actor=actor)):
        flash(_("Saved."), "done")
        return redirect(url_for("publishing.edit", code=code))
    return _form(form, forms.PAGE, say(page.title), url_for("publishing.change", code=code), page)


@pages.page("/console/pages/<code>/add/<kind>", needs=KEEP, methods=("GET", "POST"))
def add_block(actor: Actor, code: str, kind: str) -> ResponseReturnValue:
    """One block more."""
    page = queries.access_page(code, actor=actor, lock=request.method == "POST")
    if kind not in rules.KINDS:
        raise NotFound
    shape = forms.block_shape(kind)
    form = Form(schema_of(shape))
    if form.accepts(partial(commands.add_block, page, kind, actor=actor)):
        flash(_("It stands at the end of the page."), "done")
        return redirect(url_for("publishing.edit", code=code))
    url = url_for("publishing.add_block", code=code, kind=kind)
    return _form(form, shape, str(words.KIND[kind]), url, page)


@pages.page("/console/pages/<code>/blocks/<int:key>", needs=KEEP, methods=("POST",))
def move(actor: Actor, code: str, key: int) -> ResponseReturnValue:
    """Up, down, or out."""
    page = queries.access_page(code, actor=actor, lock=True)

    def put(to: str) -> None:
        if to == "out":
            commands.remove_block(page, key, actor=actor)
        else:
            commands.move_block(page, key, -1 if to == "up" else 1, actor=actor)

    return do(put, None, url_for("publishing.edit", code=code) + "#blocks", forms.MoveIn)


@pages.page("/console/pages/<code>/editions/<int:number>", needs=KEEP)
def edition(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """An edition as it was handed in; its figures and records as they are now."""
    page = queries.access_page(code, actor=actor)
    return _read(actor, page, queries.edition(page, number), number)

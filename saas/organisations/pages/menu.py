"""The district's own types, stages and words, as lists that an administrator keeps."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import CataloguePages, listing, serve_acts, serve_form, serve_new
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.organisations import menus, queries, words
from saas.organisations.pages.blueprint import pages
from saas.organisations.permissions import SETTINGS

_HOME = "organisations.menu"
_PAGES = {
    noun: CataloguePages(
        rows=rows,
        needs=SETTINGS,
        address=f"/settings/organisations/{rows.plural}",
        home=lambda row: url_for(_HOME),
        shape=shape,
        new=new,
        trail=lambda row: [(_("Types and stages"), url_for(_HOME))],
    )
    for noun, rows, shape, new in (
        ("type", menus.TYPES, menus.TYPE_SHAPE, _l("New type")),
        ("stage", menus.STAGES, menus.STAGE_SHAPE, _l("New stage")),
        ("term", menus.TERMS, menus.TERM_SHAPE, _l("New word")),
    )
}
for _each in _PAGES.values():
    serve_new(pages, _each)
    serve_form(pages, _each)
    serve_acts(pages, _each)


@pages.page("/settings/organisations", needs=SETTINGS)
def menu(actor: Actor) -> ResponseReturnValue:
    """Types with their tracks, and the words to choose from."""
    kinds = {row.code: say(row.name) for row in queries.every_type()}
    return listing(
        pages, _PAGES["type"], head=_("Type"), groups=[("", menus.TYPES.every())],
        columns={_("How it comes in"): lambda row: words.NEEDS[row.needs]},
        template="organisations/menu.html", title=_("Types and stages"), add_word=_("Add a type"),
        lists=[
            (_("Stages"), "stage", menus.STAGES, [
                (name, menus.STAGES.every(type=code)) for code, name in kinds.items()]),
            (_("Words"), "term", menus.TERMS, [
                (word, menus.TERMS.every(use=use)) for use, word in menus.USES.items()]),
        ],
        url_of=lambda noun, act, row=None: _PAGES[noun].url(pages, act, row),
    )  # fmt: skip
